import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messagesOf } from '#trace/fates.ts';
import { dissect, errorsOf } from '#wire/dissect.ts';
import { toHex } from '#wire/hex.fixture.ts';
import { ADA, BO, line, listen, send, story } from './line.fixture.ts';
import { simulate } from './network.ts';
import type { NetworkSpec } from './topology.ts';

const chance = fc.record({ ratio: fc.double({ min: 0, max: 0.5, noNaN: true }) });
const links = fc.record({
  mtu: fc.integer({ min: 68, max: 1500 }),
  loss: chance,
  duplication: chance,
  reordering: chance.map((one) => ({ ...one, heldUs: 3000 })),
  queue: fc.record({ packets: fc.nat(10) }),
});
const runs = fc.record({
  near: links,
  far: links,
  seed: fc.nat(),
  datagrams: fc.array(
    fc.record({
      atUs: fc.nat(20_000),
      bytes: fc.nat(3000),
      ttl: fc.constantFrom(1, 2, 64),
      dontFragment: fc.boolean(),
      port: fc.constantFrom(9999, 9998),
      from: fc.constantFrom('ada', 'bo'),
    }),
    { maxLength: 12 },
  ),
  downUs: fc.option(fc.nat(20_000), { nil: undefined }),
});
type Run = typeof runs extends fc.Arbitrary<infer Value> ? Value : never;

const play = ({ datagrams, downUs, ...spec }: Run) =>
  simulate(line(spec), (network) => {
    listen(network);
    for (const { atUs, bytes, from, port, ...over } of datagrams) {
      const destination = from === 'ada' ? BO : ADA;
      network.kernel.at(atUs, () =>
        network.node(from).udp.send({ ...over, destination, sourcePort: 50_000, destinationPort: port, data: new Uint8Array(bytes) }),
      );
    }
    if (downUs !== undefined) network.kernel.at(downUs, () => network.link('far').setUp(false));
  });

describe('any run', () => {
  it('puts on every wire frames that are read without an error', () => {
    fc.assert(
      fc.property(runs, (run) => {
        for (const { bytes } of play(run).hops) expect(errorsOf(dissect(bytes))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('ends, gives every frame one fate, and all that arrived was sent', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const { trace, hops, captures, ended } = play(run);
        const messages = messagesOf(trace);
        expect(ended).toBe('idle');
        expect(messages.map(({ frame }) => frame)).toEqual(hops.map(({ bytes }) => toHex(bytes)));
        expect(messages.filter(({ fate }) => fate.kind !== 'delivered' && fate.kind !== 'lost')).toEqual([]);
        const seen = (way: 'in' | 'out') => Object.values(captures).flatMap((capture) => capture.filter((one) => one.way === way)).length;
        const arrived = messages.reduce((sum, { fate, duplicates }) => sum + (fate.kind === 'delivered' ? 1 : 0) + duplicates.length, 0);
        const inDevice = messages.filter(({ fate }) => fate.kind === 'lost' && fate.place === 'device').length;
        expect([seen('in'), seen('out')]).toEqual([arrived, messages.length - inDevice]);
      }),
      { numRuns: 60 },
    );
  });

  it('is the same for the same data and seed, to the last byte; and is plain data, in order of time', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const [one, other] = [play(run), play(run)];
        expect(one).toEqual(other);
        expect(JSON.parse(JSON.stringify(one.trace))).toEqual(one.trace);
        const times = one.trace.events.map((event) =>
          event.kind === 'message' ? event.sentAt : event.kind === 'note' ? event.at : event.from,
        );
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
      { numRuns: 40 },
    );
  });

  it('has luck of its own on each link', () => {
    const faults = { loss: { ratio: 0.5 } };
    const { hops } = simulate(line({ near: faults, far: faults }), (network) => {
      listen(network);
      for (let nth = 0; nth < 60; nth += 1) send(network);
      for (let nth = 0; nth < 60; nth += 1)
        network.node('router').udp.send({ destination: BO, sourcePort: 1, destinationPort: 9999, data: new Uint8Array() });
    });
    const lost = (link: string): string =>
      hops
        .filter((hop) => hop.link === link)
        .slice(0, 20)
        .map(({ end }) => (end ? 'x' : '.'))
        .join('');
    expect(lost('near')).not.toBe(lost('far'));
  });

  it('has the same luck on its links when another link is added', () => {
    const extra: NetworkSpec['links'][number] = {
      ends: [
        { node: 'router', address: '203.0.113.1/24' },
        { node: 'cy', address: '203.0.113.2/24' },
      ],
      delayUs: 1,
      loss: { ratio: 0.5 },
    };
    const lossy = line({ seed: 3, near: { loss: { ratio: 0.3 } } });
    const fates = (spec: NetworkSpec) => {
      const result = simulate(spec, (network) => {
        listen(network);
        for (let nth = 0; nth < 50; nth += 1) send(network);
      });
      return story(result);
    };
    const more = { ...lossy, hosts: [...lossy.hosts, { id: 'cy' }], links: [extra, ...lossy.links] };
    expect(fates(more)).toEqual(fates(lossy));
  });
});
