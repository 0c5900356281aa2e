import { LIMITS } from '#lab/limits.ts';

/** Values in one payload of the control plane: a report of a full log fits several times. */
const MAX_VALUES = 20_000;

/**
 * Whether a payload is no deeper than `LIMITS.depth` and no larger than a report can be. It uses a list of its own
 * instead of the stack, since a payload that is thousands deep would end a recursive walk.
 */
export function isWithinBounds(payload: unknown): boolean {
  const waiting: { value: unknown; depth: number }[] = [{ value: payload, depth: 0 }];
  for (let seen = 0; waiting.length > 0; seen++) {
    const next = waiting.pop();
    if (!next || typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth >= LIMITS.depth || seen > MAX_VALUES) return false;
    const inside = Object.values(next.value);
    if (waiting.length + inside.length > MAX_VALUES) return false;
    for (const value of inside) waiting.push({ value, depth: next.depth + 1 });
  }
  return true;
}
