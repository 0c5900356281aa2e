/** What the `ws` library reads from a stream of bytes: the outside judge of our codec. */
import { createRequire } from 'node:module';
import type { Writable } from 'node:stream';
import type { Message } from './message.ts';

type Options = { readonly isServer: boolean; readonly maxPayload: number };
type FrameOptions = {
  readonly fin: boolean;
  readonly opcode: number;
  readonly mask: boolean;
  readonly generateMask: (key: Uint8Array) => void;
};

/** Exported by the library, missing from its types. */
const { Receiver, Sender } = createRequire(import.meta.url)('ws') as {
  readonly Receiver: new (options: Options) => Writable;
  readonly Sender: { frame(data: Buffer, options: FrameOptions & { rsv1: boolean; readOnly: boolean }): readonly Buffer[] };
};

export type OracleRead = { readonly messages: readonly Message[]; readonly closeCode: number | undefined };

/** The close code stands on the error under a symbol of the library's own. */
function statusOf(error: object): number | undefined {
  const symbol = Object.getOwnPropertySymbols(error).find(({ description }) => description === 'status-code');
  const status: unknown = symbol && Reflect.get(error, symbol);
  return typeof status === 'number' ? status : undefined;
}

/** Reads the pieces as the endpoint that faces `from`. */
export function readWithWs(pieces: readonly Uint8Array[], from: 'client' | 'server', maxPayload: number): OracleRead {
  const messages: Message[] = [];
  let closeCode: number | undefined;
  const receiver = new Receiver({ isServer: from === 'client', maxPayload });
  receiver.on('message', (data: Buffer, isBinary: boolean) =>
    messages.push(isBinary ? { type: 'binary', data: new Uint8Array(data) } : { type: 'text', text: data.toString() }),
  );
  for (const type of ['ping', 'pong'] as const) receiver.on(type, (data: Buffer) => messages.push({ type, data: new Uint8Array(data) }));
  receiver.on('conclude', (code: number, reason: Buffer) =>
    messages.push({ type: 'close', ...(code !== 1005 && { code }), reason: reason.toString() }),
  );
  for (const piece of pieces) {
    if (closeCode !== undefined) break;
    receiver._write(Buffer.from(piece), 'binary', (error) => {
      if (error) closeCode = statusOf(error);
    });
  }
  return { messages, closeCode };
}

/** The bytes that the library writes for a frame. */
export function writeWithWs(payload: Uint8Array, fin: boolean, opcode: number, maskKey: Uint8Array | undefined): Uint8Array {
  const generateMask = (key: Uint8Array): void => key.set(maskKey ?? []);
  const options = { fin, opcode, mask: maskKey !== undefined, generateMask, rsv1: false, readOnly: true };
  return new Uint8Array(Buffer.concat([...Sender.frame(Buffer.from(payload), options)]));
}
