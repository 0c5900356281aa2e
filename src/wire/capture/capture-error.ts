/** What can be wrong with a capture file, and how a person is told. */
export const CAPTURE_ERRORS = {
  empty: 'The file is empty.',
  'not-a-capture': 'This is no capture: it begins neither like pcap nor like pcapng.',
  compressed: 'The file is compressed. Unpack it first (gunzip, unzstd, unzip), then open what comes out.',
  'other-format': 'This is a capture in a format that is not read here. Save it as pcap or pcapng in Wireshark, then open that.',
  'bad-version': 'The file says that it follows a version of the format which is not read here.',
  truncated: 'The file ends in the middle of a packet or block. The packets before are shown.',
  'absurd-length': 'A packet claims to be longer than any packet can be captured. The file is broken here; the packets before are shown.',
  'bad-block': 'The length of a block makes no sense. The file is broken here; the packets before are shown.',
  'unknown-interface': 'A packet names an interface that the file never described. It is left out.',
  'unknown-link-type': 'It was captured on a kind of link that is not read here. Its packets are shown as bytes.',
  'too-many-bytes': 'The file is larger than what is read here. The packets of its first part are shown.',
  'too-many-interfaces': 'The file describes more interfaces than are read here. The packets before are shown.',
  'too-many-packets': 'The file has more packets than are read here. The first of them are shown.',
} as const;

export type CaptureErrorCode = keyof typeof CAPTURE_ERRORS;

/** `offset`: bytes from the beginning of the file. Each code is told once, where it is true for the first time. */
export type CaptureError = { readonly code: CaptureErrorCode; readonly offset: number };
