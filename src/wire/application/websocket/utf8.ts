/** Whether bytes are UTF-8, across the fragments of a message, and where they stop being it. Source: RFC 3629 §4. */

/** Between two fragments: how many bytes of a character are still to come, and in which range the next one lies. */
export type Utf8State = { readonly left: number; readonly low: number; readonly high: number };

export type Utf8Scan = { readonly ok: true; readonly state: Utf8State } | { readonly ok: false; readonly index: number };

type Lead = Utf8State & { readonly from: number; readonly to: number };

/** Between two characters. */
export const UTF8_START: Utf8State = { left: 0, low: 0x80, high: 0xbf };

/** What follows a first byte. The narrow ranges exclude overlong forms, surrogates and what lies above U+10FFFF. */
const LEADS: readonly Lead[] = [
  { from: 0x00, to: 0x7f, left: 0, low: 0x80, high: 0xbf },
  { from: 0xc2, to: 0xdf, left: 1, low: 0x80, high: 0xbf },
  { from: 0xe0, to: 0xe0, left: 2, low: 0xa0, high: 0xbf },
  { from: 0xe1, to: 0xec, left: 2, low: 0x80, high: 0xbf },
  { from: 0xed, to: 0xed, left: 2, low: 0x80, high: 0x9f },
  { from: 0xee, to: 0xef, left: 2, low: 0x80, high: 0xbf },
  { from: 0xf0, to: 0xf0, left: 3, low: 0x90, high: 0xbf },
  { from: 0xf1, to: 0xf3, left: 3, low: 0x80, high: 0xbf },
  { from: 0xf4, to: 0xf4, left: 3, low: 0x80, high: 0x8f },
];
const LEAD_OF = Array.from({ length: 256 }, (_, byte) => LEADS.find(({ from, to }) => byte >= from && byte <= to));

function step(state: Utf8State, byte: number): Utf8State | undefined {
  if (state.left === 0) return LEAD_OF[byte];
  return byte >= state.low && byte <= state.high ? { ...UTF8_START, left: state.left - 1 } : undefined;
}

/** Reads on from `state`; `index` is the first byte that cannot stand where it stands. A whole text ends with `left` 0. */
export function scanUtf8(bytes: Uint8Array, state: Utf8State = UTF8_START): Utf8Scan {
  let current = state;
  for (let index = 0; index < bytes.length; index += 1) {
    const next = step(current, bytes[index] ?? 0);
    if (!next) return { ok: false, index };
    current = next;
  }
  return { ok: true, state: current };
}

/** The text of bytes that are known to be UTF-8. A leading U+FEFF stays: to WebSocket it is a character. */
export const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
