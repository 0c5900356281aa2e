/** What can be wrong with a packet, and how a person is told. */
import { APPLICATION_ERRORS } from './application/application-error.ts';

export const WIRE_ERRORS = {
  truncated: 'The bytes end before this header or message does.',
  'bad-version': 'The version is not the one that this header needs.',
  'bad-header-length': 'The header says that it is shorter than a header can be, or longer than the packet.',
  'bad-length': 'The length does not agree with the bytes that are there.',
  'bad-checksum': 'The checksum does not agree with the bytes.',
  'bad-option': 'An option is malformed: its length runs past the end, or is too short to be one.',
  'bad-route': 'The routing header says that more stops are left than it lists.',
  misplaced: 'A header stands where it must not: options for every hop come right behind the IPv6 header.',
  jumbo: 'A jumbogram: its length stands in an option, and reading stops here.',
  'too-deep': 'Too many headers, one inside the other: reading stops here.',
  ...APPLICATION_ERRORS,
} as const;

export type WireErrorCode = keyof typeof WIRE_ERRORS;

/** `offset`: bytes from the beginning of the input. */
export type WireError = { readonly code: WireErrorCode; readonly offset: number };
