/** What the analysis of a capture can say of a TCP segment, under the names that Wireshark uses. */

type MarkFacts = {
  /** As Wireshark puts it before a packet's summary: `TCP Retransmission`. */
  readonly title: string;
  readonly wireshark: string;
  /** What it says of the segment. */
  readonly meaning: string;
};

/** Source: Wireshark User’s Guide §7.5, https://www.wireshark.org/docs/wsug_html_chunked/ChAdvTCPAnalysis.html */
export const TCP_MARKS = {
  retransmission: {
    title: 'TCP Retransmission',
    wireshark: 'tcp.analysis.retransmission',
    meaning: 'These bytes were sent before, and no acknowledgment of them has been seen.',
  },
  'fast-retransmission': {
    title: 'TCP Fast Retransmission',
    wireshark: 'tcp.analysis.fast_retransmission',
    meaning: 'These bytes are sent again because duplicate acknowledgments asked for them, before the timer ran out.',
  },
  'spurious-retransmission': {
    title: 'TCP Spurious Retransmission',
    wireshark: 'tcp.analysis.spurious_retransmission',
    meaning: 'These bytes are sent again although they were already acknowledged.',
  },
  'out-of-order': {
    title: 'TCP Out-Of-Order',
    wireshark: 'tcp.analysis.out_of_order',
    meaning: 'These bytes come after later ones, so soon that they were probably overtaken on the way and not sent again.',
  },
  'lost-segment': {
    title: 'TCP Previous segment not captured',
    wireshark: 'tcp.analysis.lost_segment',
    meaning: 'Bytes before these are missing: lost on the way, still on their way, or never captured.',
  },
  'ack-lost-segment': {
    title: 'TCP ACKed unseen segment',
    wireshark: 'tcp.analysis.ack_lost_segment',
    meaning: 'It acknowledges bytes that the capture does not hold: they arrived, but were not captured.',
  },
  'duplicate-ack': {
    title: 'TCP Dup ACK',
    wireshark: 'tcp.analysis.duplicate_ack',
    meaning: 'It repeats the acknowledgment before it: something arrived, but not the bytes that come next.',
  },
  'window-update': {
    title: 'TCP Window Update',
    wireshark: 'tcp.analysis.window_update',
    meaning: 'It acknowledges nothing new; it says how much room the receiver has now.',
  },
  'window-full': {
    title: 'TCP Window Full',
    wireshark: 'tcp.analysis.window_full',
    meaning: 'It fills the last of the room that the receiver has offered: the sender now has to wait.',
  },
  'zero-window': {
    title: 'TCP ZeroWindow',
    wireshark: 'tcp.analysis.zero_window',
    meaning: 'Its sender has no room for more data.',
  },
  'zero-window-probe': {
    title: 'TCP ZeroWindowProbe',
    wireshark: 'tcp.analysis.zero_window_probe',
    meaning: 'One byte, sent to ask whether a receiver without room has some now.',
  },
  'zero-window-probe-ack': {
    title: 'TCP ZeroWindowProbeAck',
    wireshark: 'tcp.analysis.zero_window_probe_ack',
    meaning: 'The answer to a probe: still no room.',
  },
  'keep-alive': {
    title: 'TCP Keep-Alive',
    wireshark: 'tcp.analysis.keep_alive',
    meaning: 'An old sequence number, sent to make the other side answer: is it still there?',
  },
  'keep-alive-ack': {
    title: 'TCP Keep-Alive ACK',
    wireshark: 'tcp.analysis.keep_alive_ack',
    meaning: 'The answer to a keep-alive: still there.',
  },
  'reused-ports': {
    title: 'TCP Port numbers reused',
    wireshark: 'tcp.analysis.reused_ports',
    meaning: 'A connection begins on addresses and ports that the capture has seen before.',
  },
} as const satisfies Readonly<Record<string, MarkFacts>>;

export type TcpMark = keyof typeof TCP_MARKS;
