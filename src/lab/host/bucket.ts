/** How much may be taken: `burst` at once, `perSecond` for long. */
export type Rate = { readonly burst: number; readonly perSecond: number };

/** A token bucket. Takes `amount`, or says false when there is not so much. `now` is a clock in milliseconds. */
export function tokenBucket({ burst, perSecond }: Rate, now: () => number): (amount: number) => boolean {
  let tokens = burst;
  let filledAt = now();
  return (amount) => {
    const at = now();
    tokens = Math.min(burst, tokens + ((at - filledAt) * perSecond) / 1000) - amount;
    filledAt = at;
    return tokens >= 0;
  };
}
