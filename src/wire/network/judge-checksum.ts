/** A checksum field, held against what the bytes give. */
import type { Field } from '../field.ts';
import { withFacts } from '../header.ts';
import type { WireError } from '../wire-error.ts';

const hex16 = (value: number): string => `0x${value.toString(16).padStart(4, '0')}`;

export type Judged = { readonly fields: readonly Field[]; readonly errors: readonly WireError[] };

/** What is said of a checksum over bytes that are not all here. */
export const CUT_SHORT = 'cannot be judged: only the beginning of the packet is here';

/** The fields, of which the one called `checksum` says that nobody can judge it. */
export const notJudged = (fields: readonly Field[]): Judged => ({
  fields: withFacts(fields, 'checksum', { meaning: CUT_SHORT }),
  errors: [],
});

/**
 * The fields, of which the one called `checksum` says whether it is good; and the error, if it is not.
 * `at`: where it stands, bytes. `over`: what it covers, for a sentence: `the header`.
 */
export function judgeChecksum(
  fields: readonly Field[],
  { found, expected, at, over }: { readonly found: number; readonly expected: number; readonly at: number; readonly over: string },
): Judged {
  const isGood = found === expected;
  const judged = withFacts(fields, 'checksum', {
    check: { isGood, expected: hex16(expected) },
    meaning: isGood ? 'good' : `wrong: ${over} ${over.includes(' and ') ? 'give' : 'gives'} ${hex16(expected)}`,
    ...(!isGood && { error: 'bad-checksum' as const }),
  });
  return { fields: judged, errors: isGood ? [] : [{ code: 'bad-checksum', offset: at }] };
}
