/** Where the messages stand that a packet completes: in its own bytes, or in bytes that several packets brought. */
import type { AppMessage } from '../application/conversation.ts';
import type { Layer } from '../dissect.ts';
import { movedLayer } from '../moved-layer.ts';
import type { Source } from './source.ts';

/** A TCP payload: its first byte in the source, and in what its side sends. */
type Payload = { readonly begin: number; readonly end: number; readonly at: number };

const isDecoded = ({ source }: Layer): boolean => source === 'decoded';
const countPackets = (count: number): string => (count === 1 ? 'one packet' : `${count} packets`);

/** Where a message begins in the source whose payload this is; undefined if not all of it stands there. */
function placeIn({ begin, end, at }: Payload, message: AppMessage): number | undefined {
  if (message.at === undefined) return undefined;
  const place = begin + message.at - at;
  return place >= begin && place + message.bytes.length <= end ? place : undefined;
}

function messageSource({ layers, bytes, packets }: AppMessage): Source {
  const title = `Message, put together from ${countPackets(packets.length)}`;
  return { kind: 'message', title, bytes, packets, layers: layers.filter((layer) => !isDecoded(layer)) };
}

function decodedSource({ decoded, layers, packets }: AppMessage): readonly Source[] {
  const inside = layers.filter(isDecoded);
  return decoded ? [{ kind: 'decoded', title: inside[0]?.title ?? 'Decoded', bytes: decoded, layers: inside, packets }] : [];
}

function payloadOf({ layers }: Source, at: number | undefined): Payload | undefined {
  const tcp = layers.find(({ protocol, quoted }) => protocol === 'tcp' && !quoted);
  return tcp && at !== undefined ? { begin: tcp.headEnd, end: tcp.end, at } : undefined;
}

/** The sources of a packet with the messages that it completes. `at`: where its first byte stands in what its side sends. */
export function withMessages(sources: readonly Source[], messages: readonly AppMessage[], at: number | undefined): readonly Source[] {
  const last = sources.at(-1);
  if (!last || messages.length === 0) return sources;
  const payload = payloadOf(last, at);
  const own: Layer[] = last.layers.filter(({ protocol, quoted }) => protocol !== 'data' || quoted);
  const further: Source[] = [];
  for (const message of messages) {
    const place = payload && placeIn(payload, message);
    if (place === undefined) further.push(messageSource(message));
    else own.push(...message.layers.filter((layer) => !isDecoded(layer)).map((layer) => movedLayer(layer, place)));
    further.push(...decodedSource(message));
  }
  return [...sources.slice(0, -1), { ...last, layers: own }, ...further];
}
