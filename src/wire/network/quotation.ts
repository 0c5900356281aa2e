/** What an ICMP error quotes of a packet, and the extensions that may stand behind it. Source: RFC 4884 §3. */
import { type Field, fieldAt } from '../field.ts';

export type Quotation = { readonly end: number; readonly extensions: readonly Field[] };

/** `length`: bytes quoted; 0 if the message does not say, and then it quotes up to its end. */
export function quotationOf(
  bytes: Uint8Array,
  { headEnd, end }: { readonly headEnd: number; readonly end: number },
  length: number,
): Quotation {
  const quoteEnd = length === 0 ? end : Math.min(end, headEnd + length);
  if (quoteEnd === end) return { end, extensions: [] };
  const where = { at: quoteEnd * 8, bits: (end - quoteEnd) * 8 };
  return { end: quoteEnd, extensions: [fieldAt(bytes, where, { id: 'extensions', name: 'Extensions', kind: 'bytes' })] };
}
