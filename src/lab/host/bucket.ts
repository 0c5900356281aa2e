/** How much may be taken: `burst` at once, `perSecond` for long. */
export type Rate = { readonly burst: number; readonly perSecond: number };

/** A token bucket. It is one small object, since each connection has some; rate and clock (milliseconds) are its owner's. */
export class TokenBucket {
  #tokens: number;
  #filledAt: number;

  constructor({ burst }: Rate, at: number) {
    this.#tokens = burst;
    this.#filledAt = at;
  }

  /** Takes `amount`, or says false when there is not so much. */
  take(amount: number, { burst, perSecond }: Rate, at: number): boolean {
    this.#tokens = Math.min(burst, this.#tokens + ((at - this.#filledAt) * perSecond) / 1000) - amount;
    this.#filledAt = at;
    return this.#tokens >= 0;
  }
}
