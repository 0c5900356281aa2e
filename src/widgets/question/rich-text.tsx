import type { JSX } from 'preact';

/** A text in which `code` stands between backticks. */
export function RichText({ text }: { text: string }): JSX.Element {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code key={`${index} ${part}`}>{part}</code> : part))}</>;
}
