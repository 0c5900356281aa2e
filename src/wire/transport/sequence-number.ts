/** Sequence numbers: 32 bits that wrap, so that "before" and "after" are a matter of the shorter way round. Source: RFC 9293 §3.4. */

/** The number `bytes` further on; `bytes` may be negative. */
export const seqAdd = (sequenceNumber: number, bytes: number): number => (sequenceNumber + bytes) >>> 0;

/** How far it is from one number to another, bytes: −2^31 to 2^31 − 1, negative if `to` lies before `from`. */
export const seqDistance = (from: number, to: number): number => (to - from) | 0;

/** Whether `a` lies before `b`. */
export const seqLess = (a: number, b: number): boolean => seqDistance(b, a) < 0;

/** Whether `a` lies before `b`, or is `b`. */
export const seqAtMost = (a: number, b: number): boolean => seqDistance(b, a) <= 0;
