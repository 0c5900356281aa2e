/**
 * Chance that can be repeated. Each use has a stream of its own, named by what it decides, so that one more
 * link, or one more question asked of it, changes nothing for the others.
 */

type State = readonly [number, number, number, number];

const rotateLeft = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** Source: xoshiro128** 1.1, D. Blackman and S. Vigna, https://prng.di.unimi.it/xoshiro128starstar.c */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** `state`: four words, not all of them zero. */
  constructor([a, b, c, d]: State) {
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#d = d;
  }

  /** The next 32 bits, as a number from 0 to 2^32 - 1. */
  next(): number {
    const result = Math.imul(rotateLeft(Math.imul(this.#b, 5), 7), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotateLeft(this.#d, 11);
    return result;
  }

  /** A number from 0 up to, but not including, 1. */
  ratio(): number {
    return this.next() / 2 ** 32;
  }
}

/** Spreads every bit of a word over all of it. Source: the 32-bit finalizer of MurmurHash3, A. Appleby. */
function mixed(word: number): number {
  let mix = word;
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}

/** Source: FNV-1a, draft-eastlake-fnv; over the UTF-16 units of the name. */
function hashOf(name: string, seed: number): number {
  let hash = mixed(seed) ^ 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return hash;
}

/** Steps of Weyl's sequence: 2^32 divided by the golden ratio. */
const STEP = 0x9e3779b9;

/** The stream of chance with this name. `seed`: a whole number from 0 to 2^32 - 1. */
export function randomOf(seed: number, name: string): Random {
  const hash = hashOf(name, seed);
  const word = (nth: number): number => mixed(hash + Math.imul(STEP, nth));
  // Four different inputs of a one-to-one function: at most one of them becomes zero.
  return new Random([word(1), word(2), word(3), word(4)]);
}
