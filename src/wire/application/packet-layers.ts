/** Packets of Engine.IO, and those of Socket.IO inside them, as layers. */
import { type DataLayer, decodeData } from '../data.ts';
import { fieldAt } from '../field.ts';
import type { Span } from '../layer.ts';
import { RECORD_SEPARATOR } from './engine-io.ts';
import { BASE64, binaryLayer, type EngineLayer, engineLayer } from './engine-layer.ts';
import { attachmentLayer, type SocketLayer, socketLayer } from './socket-layer.ts';

export type PacketLayer = EngineLayer | SocketLayer | DataLayer;
type Stretch = Pick<Span, 'at' | 'end'>;

/** Most packets that one polling body is read as. */
export const MAX_POLLING_PACKETS = 1000;
const SEPARATOR = RECORD_SEPARATOR.charCodeAt(0);

/** Reads the packets of one direction, and remembers how many attachments the last of Socket.IO still waits for. */
export class PacketLayers {
  #expected = 0;
  #arrived = 0;

  /** A text message of a WebSocket, or one packet of a polling body. */
  readText(bytes: Uint8Array, span: Stretch): readonly PacketLayer[] {
    const engine = engineLayer(bytes, span);
    if (engine.header?.type !== 'message') return [engine];
    if (bytes[span.at] === BASE64) return [engine, this.#inside(bytes, { at: engine.headEnd, end: span.end }, 'text')];
    const socket = socketLayer(bytes, { at: engine.headEnd, end: span.end });
    this.#expected = socket.header?.attachments ?? 0;
    this.#arrived = 0;
    return [engine, socket];
  }

  /** A binary message of a WebSocket. */
  readBinary(bytes: Uint8Array, span: Stretch): readonly PacketLayer[] {
    return [binaryLayer(span), this.#inside(bytes, span, 'bytes')];
  }

  /** The body of one polling request or response. A separator stands at the beginning of the packet behind it. */
  readPolling(bytes: Uint8Array, { at, end }: Stretch): readonly PacketLayer[] {
    const layers: PacketLayer[] = [];
    let here = at;
    for (let count = 0; count < MAX_POLLING_PACKETS; count += 1) {
      const separator = bytes.subarray(here, end).indexOf(SEPARATOR);
      const packetEnd = separator === -1 ? end : here + separator;
      layers.push(...this.#behindSeparator(bytes, { at: here, end: packetEnd }, count > 0));
      if (separator === -1) return layers;
      here = packetEnd + 1;
    }
    const { layer } = decodeData(bytes, { at: here, end });
    return [...layers, { ...layer, errors: [{ code: 'too-many-packets', offset: here }] }];
  }

  #behindSeparator(bytes: Uint8Array, span: Stretch, isBehind: boolean): readonly PacketLayer[] {
    const [engine, ...inside] = this.readText(bytes, span);
    if (!isBehind || engine?.protocol !== 'engine.io') return engine ? [engine, ...inside] : [];
    const at = span.at - 1;
    const where = { at: at * 8, bits: 8 };
    const separator = fieldAt(bytes, where, { id: 'separator', name: 'Record Separator', kind: 'hex', meaning: 'another packet follows' });
    return [{ ...engine, at, fields: [separator, ...engine.fields] }, ...inside];
  }

  #inside(bytes: Uint8Array, span: Stretch, kind: 'bytes' | 'text'): PacketLayer {
    if (this.#arrived >= this.#expected) return decodeData(bytes, span).layer;
    this.#arrived += 1;
    return attachmentLayer(bytes, span, { nth: this.#arrived, of: this.#expected, kind });
  }
}
