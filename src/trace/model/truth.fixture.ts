/** What became of a message in the model, told by what happened to each of its packets. */
import type { Fate, LaneId } from '../trace.ts';
import type { Connection } from './connection.fixture.ts';

/** What a program says: a name, arguments, and attachments after them. */
export type Said = {
  readonly event: string;
  readonly args: readonly (string | number)[];
  readonly bytes?: readonly (readonly number[])[];
};

/** One packet, and how far it got. */
export class Part {
  readonly text: string;
  isWritten = false;
  arrivedAt: number | undefined;

  constructor(text: string) {
    this.text = text;
  }
}

/** A message on one session. `isReplay`: recovery sends it again. */
export type Copy = { readonly connection: Connection; readonly parts: readonly Part[]; readonly isReplay: boolean };

const isWhole = ({ parts }: Copy): boolean => parts.every(({ arrivedAt }) => arrivedAt !== undefined);

/** A fate without its times, in the words of `Meant.fate`. */
export function fateWords(fate: Fate): string {
  switch (fate.kind) {
    case 'delivered':
      return fate.replayed ? 'delivered replayed' : 'delivered';
    case 'lost':
      return `lost ${fate.place} ${fate.cause}`;
    case 'never-sent':
      return `never-sent ${fate.reason}`;
    default:
      return fate.kind;
  }
}

/** Something that one program said and meant for one other. */
export class Meant {
  readonly said: Said;
  readonly from: LaneId;
  readonly to: LaneId;
  readonly at: number;
  readonly copies: Copy[] = [];
  /** Why there is no packet, if there is none. */
  unmade: 'buffered' | 'away' | 'volatile' | 'expired' | undefined;

  constructor({ said, from, to, at }: Pick<Meant, 'said' | 'from' | 'to' | 'at'>) {
    this.said = said;
    this.from = from;
    this.to = to;
    this.at = at;
  }

  /** `delivered`, `delivered replayed`, `lost wire black-hole`, `never-sent away`, `buffered`, `in-flight` … */
  get fate(): string {
    const whole = this.copies.find(isWhole);
    if (whole) return whole.isReplay ? 'delivered replayed' : 'delivered';
    const replay = this.copies.findLast(({ isReplay }) => isReplay);
    const candidates = replay ? [replay] : this.copies;
    if (candidates.some(({ connection }) => !connection.isOver)) return 'in-flight';
    const [copy] = candidates;
    if (!copy) return this.unmade === 'buffered' ? 'buffered' : `never-sent ${this.unmade}`;
    const stuck = copy.parts.find(({ arrivedAt }) => arrivedAt === undefined);
    return `lost ${stuck?.isWritten ? 'wire' : 'unwritten'} ${copy.connection.broken ?? 'closed'}`;
  }
  get kind(): string {
    return this.fate.split(' ')[0] ?? '';
  }
  /** When the last of its packets arrived. */
  get arrivedAt(): number | undefined {
    return this.copies.find(isWhole)?.parts.at(-1)?.arrivedAt;
  }
  /** Whether two sessions of its recipient were each sent a copy, so that only one of them counts. */
  get isDoubled(): boolean {
    return this.copies.filter(({ isReplay }) => !isReplay).length + (this.unmade === 'volatile' ? 1 : 0) > 1;
  }
}
