/** Packets as tshark writes them in XML. Source: Wireshark, doc/README.xml-output. */

export type PdmlField = {
  /** `ip.ttl`; empty for a text without a field. */
  readonly name: string;
  /** First byte, counted from the beginning of the frame, or of whatever it was reassembled to. */
  readonly pos: number;
  /** Bytes; 0 where Wireshark worked the value out. */
  readonly size: number;
  /** The value as Wireshark shows it. */
  readonly show: string;
  /** The value and the reading of it: `0100 .... = Version: 4`. */
  readonly showname: string;
  /** The bytes, as hex; the value alone where it is a part of them. */
  readonly value: string;
  readonly isHidden: boolean;
  readonly parts: readonly PdmlField[];
};

/** A protocol is written like a field whose parts are its fields. */
export type PdmlPacket = { readonly protocols: readonly PdmlField[] };

const TAG = /<(\/?)(packet|proto|field)\b((?:\s+\w+="[^"]*")*)\s*(\/?)>/g;
const ATTRIBUTE = /(\w+)="([^"]*)"/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const unescaped = (text: string): string =>
  text.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return decimal === undefined ? (ENTITIES[name ?? ''] ?? whole) : String.fromCodePoint(Number(decimal));
  });

type Growing = PdmlField & { readonly parts: PdmlField[]; readonly tag: string };

function opened(tag: string, attributes: string): Growing {
  const given = new Map([...attributes.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, unescaped(value)]));
  const text = (name: string): string => given.get(name) ?? '';
  return {
    tag,
    name: text('name'),
    pos: Number(text('pos')),
    size: Number(text('size')),
    show: text('show'),
    showname: text('showname'),
    value: text('unmaskedvalue') || text('value'),
    isHidden: given.get('hide') === 'yes',
    parts: [],
  };
}

/** All packets of a PDML document. */
export function parsePdml(xml: string): readonly PdmlPacket[] {
  const root = opened('pdml', '');
  const open: Growing[] = [root];
  for (const [, isEnd, tag = '', attributes = '', isEmpty] of xml.matchAll(TAG)) {
    if (isEnd) {
      if (open.length > 1) open.pop();
      continue;
    }
    const element = opened(tag, attributes);
    open.at(-1)?.parts.push(element);
    if (!isEmpty) open.push(element);
  }
  return root.parts.map(({ parts }) => ({ protocols: parts }));
}

/** A field and all inside it, outermost first. */
export const flatPdml = (fields: readonly PdmlField[]): readonly PdmlField[] =>
  fields.flatMap((field) => [field, ...flatPdml(field.parts)]);

type Bits = { readonly at: number; readonly bits: number };

/** The flags of TCP are drawn as 12 bits, whichever of their two bytes Wireshark names. */
const FLAG_BITS = 12;

/** The bits that a field stands in, as far as Wireshark draws them: `.... 0101 = Header Length`. */
export function bitsOf({ pos, size, showname }: PdmlField): Bits & { readonly isDrawn: boolean } {
  const picture = /^([01. ]+) = /.exec(showname)?.[1]?.replaceAll(' ', '') ?? '';
  const first = picture.search(/[01]/);
  const bits = picture.replaceAll('.', '').length;
  if (picture.length === FLAG_BITS) return { at: pos * 8 + first + (first < 4 ? 4 : -4), bits, isDrawn: true };
  return first >= 0 ? { at: pos * 8 + first, bits, isDrawn: true } : { at: pos * 8, bits: size * 8, isDrawn: false };
}
