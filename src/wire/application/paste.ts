/** What a learner pastes, and what it may be: guesses, the best one first, each taken apart. */
import { type Dissection, dissect, errorsOf, type Layer } from '../dissect.ts';
import type { ProtocolName } from '../layer.ts';
import type { WireErrorCode } from '../wire-error.ts';
import { decodeEnginePacket, RECORD_SEPARATOR } from './engine-io.ts';
import { isHttp } from './first-bytes.ts';
import { readHex } from './hex-text.ts';
import { PacketLayers } from './packet-layers.ts';
import type { Reading } from './reading.ts';
import { decodeSocketPacket } from './socket-io.ts';
import { OPCODES } from './websocket/frame-head.ts';
import { writerOf } from './websocket/frame-layer.ts';
import { MessageReader } from './websocket/message.ts';
import { readMessage } from './websocket/message-reading.ts';
import { scanUtf8, textOf } from './websocket/utf8.ts';

export type Guess = Reading & {
  /** What the bytes begin with. */
  readonly protocol: ProtocolName;
  /** Why: `a WebSocket frame of a client`. */
  readonly because: string;
};

/** What to do about a text that is nothing we know. */
export const PASTE_HINTS = {
  empty: 'Paste something first: bytes in hex such as 81 02 68 69, or a packet’s text such as 42["chat","hi"].',
  'half-a-byte': 'A byte is two hex digits, and one digit is left over: look for a digit that is missing at the beginning or the end.',
  'not-readable': 'This is neither hex nor a packet’s text. Paste hex such as 81 02 68 69, a hexdump, or a text such as 42["chat","hi"].',
  'too-long': 'This is more than is read here. Paste one packet at a time.',
} as const;

export type PasteResult =
  | { readonly ok: true; readonly guesses: readonly Guess[] }
  | { readonly ok: false; readonly code: keyof typeof PASTE_HINTS; readonly hint: string };

/** Longest text that is read, characters: a hexdump of the largest packet fits. */
export const MAX_PASTE_CHARACTERS = 400_000;

const utf8 = new TextEncoder();
const refuse = (code: keyof typeof PASTE_HINTS): PasteResult => ({ ok: false, code, hint: PASTE_HINTS[code] });

/** Whether a text is a packet of Engine.IO as programs send it: nearly every digit begins one otherwise. */
function isPacketText(text: string): boolean {
  const read = decodeEnginePacket(text);
  if (!read.ok || typeof read.packet.data !== 'string') return false;
  const { type, data } = read.packet;
  if (type === 'message') return decodeSocketPacket(data).ok;
  if (type === 'open') return data.startsWith('{');
  return data === '' || ((type === 'ping' || type === 'pong') && data === 'probe');
}

const isSocketText = (text: string): boolean => /^\d/.test(text) && decodeSocketPacket(text).ok && /[[{]/.test(text);

function textGuesses(text: string): readonly Guess[] {
  const bytes = utf8.encode(text);
  const span = { at: 0, end: bytes.length };
  if (text.includes(RECORD_SEPARATOR) && text.split(RECORD_SEPARATOR).every(isPacketText)) {
    const layers = new PacketLayers().readPolling(bytes, span);
    return [{ protocol: 'engine.io', because: 'the body of a poll of Engine.IO', bytes, layers }];
  }
  if (isPacketText(text)) {
    const layers = new PacketLayers().readText(bytes, span);
    return [{ protocol: 'engine.io', because: 'the text of an Engine.IO packet', bytes, layers }];
  }
  if (!isSocketText(text)) return [];
  return [
    { protocol: 'socket.io', because: 'a Socket.IO packet without its Engine.IO type', bytes, layers: dissect(bytes, 'socket.io').layers },
  ];
}

/** A head as text, whose lines a page ends with LF; the empty line at its end is easily lost. */
function headGuesses(text: string): readonly Guess[] {
  const sent = text.replaceAll(/\r?\n/g, '\r\n');
  const bytes = utf8.encode(sent.includes('\r\n\r\n') ? sent : `${sent.trimEnd()}\r\n\r\n`);
  return httpGuesses(bytes);
}

function httpGuesses(bytes: Uint8Array): readonly Guess[] {
  const from = (['client', 'server'] as const).find((side) => isHttp(bytes, side) === 'yes');
  if (!from) return [];
  const because = from === 'client' ? 'a request of HTTP' : 'an answer of HTTP';
  return [{ protocol: 'http', because, bytes, layers: dissect(bytes, 'http').layers }];
}

/** First bytes of frames that end their message: what else begins with one of them is rare. */
const FINAL = new Set(Object.values(OPCODES).map((opcode) => 0x80 | opcode));

/** The message of a stream of frames, if there is one and every byte belongs to it. */
function onlyMessage(bytes: Uint8Array): Reading | undefined {
  const from = writerOf(bytes, 0);
  const reader = new MessageReader({ from });
  reader.append(bytes);
  const event = reader.next();
  const { frames, rest } = reader.takeRest();
  if (event.kind !== 'message' || frames.length > 0 || rest.bytes.length > 0) return undefined;
  const isPacket = event.message.type === 'text' && isPacketText(event.message.text);
  return readMessage(event.message, event.frames, { from, ...(isPacket && { packets: new PacketLayers() }) });
}

/** One message whole; or frames as they stand: several, a fragment by itself, one that is cut short. */
function frameGuesses(bytes: Uint8Array): readonly Guess[] {
  const from = writerOf(bytes, 0);
  const because = `a WebSocket frame of a ${from}`;
  const only = onlyMessage(bytes);
  if (only) return [{ protocol: 'websocket', because, ...only }];
  const { layers } = dissect(bytes, 'websocket');
  const errors = errorsOf({ layers });
  const isCutShort = errors.length === 1 && errors[0]?.code === 'truncated' && layers.length === 1 && FINAL.has(bytes[0] ?? 0);
  const isWhole = errors.length === 0 && layers.every(({ protocol }) => protocol === 'websocket');
  return isWhole || isCutShort ? [{ protocol: 'websocket', because, bytes, layers }] : [];
}

type Start = { readonly protocol: ProtocolName; readonly because: string; readonly fits: (bytes: Uint8Array) => boolean };
const nibble = (bytes: Uint8Array): number => (bytes[0] ?? 0) >> 4;

/** What packets begin with, the likeliest first. */
const STARTS: readonly Start[] = [
  { protocol: 'ethernet', because: 'a frame of Ethernet', fits: ({ length }) => length >= 14 },
  { protocol: 'ipv4', because: 'a packet of IPv4: its first digit is 4', fits: (bytes) => nibble(bytes) === 4 && bytes.length >= 20 },
  { protocol: 'ipv6', because: 'a packet of IPv6: its first digit is 6', fits: (bytes) => nibble(bytes) === 6 && bytes.length >= 40 },
  { protocol: 'dns', because: 'a message of DNS', fits: ({ length }) => length >= 12 },
];

/** Errors that a learner makes on purpose, and then wants to see. */
const FORGIVEN: ReadonlySet<WireErrorCode> = new Set(['bad-checksum', 'bad-length', 'truncated']);

/** A frame of Ethernet takes any bytes, so it counts only with what it carries; so does DNS, and counts only whole. */
function isPlausible({ protocol }: Start, dissection: Dissection): boolean {
  const [first, second] = dissection.layers;
  if (!first?.header || first.errors.some(({ code }) => !FORGIVEN.has(code))) return false;
  if (protocol === 'dns') return isPlainDns(dissection);
  return protocol !== 'ethernet' || (second !== undefined && second.protocol !== 'data' && second.header !== undefined);
}

/** One question, all records read, and nothing left over. */
function isPlainDns(dissection: Dissection): boolean {
  const [dns, rest] = dissection.layers;
  return dns?.protocol === 'dns' && rest === undefined && errorsOf(dissection).length === 0 && dns.header?.questions === 1;
}

function packetGuesses(bytes: Uint8Array): readonly Guess[] {
  return STARTS.filter(({ fits }) => fits(bytes)).flatMap((start): readonly Guess[] => {
    const dissection = dissect(bytes, start.protocol);
    if (!isPlausible(start, dissection)) return [];
    return [{ protocol: start.protocol, because: start.because, bytes, layers: dissection.layers }];
  });
}

const asData = (bytes: Uint8Array): Guess => ({
  protocol: 'data',
  because: 'bytes of a kind that is not known here',
  bytes,
  layers: dissect(bytes, 'data').layers,
});

/** Text that was sent, as the hex of it. */
function hexTextGuesses(bytes: Uint8Array): readonly Guess[] {
  const scan = scanUtf8(bytes);
  return scan.ok && scan.state.left === 0 ? textGuesses(textOf(bytes)) : [];
}

/** Errors make a guess less likely, but a checksum or a length may be broken on purpose: such a guess still stands before plain bytes. */
const errorCount = ({ layers }: Guess): number => layers.reduce((sum: number, { errors }: Layer) => sum + errors.length, 0);

function byteGuesses(bytes: Uint8Array): readonly Guess[] {
  const guesses = [...httpGuesses(bytes), ...hexTextGuesses(bytes), ...packetGuesses(bytes), ...frameGuesses(bytes)];
  return [...guesses.toSorted((a, b) => errorCount(a) - errorCount(b)), asData(bytes)];
}

/** Reads what was pasted. A text that is both, such as `40`, is first the packet and then the byte. */
export function readPaste(pasted: string): PasteResult {
  if (pasted.length > MAX_PASTE_CHARACTERS) return refuse('too-long');
  const text = pasted.trim();
  if (text === '') return refuse('empty');
  const asText = [...textGuesses(text), ...headGuesses(text)];
  const hex = readHex(pasted);
  if (hex.ok) return { ok: true, guesses: [...asText, ...byteGuesses(hex.bytes)] };
  if (asText.length > 0) return { ok: true, guesses: asText };
  return refuse(hex.code === 'half-a-byte' ? 'half-a-byte' : 'not-readable');
}
