import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFrame } from '#wire/application/websocket/frame.ts';
import { fromHex } from '#wire/hex.fixture.ts';
import { type Detail, detailOf } from './detail.ts';
import type { Message } from './trace.ts';

const message = (text: string, to = 'bo'): Message => ({
  kind: 'message',
  id: 'x:s2c:m0',
  from: to === 'server' ? 'ada' : 'server',
  to,
  what: 'event',
  sentAt: 0,
  label: '',
  text,
  attachments: [],
  fate: { kind: 'in-flight' },
  duplicates: [],
});

function detail(text: string, to = 'bo'): Detail {
  const found = detailOf(message(text, to));
  if (!found) throw new Error(`no layers in ${text}`);
  return found;
}
const hexOf = ({ bytes }: Detail): string => bytes.map(({ hex }) => hex).join(' ');
const layersOf = ({ layers }: Detail): readonly string[] => layers.map(({ name, sign, words }) => `${name} ${sign}: ${words}`);

describe('an opened arrow', () => {
  it('shows the bytes of 42["chat","hi"] to a client, each in its layer', () => {
    const chat = detail('42["chat","hi"]');
    expect(hexOf(chat)).toBe('81 0f 34 32 5b 22 63 68 61 74 22 2c 22 68 69 22 5d');
    expect(chat.bytes.map(({ char }) => char).join('')).toBe('··42["chat","hi"]');
    expect(chat.bytes.map(({ layer }) => layer.charAt(0)).join('')).toBe('ffepeeeeeeeeeeeee');
    expect(chat).toMatchObject({ size: 17, isCut: false });
  });

  it('shows its layers from the outermost to the event', () => {
    expect(layersOf(detail('42["chat","hi"]'))).toEqual([
      'frame 81 0f: text, final, not masked, 15 bytes follow',
      'engine 4: message',
      'packet 2: event, in the namespace /',
      'event ["chat","hi"]: what the program said',
    ]);
  });

  it('shows a client’s frame masked, with a key that no page can see', () => {
    const chat = detail('42["chat","hi"]', 'server');
    expect(hexOf(chat)).toMatch(/^81 8f ·· ·· ·· ·· 34 32 5b /);
    expect(chat.size).toBe(21);
    expect(chat.layers[0]).toMatchObject({ sign: '81 8f ·· ·· ·· ··' });
    expect(chat.layers[0]?.words).toContain('masked with a key that a page cannot see');
  });

  it.each([
    ['2', ['frame 81 01: text, final, not masked, 1 byte follows', 'engine 2: ping']],
    [
      '40',
      ['frame 81 02: text, final, not masked, 2 bytes follow', 'engine 4: message', 'packet 0: joins a namespace, in the namespace /'],
    ],
    [
      '42/admin,7["kick"]',
      [
        'frame 81 12: text, final, not masked, 18 bytes follow',
        'engine 4: message',
        'packet 2: event, in the namespace /admin, ack id 7',
        'event ["kick"]: what the program said',
      ],
    ],
    [
      '451-["file",{"_placeholder":true,"num":0}]',
      [
        'frame 81 2a: text, final, not masked, 42 bytes follow',
        'engine 4: message',
        'packet 5: event with attachments, in the namespace /, 1 binary frame follows',
        'event ["file",{"_placeholder":true,"num":0}]: what the program said',
      ],
    ],
  ])('%s has these layers', (text, layers) => {
    expect(layersOf(detail(text))).toEqual(layers);
  });

  it.each([
    ['430["ok"]', 'Answer'],
    ['42["chat"]', 'Event'],
    ['40{"sid":"x"}', 'Data'],
  ])('calls what is inside %s by its name: %s', (text, title) => {
    expect(detail(text).layers.at(-1)?.title).toBe(title);
  });

  it('counts several attachments', () => {
    const text = '452-["files",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]';
    expect(layersOf(detail(text))[2]).toContain('2 binary frames follow');
  });

  it('counts bytes, not characters', () => {
    expect(detail('42["chat","é€"]').size).toBe(2 + 18);
    expect(detail('42["chat","é€"]').bytes.filter(({ char }) => char === '·')).toHaveLength(2 + 5);
  });

  it('says that a record was cut, and then shows no packet', () => {
    const cut = detail(`42["chat","${'x'.repeat(1_014)}…`);
    expect(cut.isCut).toBe(true);
    expect(cut.layers.map(({ name }) => name)).toEqual(['frame', 'engine']);
  });

  it.each(['', 'bAQ=='])('has nothing to show of %j', (text) => {
    expect(detailOf(message(text))).toBeUndefined();
  });
});

describe('the bytes of any message', () => {
  const texts = fc.oneof(
    fc.constantFrom('2', '3', '40', '41'),
    fc
      .tuple(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.constantFrom('42', '42/admin,', '4217'))
      .map(([word, head]) => head + JSON.stringify(['chat', word])),
  );

  it('are one text frame that holds the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { bytes, size } = detail(text);
        const wire = fromHex(bytes.map(({ hex }) => hex).join(''));
        const frame = { opcode: 'text', fin: true, payload: new TextEncoder().encode(text) };
        expect(decodeFrame(wire, 0, { from: 'server', maxPayloadBytes: 10_000 })).toEqual({ ok: true, frame, end: size });
      }),
    );
  });

  it('are in the order of the layers, and the signs of the inner ones make up the text', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('bo', 'server'), (text, to) => {
        const { bytes, layers } = detail(text, to);
        const order = ['frame', 'engine', 'packet', 'event'];
        const positions = bytes.map(({ layer }) => order.indexOf(layer));
        expect(positions).toEqual(positions.toSorted((a, b) => a - b));
        expect(layers.map(({ name }) => name)).toEqual(order.slice(0, layers.length));
      }),
    );
  });
});
