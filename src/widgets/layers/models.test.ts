import { describe, expect, it } from 'vitest';
import { BANDS, BOX } from './bands.ts';
import { COVERS, coveredBy, OSI, TCP_IP } from './models.ts';

/** What the documents say, copied from them by hand. */
const RFC_1122 = {
  /** §1.1.3: the layers of the suite, in the order in which they are described. */
  layers: ['Application', 'Transport', 'Internet', 'Link'],
  /** §1.1.3: "… essentially combines the functions of the top two layers -- Presentation and Application". */
  application: ['Application', 'Presentation'],
  /** §1.1.3: protocols named in the layers' descriptions. */
  transports: ['TCP', 'UDP'],
  internet: ['IP', 'ICMP'],
  /** §1.3.3. */
  units: { Transport: 'segment', Internet: 'datagram', Link: 'frame' },
} as const;
/** RFC 1812 §2.2.1: which layers of the suite have some of the session's functions. */
const RFC_1812_SESSION = ['application', 'transport'];
/** ITU-T X.200 §7, from 1 to 7. */
const X_200 = ['Physical', 'Data link', 'Network', 'Transport', 'Session', 'Presentation', 'Application'];

describe('the two maps', () => {
  it('have the layers that their documents name, from the top down', () => {
    expect(TCP_IP.map(({ name }) => name)).toEqual(RFC_1122.layers);
    expect(OSI.map(({ name }) => name)).toEqual(X_200.toReversed());
    expect(OSI.map(({ number }) => number)).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  it('say of RFC 1122 no more than it says: Application has the top two layers', () => {
    const whole = COVERS.filter(({ by, tie }) => by === 'application' && tie === 'whole');
    expect(whole.map(({ osi }) => OSI.find(({ id }) => id === osi)?.name)).toEqual(RFC_1122.application);
    expect(whole.every(({ source }) => source.label === 'RFC 1122 §1.1.3')).toBe(true);
  });

  it('divide the session as RFC 1812 §2.2.1 does, and give it to nobody whole', () => {
    const session = COVERS.filter(({ osi }) => osi === 'osi-5');
    expect(session.map(({ by, tie }) => [by, tie])).toEqual(RFC_1812_SESSION.map((by) => [by, 'part']));
    expect(new Set(session.map(({ source }) => source.label))).toEqual(new Set(['RFC 1812 §2.2.1']));
  });

  it('call it custom that Link covers the physical layer', () => {
    expect(COVERS.filter(({ tie }) => tie === 'custom').map(({ osi, by }) => `${by} ${osi}`)).toEqual(['link osi-1']);
  });

  it('leave no layer of either map without a partner', () => {
    expect(new Set(COVERS.map(({ osi }) => osi))).toEqual(new Set(OSI.map(({ id }) => id)));
    expect(new Set(COVERS.map(({ by }) => by))).toEqual(new Set(TCP_IP.map(({ id }) => id)));
  });

  it('use the units and examples of RFC 1122', () => {
    for (const [name, unit] of Object.entries(RFC_1122.units))
      expect(TCP_IP.find((layer) => layer.name === name)?.units.map((one) => one.name)).toContain(unit);
    expect(TCP_IP.find(({ id }) => id === 'transport')?.examples).toEqual(expect.arrayContaining([...RFC_1122.transports]));
    expect(TCP_IP.find(({ id }) => id === 'internet')?.examples).toEqual(expect.arrayContaining([...RFC_1122.internet]));
  });

  it('are told in words, parts and custom among them', () => {
    expect(TCP_IP.map(({ id }) => coveredBy(id))).toEqual(['7, 6, some of 5', 'some of 5, 4', '3', '2, 1 by custom']);
  });
});

describe('the bands between them', () => {
  const edge = (side: 'left' | 'right') => BANDS.map((band) => band[side]);

  it.each(['left', 'right'] as const)('fill the %s edge from top to bottom, without a gap and without crossing', (side) => {
    const spans = edge(side);
    expect(spans[0]?.from).toBe(0);
    expect(spans.at(-1)?.to).toBeCloseTo(BOX.height);
    for (const [index, { from, to }] of spans.entries()) {
      expect(to).toBeGreaterThan(from);
      if (index > 0) expect(from).toBeCloseTo(spans[index - 1]?.to ?? Number.NaN);
    }
  });

  it('end on the layers that they tie', () => {
    const rowOf = (at: number, rows: number) => Math.floor((at / BOX.height) * rows);
    for (const [index, { left, right }] of BANDS.entries()) {
      const middle = (span: typeof left) => (span.from + span.to) / 2;
      expect(OSI[rowOf(middle(left), OSI.length)]?.id).toBe(COVERS[index]?.osi);
      expect(TCP_IP[rowOf(middle(right), TCP_IP.length)]?.id).toBe(COVERS[index]?.by);
    }
  });

  it('are drawn as closed shapes from edge to edge', () => {
    expect(BANDS[0]?.path).toBe('M0 0C50 0 50 0 100 0V2.8C50 2.8 50 4 0 4Z');
    expect(BANDS[0]?.edges).toBe('M0 0C50 0 50 0 100 0M0 4C50 4 50 2.8 100 2.8');
  });
});
