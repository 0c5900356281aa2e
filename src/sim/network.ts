/**
 * A simulated network: hosts, routers and the links between them, from plain data. It sends real frames, and all that
 * happens ends as a trace and as captures. The same data and the same program give the same bytes.
 */

import type { Trace } from '#trace/trace.ts';
import { build, type Parts } from './build.ts';
import { type Captured, capturesOf } from './captures.ts';
import { Kernel, type RunEnd, type RunLimits } from './kernel/kernel.ts';
import type { Hop } from './link/hop.ts';
import type { Link } from './link/link.ts';
import { SimLog } from './log.ts';
import type { Node } from './node/node.ts';
import { type Labeller, toTrace } from './to-trace.ts';
import type { NetworkSpec } from './topology.ts';

export type Show = {
  /** How many times slower it is shown than it happened; worked out from the run, if left out. */
  readonly slowed?: number;
  readonly label?: Labeller;
  /** Until when the trace goes, unless something arrives after that: until now, if left out. */
  readonly endsAtUs?: number;
};

export type Result = {
  readonly trace: Trace;
  /** Frames by place: `ada/ada-router`, the node and the link. */
  readonly captures: Readonly<Record<string, readonly Captured[]>>;
  /** How many events the simulator played. */
  readonly events: number;
  /** Each frame on each link, as the trace has it, in µs. */
  readonly hops: readonly Hop[];
};

export class Network {
  readonly kernel = new Kernel();
  readonly #spec: NetworkSpec;
  readonly #log = new SimLog();
  readonly #parts: Parts;

  /** Throws if the data describes no network: that is a mistake of the program. */
  constructor(spec: NetworkSpec) {
    this.#spec = spec;
    this.#parts = build(spec, this.kernel, this.#log);
  }

  /** A host or a router. Throws if there is none of that name. */
  node(id: string): Node {
    const node = this.#parts.nodes.get(id);
    if (!node) throw new TypeError(`There is no host or router ${id}`);
    return node;
  }

  /** A link by its id. Throws if there is none. */
  link(id: string): Link {
    const link = this.#parts.links.get(id);
    if (!link) throw new TypeError(`There is no link ${id}`);
    return link;
  }

  /** Lets time pass. May be called again, and goes on from where it was. */
  run(limits?: RunLimits): RunEnd {
    return this.kernel.run(limits);
  }

  /** Each frame that a link was asked to carry, in the order in which it was asked. */
  get hops(): readonly Hop[] {
    return this.#log.hops;
  }

  /** What has happened until now. */
  result({ slowed, label, endsAtUs = this.kernel.nowUs }: Show = {}): Result {
    const { kernel, hops } = this;
    return {
      trace: toTrace(this.#spec, this.#log, { endsAtUs, slowed, labeller: label }),
      // Worked out for those who ask: most want the trace alone.
      get captures() {
        return capturesOf(hops);
      },
      events: kernel.events,
      hops,
    };
  }
}

/** Builds a network, lets a program begin things in it, and runs it to its end. */
export function simulate(
  spec: NetworkSpec,
  program: (network: Network) => void,
  show: Show & RunLimits = {},
): Result & { readonly ended: RunEnd } {
  const network = new Network(spec);
  program(network);
  const ended = network.run(show);
  return { ...network.result(show), ended };
}
