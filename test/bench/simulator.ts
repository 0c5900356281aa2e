/** What an event of the simulated network costs, frames and trace included, against an event of a bare binary heap. */
import { Network } from '#sim/network.ts';
import { compare, interleave, type Row } from './measure.ts';

const ROUNDS = 7;
/** Datagrams of one sample; each crosses three links, two events a link. Every other one is as small as an acknowledgement. */
const DATAGRAMS = 8_000;
const GAP_US = 130;
const DATA_BYTES = [1000, 12];
/** So many times more events of the heap, or a sample of it would be too short to time. */
const HEAP_TIMES = 20;
const GOAL = 20;

/** Two hosts with two routers between them, and a load that keeps every link busy. */
function playNetwork(): number {
  const rateBitsPerSecond = 100_000_000;
  const network = new Network({
    hosts: [{ id: 'ada' }, { id: 'bo' }],
    routers: [{ id: 'one' }, { id: 'two' }],
    links: [
      {
        ends: [
          { node: 'ada', address: '192.0.2.10/24' },
          { node: 'one', address: '192.0.2.1/24' },
        ],
        rateBitsPerSecond,
        delayUs: 500,
      },
      {
        ends: [
          { node: 'one', address: '203.0.113.1/24' },
          { node: 'two', address: '203.0.113.2/24' },
        ],
        rateBitsPerSecond,
        delayUs: 5_000,
      },
      {
        ends: [
          { node: 'two', address: '198.51.100.1/24' },
          { node: 'bo', address: '198.51.100.20/24' },
        ],
        rateBitsPerSecond,
        delayUs: 500,
      },
    ],
  });
  const { udp } = network.node('ada');
  network.node('bo').udp.listen(9999, () => undefined);
  const datas = DATA_BYTES.map((bytes) => new Uint8Array(bytes));
  for (let nth = 0; nth < DATAGRAMS; nth += 1) {
    const data = datas[nth % datas.length] ?? new Uint8Array();
    network.kernel.at(nth * GAP_US, () => udp.send({ destination: '198.51.100.20', sourcePort: 50_000, destinationPort: 9999, data }));
  }
  network.run();
  const { events, trace } = network.result();
  if (trace.events.length !== 3 * DATAGRAMS) throw new Error('The simulated network lost something');
  return events;
}

type Entry = { time: number; run: () => void };

function push(heap: Entry[], entry: Entry): void {
  let index = heap.push(entry) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent];
    if (!above || above.time <= entry.time) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = entry;
}

function pop(heap: Entry[]): Entry | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (!last || heap.length === 0) return first;
  let index = 0;
  for (;;) {
    const left = heap[2 * index + 1];
    const right = heap[2 * index + 2];
    const isRight = left !== undefined && right !== undefined && right.time < left.time;
    const least = isRight ? right : left;
    if (!least || least.time >= last.time) break;
    heap[index] = least;
    index = 2 * index + (isRight ? 2 : 1);
  }
  heap[index] = last;
  return first;
}

/** As many events, in a heap that begins as full as the network's: each causes another until there were enough. */
function playHeap(events: number): number {
  const heap: Entry[] = [];
  let left = events - DATAGRAMS;
  const cause = (time: number): Entry => ({
    time,
    run: () => {
      if (left > 0) push(heap, cause(time + 500));
      left -= 1;
    },
  });
  for (let nth = 0; nth < DATAGRAMS; nth += 1) push(heap, cause(nth * GAP_US));
  let count = 0;
  for (let next = pop(heap); next; next = pop(heap)) {
    next.run();
    count += 1;
  }
  return count;
}

/** Nanoseconds of processor time an event, the collection of garbage included. */
function timed(play: () => number): number {
  const before = process.cpuUsage();
  const events = play();
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1000) / events;
}

/** `simulator`: the cost of an event. */
export async function measureSimulator(): Promise<readonly Row[]> {
  const events = playNetwork();
  const samples = await interleave('simulator', ROUNDS, {
    ours: async () => timed(playNetwork),
    bare: async () => timed(() => playHeap(HEAP_TIMES * events)),
  });
  const show = (ns: number): string => `${Math.round(ns)} ns (${(1000 / ns).toFixed(2)} M/s)`;
  return [compare({ what: 'simulator: one event, frames and trace included, against a bare heap', ...samples, goal: GOAL, show })];
}
