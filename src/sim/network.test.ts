import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from '#wire/hex.fixture.ts';
import { ADA, BO, line, listen, notes, PORTS, ROUTER, send, story } from './line.fixture.ts';
import { simulate } from './network.ts';
import { ping } from './node/echo.ts';
import type { NetworkSpec } from './topology.ts';

describe('a datagram through a router', () => {
  it('leaves as the bytes that a known good frame has', () => {
    const { captures } = simulate(line(), (network) => send(network));
    expect(captures['ada/near']?.map(({ us, way, bytes }) => [us, way, toHex(bytes)])).toEqual([
      [
        0,
        'out',
        '02000000000102000000000a0800450000210001000040118e79c000020ac6336414c350270f000de54f68656c6c6f00000000000000000000000000',
      ],
      expect.anything(),
    ]);
  });

  it('loses one hop of its life there, and gets a new checksum and a new frame', () => {
    const { captures } = simulate(line(), (network) => {
      listen(network);
      send(network);
    });
    const far = captures['bo/far']?.[0];
    expect(toHex(far?.bytes ?? new Uint8Array())).toBe(
      '020000000004020000000003080045000021000100003f118f79c000020ac6336414c350270f000de54f68656c6c6f00000000000000000000000000',
    );
    expect(far?.us).toBe(2 * (1000 + 27));
  });

  it('reaches the program, if one listens', () => {
    let got: Uint8Array[] = [];
    const result = simulate(line(), (network) => {
      got = listen(network);
      send(network);
    });
    expect(got.map((data) => new TextDecoder().decode(data))).toEqual(['hello']);
    expect(story(result)).toEqual(['ada>router UDP 50000→9999: delivered', 'router>bo UDP 50000→9999: delivered']);
  });

  it('for a port where nobody listens is answered so', () => {
    const result = simulate(line(), (network) => send(network));
    expect(story(result).slice(2)).toEqual(['bo>router nobody at port: delivered', 'router>ada nobody at port: delivered']);
    expect(notes(result)).toEqual(['bo: nobody listens at UDP port 9999']);
  });

  it('for a port that was closed again is answered so', () => {
    let got: Uint8Array[] = [];
    const result = simulate(line(), (network) => {
      got = listen(network);
      network.kernel.at(1500, () => network.node('bo').udp.close(PORTS.destinationPort));
      send(network);
    });
    expect([got, notes(result)]).toEqual([[], ['bo: nobody listens at UDP port 9999']]);
  });

  it('for a protocol that nobody speaks is answered so', () => {
    const result = simulate(line(), (network) => network.node('ada').send({ destination: BO, protocol: 6, payload: new Uint8Array(20) }));
    expect(story(result).at(-1)).toBe('router>ada no such protocol: delivered');
  });

  it('whose life is too short dies there, and its sender hears of it', () => {
    const result = simulate(line(), (network) => send(network, { ttl: 1 }));
    expect(story(result)).toEqual([
      'ada>router UDP 50000→9999: delivered',
      'router>bo UDP 50000→9999: device ttl',
      'router>ada time exceeded: delivered',
    ]);
  });

  it('without a way is told so, however short its life (RFC 1812 §5.2.1.2)', () => {
    const result = simulate(line(), (network) => send(network, { destination: '203.0.113.9', ttl: 1 }));
    expect(story(result).at(-1)).toBe('router>ada no route: delivered');
  });

  it.each([
    ['203.0.113.9', 'no route', 'router: no route to 203.0.113.9'],
    ['198.51.100.21', 'no such host', 'router: nobody on this link is 198.51.100.21'],
  ])('for %s is answered: %s', (destination, answer, note) => {
    const result = simulate(line(), (network) => send(network, { destination }));
    expect([story(result).at(-1), notes(result)]).toEqual([`router>ada ${answer}: delivered`, [note]]);
  });

  it('that was damaged is destroyed at its destination without a word', () => {
    let got: Uint8Array[] = [];
    const result = simulate(line(), (network) => {
      got = listen(network);
      const udp = (checksum: number) => Uint8Array.of(0xc3, 0x50, 0x27, 0x0f, 0, 10, checksum >> 8, checksum & 0xff, 0x68, 0x69);
      for (const checksum of [0xc0be, 0xc0bf, 0]) network.node('ada').send({ destination: BO, protocol: 17, payload: udp(checksum) });
      for (const length of [0, 7, 11]) {
        const wrong = udp(0).with(5, length);
        network.node('ada').send({ destination: BO, protocol: 17, payload: wrong });
      }
      network.node('ada').send({ destination: BO, protocol: 17, payload: new Uint8Array(7) });
    });
    expect(got).toEqual([utf8('hi'), utf8('hi')]);
    expect(story(result).filter((line) => !line.includes('UDP'))).toEqual([]);
  });

  it('from a node to itself crosses no link', () => {
    let got: Uint8Array[] = [];
    const { hops } = simulate(line(), (network) => {
      got = listen(network);
      network.node('bo').udp.send({ destination: BO, ...PORTS, data: utf8('me') });
    });
    expect([got.length, hops.length]).toEqual([1, 0]);
  });
});

describe('an answer of ICMP', () => {
  it('says which MTU the next link has, and quotes the packet: header and eight bytes', () => {
    const { captures } = simulate(line({ far: { mtu: 1400 } }), (network) =>
      send(network, { data: new Uint8Array(1472), dontFragment: true }),
    );
    const answer = captures['ada/near']?.at(-1)?.bytes ?? new Uint8Array();
    expect(toHex(answer.subarray(34, 42))).toMatch(/^0304....00000578$/);
    expect(answer.length).toBe(14 + 20 + 8 + 28);
  });

  it('is never given to an answer, nor to a piece that is not the first (RFC 1122 §3.2.2)', () => {
    const result = simulate(line({ near: { mtu: 576 } }), (network) => {
      send(network, { destination: '203.0.113.9', data: new Uint8Array(1000) });
      network.node('bo').send({ destination: '203.0.113.9', protocol: 1, payload: Uint8Array.of(3, 1, 0, 0, 0, 0, 0, 0) });
    });
    expect(story(result)).toHaveLength(4);
    expect(story(result).filter((line) => line.startsWith('router>'))).toEqual(['router>ada no route: delivered']);
  });

  it('brings back what a ping brought, and lives as long', () => {
    const answers: string[] = [];
    const result = simulate(line(), (network) => {
      network.node('ada').onDatagram(1, ({ source, payload, ttl }) => answers.push(`${source} ${ttl} ${toHex(payload)}`));
      ping(network.node('ada'), { destination: BO, identifier: 1, sequence: 1, data: utf8('ping') });
      ping(network.node('ada'), { destination: ROUTER, identifier: 1, sequence: 2, data: utf8('pong') });
    });
    expect(answers).toEqual([`${ROUTER} 64 0000212600010002706f6e67`, `${BO} 63 0000212d0001000170696e67`]);
    expect(story(result).filter((line) => line.endsWith('echo reply: delivered'))).toHaveLength(3);
  });
});

describe('an address of a router', () => {
  it('answers as itself, though it belongs to the other side', () => {
    const from: string[] = [];
    simulate(line(), (network) => {
      network.node('ada').onDatagram(1, ({ source }) => from.push(source));
      ping(network.node('ada'), { destination: '198.51.100.1', identifier: 1, sequence: 1, data: utf8('x') });
    });
    expect(from).toEqual(['198.51.100.1']);
  });
});

describe('a loop of routes', () => {
  it('ends with the life of the packet, not with the patience of the simulator', () => {
    const spec: NetworkSpec = {
      hosts: [{ id: 'ada' }],
      routers: [
        { id: 'one', routes: [{ to: '0.0.0.0/0', via: '203.0.113.2' }] },
        { id: 'two', routes: [{ to: '0.0.0.0/0', via: '203.0.113.1' }] },
      ],
      links: [
        {
          ends: [
            { node: 'ada', address: `${ADA}/24` },
            { node: 'one', address: `${ROUTER}/24` },
          ],
          delayUs: 10,
        },
        {
          ends: [
            { node: 'one', address: '203.0.113.1/24' },
            { node: 'two', address: '203.0.113.2/24' },
          ],
          delayUs: 10,
        },
      ],
    };
    const result = simulate(spec, (network) => send(network, { ttl: 255 }));
    expect(result.ended).toBe('idle');
    expect(story(result).filter((line) => line.includes('UDP'))).toHaveLength(256);
  });
});

describe('a route', () => {
  it('with a longer prefix wins, whatever the order', () => {
    const ends = (a: string, b: string, net: string) =>
      [
        { node: a, address: `${net}.1/24` },
        { node: b, address: `${net}.2/24` },
      ] as const;
    const spec: NetworkSpec = {
      hosts: [{ id: 'ada' }, { id: 'bo' }, { id: 'cy' }],
      routers: [
        {
          id: 'r',
          routes: [
            { to: '0.0.0.0/0', via: '10.0.1.2' },
            { to: '203.0.113.128/25', via: '10.0.2.2' },
            { to: '203.0.113.0/24', via: '10.0.1.2' },
          ],
        },
      ],
      links: [
        { ends: ends('ada', 'r', '10.0.0'), delayUs: 1 },
        { ends: ends('r', 'bo', '10.0.1'), delayUs: 1 },
        { ends: ends('r', 'cy', '10.0.2'), delayUs: 1 },
      ],
    };
    const result = simulate(spec, (network) => {
      for (const destination of ['203.0.113.127', '203.0.113.128', '192.0.2.1']) send(network, { destination });
    });
    expect(story(result).slice(3)).toEqual([
      'r>bo UDP 50000→9999: delivered',
      'r>cy UDP 50000→9999: delivered',
      'r>bo UDP 50000→9999: delivered',
    ]);
  });

  it('is found by itself over several routers, the shorter way first', () => {
    const link = (a: string, b: string, net: number) => ({
      ends: [
        { node: a, address: `10.0.${net}.1/24` },
        { node: b, address: `10.0.${net}.2/24` },
      ] as const,
      delayUs: 1,
    });
    const spec: NetworkSpec = {
      hosts: [{ id: 'ada' }, { id: 'bo' }],
      routers: ['one', 'two', 'three', 'four'].map((id) => ({ id })),
      links: [
        link('ada', 'one', 0),
        link('one', 'two', 1),
        link('two', 'three', 2),
        link('one', 'four', 3),
        link('three', 'four', 4),
        link('four', 'bo', 5),
      ],
    };
    const result = simulate(spec, (network) =>
      ping(network.node('ada'), { destination: '10.0.5.2', identifier: 1, sequence: 1, data: utf8('x') }),
    );
    expect(story(result)).toEqual([
      'ada>one echo request: delivered',
      'one>four echo request: delivered',
      'four>bo echo request: delivered',
      'bo>four echo reply: delivered',
      'four>one echo reply: delivered',
      'one>ada echo reply: delivered',
    ]);
  });
});

describe('a host with two links', () => {
  it('is no way for others, though it would be the shorter one', () => {
    const link = (a: string, b: string, net: number) => ({
      ends: [
        { node: a, address: `10.0.${net}.1/24` },
        { node: b, address: `10.0.${net}.2/24` },
      ] as const,
      delayUs: 1,
    });
    const spec: NetworkSpec = {
      hosts: [{ id: 'ada' }, { id: 'cy' }, { id: 'bo' }],
      routers: [{ id: 'one' }, { id: 'two' }, { id: 'three' }],
      links: [
        link('ada', 'one', 0),
        link('one', 'cy', 1),
        link('cy', 'three', 2),
        link('one', 'two', 3),
        link('two', 'three', 4),
        link('three', 'bo', 5),
      ],
    };
    const result = simulate(spec, (network) =>
      ping(network.node('ada'), { destination: '10.0.5.2', identifier: 1, sequence: 1, data: utf8('x') }),
    );
    expect(
      story(result)
        .slice(0, 4)
        .map((line) => line.split(' ')[0]),
    ).toEqual(['ada>one', 'one>two', 'two>three', 'three>bo']);
  });
});

describe('the trace of a run', () => {
  it('tells of what happened in one moment the packet first, then the note', () => {
    const { trace } = simulate(line(), (network) => send(network));
    const at = trace.events.findIndex(({ kind }) => kind === 'note');
    expect(trace.events[at - 1]).toMatchObject({
      from: 'bo',
      label: 'nobody at port',
      sentAt: trace.events[at]?.kind === 'note' ? trace.events[at].at : Number.NaN,
    });
  });

  it('says when a packet left its queue, if it waited there', () => {
    const { trace } = simulate(line(), (network) => {
      send(network);
      send(network);
    });
    expect(trace.events.slice(0, 2).map((event) => event.kind === 'message' && event.leftAt)).toEqual([undefined, 0.027]);
  });
});

describe('a network that cannot be', () => {
  it.each<[string, Partial<NetworkSpec>]>([
    ['two nodes of one name', { routers: [{ id: 'ada' }] }],
    ['a link to nobody', { hosts: [{ id: 'ada' }] }],
    ['a route through nobody', { routers: [{ id: 'router', routes: [{ to: '0.0.0.0/0', via: '192.0.2.77' }] }] }],
    ['a route to nowhere', { routers: [{ id: 'router', routes: [{ to: '0.0.0.0/33', via: ADA }] }] }],
  ])('is refused at once: %s', (_, over) => {
    expect(() => simulate({ ...line(), ...over }, () => undefined)).toThrow(TypeError);
  });
  it('is refused at once: a link that carries too little', () => {
    expect(() => simulate(line({ near: { mtu: 67 } }), () => undefined)).toThrow(RangeError);
  });
});
