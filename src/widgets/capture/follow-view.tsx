/** Everything that was said on one connection, message by message: who said it, and which packets carried it. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { CompletedMessage, FollowedStream } from '#wire/capture/reading.ts';

/** Messages that are drawn, and characters of each. */
const MOST_MESSAGES = 500;
const MOST_CHARS = 2000;

const utf8 = new TextDecoder();

/** What the program said: without mask and chunks, and without the head of a WebSocket frame. */
function contentOf({ decoded, bytes, layers }: CompletedMessage): Uint8Array {
  const frame = layers.find(({ protocol }) => protocol === 'websocket');
  return decoded ?? bytes.subarray(frame?.headEnd ?? 0);
}

/** The bytes as text, with a dot for what cannot be shown. */
function textOf(message: CompletedMessage): string {
  const text = utf8.decode(contentOf(message).subarray(0, MOST_CHARS));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is to be replaced
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/g, '·');
}

const endpoint = ({ address, port }: { readonly address: string; readonly port: number }): string => `${address}:${port}`;

function Message({ message, onPacket }: { message: CompletedMessage; onPacket: (number: number) => void }): JSX.Element {
  const { from, completedBy, packets, bytes, summary } = message;
  return (
    <li class={`said is-${from}`}>
      <p>
        <strong>{from === 'client' ? 'Client' : 'Server'}</strong>, {bytes.length} bytes in{' '}
        {packets.length === 1 ? 'packet' : `${packets.length} packets, whole with packet`}{' '}
        <button type="button" class="link-button" onClick={() => onPacket(completedBy)}>
          {completedBy}
        </button>
        : {summary}
      </p>
      <pre>{textOf(message)}</pre>
    </li>
  );
}

type FollowProps = { readonly stream: FollowedStream; readonly onPacket: (number: number) => void; readonly onClose: () => void };

export function FollowView({ stream, onPacket, onClose }: FollowProps): JSX.Element {
  const { summary, messages, events } = stream;
  const lost = events.filter((event) => event.type === 'gap');
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), [stream]);
  const missing = lost.reduce((sum, event) => sum + (event.type === 'gap' ? event.length : 0), 0);
  return (
    <section class="follow" aria-labelledby="follow-head">
      <header>
        <h4 id="follow-head" tabIndex={-1} ref={heading}>
          Stream {summary.index}: {endpoint(summary.client)} and {endpoint(summary.server)}
        </h4>
        <button type="button" class="button" onClick={onClose}>
          Close the stream
        </button>
      </header>
      <p>
        {messages.length.toLocaleString('en-US')} {messages.length === 1 ? 'message' : 'messages'} of {summary.name} in{' '}
        {summary.packets.toLocaleString('en-US')} packets. TCP has put the bytes in order and left out what came twice.
        {missing > 0 && ` ${missing.toLocaleString('en-US')} bytes are missing: this capture does not hold them.`}
      </p>
      <ol>
        {messages.slice(0, MOST_MESSAGES).map((message, index) => (
          <Message key={index} message={message} onPacket={onPacket} />
        ))}
      </ol>
      {messages.length > MOST_MESSAGES && <p>The first {MOST_MESSAGES} of them are shown.</p>}
    </section>
  );
}
