/** Whether a field of ours and one of Wireshark’s say the same. */
import { RELATIVE } from './names.ts';
import type { OurField } from './ours.ts';
import { bitsOf, type PdmlField } from './pdml.ts';

const numberIn = (show: string): number => ({ True: 1, False: 0, Good: 1, Bad: 0 })[show] ?? Number(show);

function isSameValue({ kind, value, text, times }: OurField, { name, show, value: hex }: PdmlField): boolean {
  switch (kind) {
    case 'number':
    case 'hex':
    case 'flag':
      if (RELATIVE.includes(name)) return Number.parseInt(hex, 16) === Number(value);
      return times.some((factor) => numberIn(show) === Number(value) * factor);
    case 'bytes':
      return value === (hex || show.replaceAll(':', '')) || isSameText(text, show);
    default:
      // Hex digits in the message, a number in Wireshark.
      return name === 'http.chunk_size' ? Number.parseInt(text, 16) === Number(show) : isSameText(text, show);
  }
}

/** Wireshark leaves out what it shows no value of, tells a line with its end, and has a word of its own for the root of DNS. */
const isSameText = (text: string, show: string): boolean =>
  show === '' || show.trimEnd() === text.trimEnd() || (show === '<Root>' && text === '.');

function isSamePlace({ at, bits }: OurField, field: PdmlField): boolean {
  const theirs = bitsOf(field);
  // A field of HTTP is a whole line to Wireshark, with its end.
  if (field.name.startsWith('http.')) return theirs.at <= at && theirs.at + theirs.bits >= at + bits;
  if (theirs.isDrawn) return theirs.at === at && theirs.bits === bits;
  // Where Wireshark draws no bits, it names the bytes that they lie in.
  return theirs.at === at - (at % 8) && theirs.bits === Math.ceil((bits + (at % 8)) / 8) * 8;
}

/** Where Wireshark takes the first bytes of an echo for a time, its data begin behind them. */
function isBehindTime({ wireshark, value }: OurField, { value: hex }: PdmlField, all: readonly PdmlField[]): boolean {
  return wireshark === 'data.data' && String(value).endsWith(hex) && all.some(({ name }) => name === 'icmp.data_time');
}

/** Whether both say the same of the same bits. `all`: what else Wireshark says of the packet. */
export const isSame = (ours: OurField, theirs: PdmlField, all: readonly PdmlField[]): boolean =>
  ((ours.place !== 'exact' || isSamePlace(ours, theirs)) && isSameValue(ours, theirs)) || isBehindTime(ours, theirs, all);
