/** How names and units of Wireshark and of this program correspond, and what has no counterpart, with the reason. */
import { TCP_MARKS } from '#wire/analysis/tcp-marks.ts';
import type { ProtocolName } from '#wire/layer.ts';

/** Wireshark’s name of each protocol that is read here. It has one for both versions of the cooked Linux header. */
export const PROTOCOLS: Readonly<Record<string, ProtocolName>> = {
  eth: 'ethernet',
  vlan: 'vlan',
  ieee8021ad: 'vlan',
  sll: 'sll',
  null: 'loopback',
  arp: 'arp',
  ip: 'ipv4',
  ipv6: 'ipv6',
  'ipv6.hopopts': 'hop-by-hop',
  'ipv6.dstopts': 'destination-options',
  'ipv6.routing': 'routing',
  'ipv6.fraghdr': 'fragment',
  icmp: 'icmp',
  icmpv6: 'icmpv6',
  udp: 'udp',
  tcp: 'tcp',
  dns: 'dns',
  mdns: 'dns',
  http: 'http',
  websocket: 'websocket',
  data: 'data',
};

/** What Wireshark writes where a protocol stands, and is none. */
export const NO_PROTOCOLS: Readonly<Record<string, string>> = {
  'tcp.segments': 'the segments that a message came in',
  _ws: 'a remark',
  raw: 'a link without a header',
};

/** Fields that Wireshark tells in another unit, or in one or the other depending on its version: by our layer and id. */
export const SCALED: Readonly<Record<string, { readonly wireshark: string; readonly times: readonly number[] }>> = {
  'ipv4.ihl': { wireshark: 'ip.hdr_len', times: [4] },
  'ipv4.fragmentOffset': { wireshark: 'ip.frag_offset', times: [1, 8] },
  'fragment.fragmentOffset': { wireshark: 'ipv6.fraghdr.offset', times: [1, 8] },
  'tcp.dataOffset': { wireshark: 'tcp.hdr_len', times: [4] },
};

/** Wireshark shows these relative to the beginning of the connection; their bytes are compared. */
export const RELATIVE: readonly string[] = ['tcp.options.sack_le', 'tcp.options.sack_re'];

/** What Wireshark calls a field in a packet that ICMP quotes. */
export const QUOTED_NAMES: Readonly<Record<string, string>> = { 'tcp.seq_raw': 'tcp.seq', 'tcp.ack_raw': 'tcp.ack' };

/** What Wireshark may call a field as well: the payload of a binary message is data; zeros before a check sequence are a trailer; a body without its chunks is a field. */
export const ALIASES: Readonly<Record<string, string>> = {
  'websocket.payload': 'data.data',
  'data.data': 'http.file_data',
  'eth.padding': 'eth.trailer',
};

/** Where messages are compressed, Wireshark shows what comes out of them, and its own name for the bit that says so. */
export const DEFLATE: readonly string[] = ['websocket.pmc', 'websocket.rsv', 'websocket.payload.text'];

/** What a layer carries is a field in Wireshark. */
export const DERIVED: Readonly<Partial<Record<ProtocolName, string>>> = { data: 'data.data', udp: 'udp.payload', tcp: 'tcp.payload' };

/** Fields that Wireshark does not have: by our layer and id. A field with parts and without a name is compared by its parts. */
export const OURS_ALONE: Readonly<Record<string, string>> = {
  'engine.io.*': 'Wireshark does not read Engine.IO',
  'socket.io.*': 'Wireshark does not read Socket.IO',
  'dns.length': 'the bytes of a name one by one: Wireshark has the name as a whole',
  'dns.label': 'the bytes of a name one by one: Wireshark has the name as a whole',
  'dns.pointer': 'the bytes of a name one by one: Wireshark has the name as a whole',
  'dns.end': 'the bytes of a name one by one: Wireshark has the name as a whole',
  'dns.authoritative': 'Wireshark shows this bit of answers only',
  'dns.recursionAvailable': 'Wireshark shows this bit of answers only',
  'dns.responseCode': 'Wireshark shows these bits of answers only',
  'dns.authenticData': 'Wireshark shows this bit where it may be set',
  'websocket.rsv': 'Wireshark has one field for the three bits',
  'http.value': 'a field that Wireshark knows by its line alone',
  'http.name': 'Wireshark has a field for the whole line, or for its value',
  'http.extensions': 'Wireshark does not name the extensions of a chunk',
  'sll2.reserved': 'Wireshark passes over the reserved bytes of this header',
};

/** Wireshark works these out, and so do we. */
export const MUST_COMPARE: ReadonlySet<string> = new Set([
  'tcp.stream',
  'tcp.len',
  ...['ip', 'icmp', 'icmpv6', 'udp', 'tcp'].map((protocol) => `${protocol}.checksum.status`),
  ...Object.values(TCP_MARKS).map(({ wireshark }) => wireshark),
]);
export const RETRANSMISSION = TCP_MARKS.retransmission.wireshark;
export const SPECIAL_RETRANSMISSIONS: readonly string[] = [
  TCP_MARKS['fast-retransmission'].wireshark,
  TCP_MARKS['spurious-retransmission'].wireshark,
];

/** With these Wireshark reads no data further: a piece of a message that ends later, or bytes that came before. */
export const UNREAD_DATA: readonly string[] = [
  'tcp.segment_data',
  'tcp.analysis.retransmission',
  'tcp.analysis.out_of_order',
  'tcp.analysis.lost_segment',
];

export const NOT_READ = 'not read here';

type Reason = { readonly why: string; readonly names: readonly string[] };

/** Fields of protocols that are read here, which Wireshark has and we do not. */
export const THEIRS_ALONE: readonly Reason[] = [
  { why: 'looks up who made the network card', names: ['eth.dst.lg', 'eth.dst.ig', 'eth.src.lg', 'eth.src.ig'] },
  {
    why: 'the same bits under a second name, or in another byte order',
    names: [
      'eth.addr',
      'tcp.options.wscale.multiplier',
      'tcp.window_size_scalefactor',
      'tcp.options.sack.dsack_le',
      'tcp.options.sack.dsack_re',
      'icmp.ident_le',
      'icmp.seq_le',
      'ipv6.hopopts.len_oct',
      'ipv6.dstopts.len_oct',
    ],
  },
  { why: 'two fields in one', names: ['ip.dsfield', 'tcp.options'] },
  {
    why: 'an option as a whole: its fields are compared',
    names: [
      'tcp.options.mss',
      'tcp.options.sack_perm',
      'tcp.options.timestamp',
      'tcp.options.nop',
      'tcp.options.eol',
      'tcp.options.wscale',
      'tcp.options.sack',
      'icmpv6.opt',
      'ipv6.opt',
    ],
  },
  {
    why: 'a reading of bytes that are compared as they are',
    names: [
      'dns.opt.cookie.*',
      'http.chunk_boundary',
      'dns.opt.ext_error.*',
      'dns.opt.client.*',
      'http.request.uri.query.parameter',
      'http.content_length',
    ],
  },
  { why: 'a heading', names: ['websocket.payload', 'dns.opt'] },
  {
    why: 'worked out by Wireshark from the rest of the packet',
    names: [
      'ip.checksum_calculated',
      'tcp.checksum_calculated',
      'tcp.flags.str',
      'udp.checksum_calculated',
      'udp.checksum.status',
      'tcp.pdu.size',
      'dns.qry.name.len',
      'dns.count.labels',
      'http.response.code.desc',
    ],
  },
  {
    why: 'pieces that were put together, or the whole of them',
    names: [
      'tcp.segment_data',
      'tcp.segments',
      'tcp.segment',
      'tcp.reassembled.data',
      'ip.fragments',
      'ip.fragment',
      'ip.reassembled.data',
      'ipv6.fragments',
      'ipv6.fragment',
      'ipv6.reassembled.data',
      'websocket.fragments',
      'websocket.fragment',
    ],
  },
  {
    why: NOT_READ,
    names: ['icmpv6.mldr.*'],
  },
  { why: 'a guess: the first bytes of an echo look like a time', names: ['icmp.data_time', 'icmp.data_time_relative'] },
];
