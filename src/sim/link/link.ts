/** A cable between two interfaces: a channel each way. */
import type { Kernel } from '../kernel/kernel.ts';
import { randomOf } from '../kernel/random.ts';
import { type LinkSpec, linkIdOf } from '../topology.ts';
import { Channel, type ChannelSpec, type Luck } from './channel.ts';

export type Link = {
  readonly id: string;
  /** From the first end to the second. */
  readonly forth: Channel;
  readonly back: Channel;
  setUp(isUp: boolean): void;
};

type Deliver = (frame: Uint8Array) => void;

/** Streams of chance of one direction, each decision's own: a network with one more link, or one more fault, has the same luck elsewhere. */
const luckOf = (seed: number, link: string, way: 'forth' | 'back'): Luck => ({
  loss: randomOf(seed, `${link} ${way} loss`),
  duplication: randomOf(seed, `${link} ${way} duplication`),
  reordering: randomOf(seed, `${link} ${way} reordering`),
});

/** `deliver`: what happens to a frame at the second end, and at the first. */
export function linkOf(
  spec: LinkSpec,
  { kernel, seed }: { readonly kernel: Kernel; readonly seed: number },
  deliver: readonly [Deliver, Deliver],
): Link {
  const id = linkIdOf(spec);
  const channel = (way: 'forth' | 'back', given: Deliver): Channel => {
    const one: ChannelSpec = { ...spec, ...spec[way] };
    return new Channel(kernel, one, luckOf(seed, id, way), given);
  };
  const [forth, back] = [channel('forth', deliver[0]), channel('back', deliver[1])];
  const setUp = (isUp: boolean): void => {
    forth.setUp(isUp);
    back.setUp(isUp);
  };
  return { id, forth, back, setUp };
}
