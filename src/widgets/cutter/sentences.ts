/** What happened, and why, in words. Pure. */
import { LONGEST_TEXT, MOST_PIECES, MTUS, type PlannedPiece, type PlanResult } from './plan.ts';
import { lastRows, missingIn, neededBy, type Row, type Run, timesRead } from './run.ts';

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const inWords = (count: number): string => WORDS[count] ?? grouped(count);

/** `65,507`. */
export const grouped = (count: number): string => count.toLocaleString('en-US');

export const counted = (count: number, one: string, more = `${one}s`): string => `${grouped(count)} ${count === 1 ? one : more}`;

/** `1, 2 and 5`. */
const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** `2.41 ms`. */
export const msText = (us: number): string => `${(us / 1000).toFixed(2)} ms`;
/** `30 s`, to the second. */
const secondsText = (us: number): string => `${Math.round(us / 1_000_000)} s`;

/** `offset 6 (byte 48)`, `more follow`. */
export const offsetText = ({ data: [from] }: PlannedPiece): string => `offset ${grouped(from / 8)} (byte ${grouped(from)})`;
export const moreText = ({ moreFollow }: PlannedPiece): string => (moreFollow ? 'MF 1, more follow' : 'MF 0, the last');

/** Why nothing can be cut, and what to do. */
export function refusalText(result: PlanResult & { readonly ok: false }): string {
  switch (result.code) {
    case 'text-too-long':
      return `Your text has ${grouped(result.textBytes)} bytes, and one UDP datagram carries at most ${grouped(LONGEST_TEXT)}. Shorten it: what you wrote stays there.`;
    case 'bad-mtu':
      return `Every link that carries IPv4 takes packets of ${MTUS.least} bytes (RFC 791), and no packet is longer than ${grouped(MTUS.most)}. Write a whole number between the two.`;
    case 'too-many-pieces':
      return `That makes ${grouped(result.pieces ?? 0)} pieces, and this page follows at most ${MOST_PIECES}. Choose a larger MTU or a shorter text.`;
  }
}

/** So many are named one by one. */
const MOST_NAMED = 6;

const lostRows = ({ hops }: Run): readonly Row[] =>
  hops.flat().filter(({ sent, arrivalsUs }) => sent.length > 0 && arrivalsUs.length === 0);

/** `Piece 2 of 3 was lost`. */
function lossText(run: Run): string {
  const lost = lostRows(run);
  const all = neededBy(run);
  const isOne = run.hops.length === 1;
  const where = isOne ? '' : ` ${placeOf(lost)}`;
  if (lost.length > MOST_NAMED) return `${grouped(lost.length)} pieces were lost${where}`;
  const names = listed(lost.map(({ name }) => name)) + (isOne ? ` of ${grouped(all)}` : '');
  return lost.length === 1 ? `Piece ${names} was lost${where}` : `Pieces ${names} were lost${where}`;
}

function placeOf(lost: readonly Row[]): string {
  const hops = new Set(lost.map(({ hop }) => hop));
  if (hops.size > 1) return 'on the way';
  return hops.has(1) ? 'before the router' : 'behind the router';
}

const theOther = (count: number): string => (count === 1 ? 'the other one is' : `the other ${inWords(count)} are`);

function missingText(run: Run): string {
  const here = neededBy(run) - missingIn(run).length;
  const { dropsAtUs = 0 } = run.shelves;
  const firstUs = lastRows(run).reduce((first, { arrivalsUs: [us = first] }) => Math.min(first, us), Number.POSITIVE_INFINITY);
  return `${lossText(run)}: ${theOther(here)} thrown away after ${secondsText(dropsAtUs - firstUs)}, and none of the text arrives. IP does not send again.`;
}

/** In which order they came, if not in that of their bytes. */
function orderText(run: Run): string {
  const rows = lastRows(run);
  const came = rows.toSorted((a, b) => (a.arrivalsUs[0] ?? 0) - (b.arrivalsUs[0] ?? 0)).map(({ name }) => name);
  if (came.every((name, index) => name === rows[index]?.name)) return '';
  const order = came.length > 2 * MOST_NAMED ? 'They overtook each other' : `They came in the order ${came.join(', ')}`;
  return ` ${order}: the offsets say where each belongs.`;
}

/** What the copies did: a second whole, or nothing. */
function copiesText(run: Run): string {
  const read = timesRead(run);
  const { held = [], ignored = 0 } = run.shelves.moments.at(-1) ?? {};
  const again =
    read > 1
      ? ` The copies made a second whole, and IP does not remember: the program reads the text ${read === 2 ? 'twice' : `${read} times`}.`
      : '';
  const twice = ignored > 0 ? ` ${counted(ignored, 'copy was', 'copies were')} thrown away: those bytes were there already.` : '';
  const late =
    held.length > 0
      ? ` ${counted(held.length, 'copy', 'copies')} came after the text was whole. Bo’s computer cannot know that, keeps ${held.length === 1 ? 'it' : 'them'} for 30 s and throws ${held.length === 1 ? 'it' : 'them'} away.`
      : '';
  return `${again}${twice}${late}`;
}

function routerText({ plan }: Run): string {
  const [first = [], second] = plan.hops;
  const secondMtu = plan.mtus[1];
  if (!second || secondMtu === undefined) return '';
  if (second.length > first.length) return ' The router cut what did not fit, and put nothing together: only the receiver does.';
  const wouldFit = first.length > 1 && plan.datagramBytes <= secondMtu;
  return wouldFit
    ? ' The second link could have carried all of it in one packet. But a router puts nothing together: only the receiver does.'
    : '';
}

function wholeText(run: Run): string {
  const needed = neededBy(run);
  const atUs = run.shelves.moments.find(({ handed }) => handed > 0)?.atUs ?? 0;
  if (needed === 1) {
    return `It fits, so nothing was cut: one packet carries it, and Bo’s program reads the text at ${msText(atUs)}.${copiesText(run)}`;
  }
  const all = needed === 2 ? 'Both pieces' : `All ${grouped(needed)} pieces`;
  const whole = `${all} came. Bo’s computer put them together, and his program reads the whole text at ${msText(atUs)}.`;
  return `${whole}${orderText(run)}${copiesText(run)}${routerText(run)}`;
}

function nothingText(run: Run): string {
  const what = neededBy(run) === 1 ? 'The one packet was lost.' : 'Not one piece came.';
  return `${what} Bo’s computer knows of nothing, so it waits for nothing. IP does not send again.`;
}

/** What happened and why, in a sentence or a few. */
export function resultText(run: Run): string {
  if (timesRead(run) > 0) return wholeText(run);
  return missingIn(run).length === neededBy(run) ? nothingText(run) : missingText(run);
}

type Happening = { readonly atUs: number; readonly text: string };

const STATIONS = { 1: { from: 'Ada’s computer', to: 'Bo’s computer' }, 2: { from: 'the router', to: 'Bo’s computer' } } as const;

function happeningsOf(row: Row, { hops }: Run): readonly Happening[] {
  const { from } = STATIONS[row.hop];
  const to = row.hop < hops.length ? 'the router' : STATIONS[row.hop].to;
  const what = hops.every((rows) => rows.length === 1) ? 'The packet' : `Piece ${row.name}`;
  return row.sent.flatMap(({ sentUs, fate, copiesUs }) => [
    { atUs: sentUs, text: `${what} leaves ${from}.` },
    { atUs: fate.atUs, text: fate.kind === 'lost' ? `${what} is lost on the way.` : `${what} has come to ${to}.` },
    ...copiesUs.map((atUs) => ({ atUs, text: `A copy of it comes to ${to}: ${what.toLowerCase()}, again.` })),
  ]);
}

/** What happened last, until a moment. */
export function newsAt(run: Run, us: number): string {
  const all = run.hops.flat().flatMap((row) => happeningsOf(row, run));
  const last = all.toSorted((a, b) => a.atUs - b.atUs).findLast(({ atUs }) => atUs <= us);
  return last ? `${msText(last.atUs)}: ${last.text}` : '';
}
