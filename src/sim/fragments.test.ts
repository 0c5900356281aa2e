import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { line, listen, notes, PORTS, ROUTER, send, story } from './line.fixture.ts';
import { Network, type Result, simulate } from './network.ts';
import { packetIn } from './node/interface.ts';
import { ipField } from './node/packet.ts';

/** Total length, offset field, MF, header checksum of each packet that crossed a link. */
const fragments = ({ hops }: Result, link: string) =>
  hops
    .filter((hop) => hop.link === link)
    .map(({ bytes }) => packetIn(bytes))
    .map((packet) => [
      ipField(packet, 'totalLength'),
      ipField(packet, 'fragmentOffset'),
      ipField(packet, 'moreFragments'),
      ipField(packet, 'checksum').toString(16),
    ]);

describe('a datagram that is too long for a link', () => {
  const data = Uint8Array.from({ length: 3992 }, (_, index) => index % 251);

  it('is cut by its sender, and the pieces again by a router whose next link carries less', () => {
    let got: Uint8Array[] = [];
    const result = simulate(line({ far: { mtu: 576 } }), (network) => {
      got = listen(network);
      send(network, { data, identification: 0xbeef, ttl: 64 });
    });
    expect(fragments(result, 'near')).toEqual([
      [1500, 0, 1, 'a9cf'],
      [1500, 185, 1, 'a916'],
      [1060, 370, 0, 'ca15'],
    ]);
    const oneHopLess = (checksum: number): string => (checksum + 0x100).toString(16);
    expect(fragments(result, 'far')).toEqual([
      [572, 0, 1, oneHopLess(0xad6f)],
      [572, 69, 1, oneHopLess(0xad2a)],
      [396, 138, 1, oneHopLess(0xad95)],
      [572, 185, 1, oneHopLess(0xacb6)],
      [572, 254, 1, oneHopLess(0xac71)],
      [396, 323, 1, oneHopLess(0xacdc)],
      [572, 370, 1, oneHopLess(0xabfd)],
      [508, 439, 0, oneHopLess(0xcbf8)],
    ]);
    expect(got).toEqual([data]);
    // Nobody waits any more, so nothing is left to happen.
    expect(result.trace.endsAt).toBeLessThan(20);
  });

  it.each([
    [
      4000,
      1500,
      [
        [1500, 0, 1],
        [1500, 185, 1],
        [1040, 370, 0],
      ],
    ],
    [
      472,
      280,
      [
        [276, 0, 1],
        [216, 32, 0],
      ],
    ],
  ])('of %d bytes, over an MTU of %d, is cut as the books have it', (length, mtu, expected) => {
    const result = simulate(line({ near: { mtu } }), (network) => send(network, { data: new Uint8Array(length - 28) }));
    expect(
      fragments(result, 'near')
        .filter(([total]) => total !== 56)
        .map((fragment) => fragment.slice(0, 3)),
    ).toEqual(expected);
  });

  it('of 65,507 bytes of data is 45 pieces over an MTU of 1,500', () => {
    const result = simulate(line(), (network) => {
      listen(network);
      send(network, { data: new Uint8Array(65_507) });
    });
    const cut = fragments(result, 'near');
    expect([cut.length, cut.at(-1)?.slice(0, 3)]).toEqual([45, [415, 8140, 0]]);
    expect(() =>
      simulate(line(), (network) => expect(send(network, { data: new Uint8Array(65_508) })).toEqual({ ok: false, code: 'too-long' })),
    ).not.toThrow();
  });

  it('and must not be cut does not leave its sender, who is told', () => {
    const result = simulate(line(), (network) =>
      expect(send(network, { data, dontFragment: true })).toEqual({ ok: false, code: 'too-big' }),
    );
    expect(story(result)).toEqual(['ada>router UDP 50000→9999: device too-big']);
  });

  it('and loses a piece is given up as a whole after half a minute, and its sender hears of it', () => {
    let got: Uint8Array[] = [];
    const result = simulate(line({ far: { loss: { nth: [2] } } }), (network) => {
      got = listen(network);
      send(network, { data });
    });
    expect([got, notes(result)]).toEqual([[], ['bo: gives up: 2 pieces have come, the rest has not']]);
    expect(story(result).at(-1)).toBe('router>ada time exceeded: delivered');
  });

  it('and loses its first piece is given up without a word', () => {
    const result = simulate(line({ near: { loss: { nth: [1] } } }), (network) => send(network, { data }));
    expect(story(result)).toHaveLength(5);
  });

  it('is put together in whatever order its pieces come, and however often', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 0.4, noNaN: true }),
        (seed, reorder, duplicate) => {
          const faults = { reordering: { ratio: reorder, heldUs: 20_000 }, duplication: { ratio: duplicate, laterUs: 700 } };
          let got: Uint8Array[] = [];
          simulate(line({ seed, near: { mtu: 576, ...faults }, far: { mtu: 576, ...faults } }), (network) => {
            got = listen(network);
            send(network, { data });
          });
          expect(got.length).toBeGreaterThan(0);
          for (const one of got) expect(one).toEqual(data);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('dies with any of its 45 pieces: at a loss of 1 % that is 36.4 % of them', () => {
    const seeds = 400;
    const [near] = line().links;
    let whole = 0;
    for (let seed = 1; seed <= seeds; seed += 1) {
      const network = new Network({
        ...line({ seed }),
        routers: [{ id: 'router' }],
        links: near ? [{ ...near, loss: { ratio: 0.01 } }] : [],
      });
      network.node('router').udp.listen(PORTS.destinationPort, () => {
        whole += 1;
      });
      send(network, { destination: ROUTER, data: new Uint8Array(65_507) });
      network.run();
    }
    expect(Math.abs(1 - whole / seeds - (1 - 0.99 ** 45))).toBeLessThan(0.04);
  });
});
