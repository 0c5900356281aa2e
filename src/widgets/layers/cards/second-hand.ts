/** The second hand: names, errors, formats, and devices in the middle. */
import { rfc } from '../models.ts';
import type { Card, Hand } from './card.ts';

const SUITE = rfc(1122, '1.1.3');

const CARDS: readonly Card[] = [
  {
    id: 'dns',
    name: 'DNS',
    kind: 'protocol',
    does: 'finds the IP address that belongs to a name',
    isHard: true,
    reasons: [
      {
        at: ['osi-7', 'application'],
        fit: 'fits',
        why: 'UDP or TCP carries it, so it lies above. RFC 1122 names it here, among the protocols that serve other programs, not people.',
      },
      {
        at: ['osi-3', 'internet'],
        fit: 'misses',
        why: 'It speaks of IP addresses, and is asked before almost every connection. But a packet is sent by its address; names are for programs, and no router needs one.',
      },
      {
        at: ['osi-4', 'transport'],
        fit: 'misses',
        why: 'It uses a transport and is none: nothing else is carried by it.',
      },
      {
        at: ['osi-5'],
        fit: 'misses',
        why: 'A question and its answer, and that is all. There is no dialogue to keep.',
      },
      {
        at: ['osi-6'],
        fit: 'misses',
        why: 'A name becomes an address, which sounds like translation. But this layer translates how data is written, not what it is about.',
      },
      {
        at: ['osi-1', 'osi-2', 'link'],
        fit: 'misses',
        why: 'You may think of ARP, which is here: a link address for an IP address. DNS is one step further up: an IP address for a name.',
      },
    ],
    sources: [SUITE, rfc(1035, '4.2')],
  },
  {
    id: 'cable',
    name: 'Network cable',
    kind: 'device',
    does: 'carries signals from one end to the other',
    reasons: [
      {
        at: ['osi-1'],
        fit: 'fits',
        why: 'It carries a signal, and knows of no frame. That is all that this layer is about.',
      },
      {
        at: ['link'],
        fit: 'argued',
        why: 'By custom: the usual picture lets Link cover OSI 2 and 1. RFC 1812 lets it begin above the physical layer, and then the cable lies below this map.',
      },
      {
        at: ['osi-2'],
        fit: 'misses',
        why: 'A frame has a beginning, addresses and a checksum. All that is read by what stands at the ends of the cable.',
      },
      {
        at: ['osi-3', 'osi-4', 'osi-5', 'osi-6', 'osi-7', 'internet', 'transport', 'application'],
        fit: 'misses',
        why: 'All that this layer says passes through a cable sooner or later. But the cable does nothing of its work.',
      },
    ],
    sources: [rfc(1812, '2.2.1'), { label: 'ITU-T X.200', url: 'https://www.itu.int/rec/T-REC-X.200' }],
  },
  {
    id: 'icmp',
    name: 'ICMP',
    kind: 'protocol',
    does: 'reports errors of IP, and answers a ping',
    isHard: true,
    reasons: [
      {
        at: ['internet', 'osi-3'],
        fit: 'fits',
        why: 'By its work: RFC 1122 considers it an integral part of IP. Routers and hosts use it to say what became of a packet.',
      },
      {
        at: ['transport', 'osi-4'],
        fit: 'argued',
        why: 'By what carries it: IP does, just as it carries TCP and UDP, and RFC 1122 says so. But it has no ports, and serves no program: its work is IP’s own.',
      },
      {
        at: ['osi-1', 'osi-2', 'link'],
        fit: 'misses',
        why: 'A ping crosses many links, in IP packets. So it lies above all of them.',
      },
      {
        at: ['osi-5', 'osi-6', 'osi-7', 'application'],
        fit: 'misses',
        why: 'ping is a program, and you start it. The messages that it sends and gets belong to IP.',
      },
    ],
    sources: [SUITE, { label: 'RFC 792', url: 'https://www.rfc-editor.org/rfc/rfc792' }],
  },
  {
    id: 'json',
    name: 'JSON',
    kind: 'format',
    does: 'writes data as text, so that both sides read the same',
    reasons: [
      {
        at: ['osi-6'],
        fit: 'fits',
        why: 'How data is written, so that two programs read the same: this is what the presentation layer was meant for. Few cards are at home here.',
      },
      {
        at: ['application'],
        fit: 'fits',
        why: 'This map has no layer for it. How data is written is a part of what an application agrees on.',
      },
      {
        at: ['osi-7'],
        fit: 'argued',
        why: 'By what is done in practice: the program calls JSON.stringify itself, and no layer does it for it.',
      },
      {
        at: ['osi-5'],
        fit: 'misses',
        why: 'A format has no dialogue. It does not know who speaks, or when.',
      },
      {
        at: ['osi-1', 'osi-2', 'osi-3', 'osi-4', 'transport', 'internet', 'link'],
        fit: 'misses',
        why: 'Down here it is bytes. Nobody on this layer knows a bracket from a letter.',
      },
    ],
    sources: [
      { label: 'RFC 8259', url: 'https://www.rfc-editor.org/rfc/rfc8259' },
      { label: 'ITU-T X.200', url: 'https://www.itu.int/rec/T-REC-X.200' },
    ],
  },
  {
    id: 'nat',
    name: 'NAT',
    kind: 'device',
    does: 'changes the addresses, and mostly the ports, of what passes: the box at home does it',
    isHard: true,
    reasons: [
      {
        at: ['osi-3', 'internet'],
        fit: 'fits',
        why: 'It changes the address in the IP header, as it passes the packet on. That field belongs to this layer.',
      },
      {
        at: ['osi-4', 'transport'],
        fit: 'fits',
        why: 'The usual kind changes the port numbers of TCP and UDP as well, to tell many hosts apart behind one address. So it works on this layer, too, though only the ends were meant to.',
      },
      {
        at: ['osi-5', 'osi-6', 'osi-7', 'application'],
        fit: 'misses',
        why: 'It does not read what programs say. That is why a program that writes its own address into a message is in trouble behind it.',
      },
      {
        at: ['osi-1', 'osi-2', 'link'],
        fit: 'misses',
        why: 'Every router makes a new frame, with or without NAT. What NAT changes lies further in.',
      },
    ],
    sources: [rfc(3022, '2')],
  },
  {
    id: 'udp',
    name: 'UDP',
    kind: 'protocol',
    does: 'adds ports, a length and a checksum to IP',
    reasons: [
      {
        at: ['transport', 'osi-4'],
        fit: 'fits',
        why: 'IP carries it, and its ports lead from program to program. That it does little more changes nothing about its place.',
      },
      {
        at: ['osi-3', 'internet'],
        fit: 'misses',
        why: 'It does so little that it looks like IP. The little is the difference: IP ends at a host, UDP at a program.',
      },
      {
        at: ['osi-1', 'osi-2', 'link'],
        fit: 'misses',
        why: 'A frame ends at the next neighbour. A datagram of UDP goes from end to end, inside IP.',
      },
      {
        at: ['osi-5'],
        fit: 'misses',
        why: 'A session has a beginning and an end. UDP has neither: no handshake, no goodbye.',
      },
      {
        at: ['osi-6', 'osi-7', 'application'],
        fit: 'misses',
        why: 'DNS, calls and games use it. It knows none of them.',
      },
    ],
    sources: [{ label: 'RFC 768', url: 'https://www.rfc-editor.org/rfc/rfc768' }, SUITE],
  },
  {
    id: 'recovery',
    name: 'Coming back',
    kind: 'function',
    does: 'after a short loss, Socket.IO can resume the session and send what was missed',
    isHard: true,
    reasons: [
      {
        at: ['osi-5'],
        fit: 'fits',
        why: 'By its work: to resume a dialogue where it broke off is what the session layer was meant for. It is hard to find a better card for it.',
      },
      {
        at: ['application'],
        fit: 'fits',
        why: 'By what carries it: it is done by a library inside the program, over a transport that knows nothing of it.',
      },
      {
        at: ['osi-7'],
        fit: 'argued',
        why: 'By where it is done: inside the program, not by a layer below it. The work itself is on 5.',
      },
      {
        at: ['osi-6'],
        fit: 'misses',
        why: 'Nothing changes in how the data is written.',
      },
      {
        at: ['osi-4', 'transport'],
        fit: 'misses',
        why: 'TCP sends again what is lost while its connection lives. This begins where that connection has ended, and its memory with it.',
      },
      {
        at: ['osi-1', 'osi-2', 'osi-3', 'internet', 'link'],
        fit: 'misses',
        why: 'Somewhere down here the loss may have happened, and the way be found again. What was missed, nobody here has kept.',
      },
    ],
    sources: [
      { label: 'Socket.IO: connection state recovery', url: 'https://socket.io/docs/v4/connection-state-recovery' },
      { label: 'ITU-T X.215, session service', url: 'https://www.itu.int/rec/T-REC-X.215' },
    ],
  },
  {
    id: 'proxy',
    name: 'HTTP proxy',
    kind: 'device',
    does: 'takes a request, and makes one of its own to the next server',
    isHard: true,
    reasons: [
      {
        at: ['osi-7', 'application'],
        fit: 'fits',
        why: 'It reads the request and acts on it, so it has to understand HTTP. This is what people mean by a layer 7 load balancer.',
      },
      {
        at: ['osi-4', 'transport'],
        fit: 'argued',
        why: 'To its client it is the other end: the TCP connection ends here, and a second one begins. A proxy that does this and reads nothing is a layer 4 one. This one reads.',
      },
      {
        at: ['osi-5', 'osi-6'],
        fit: 'misses',
        why: 'Where it also ends TLS, it does some of this work on the side. What makes it a proxy of HTTP is that it reads requests.',
      },
      {
        at: ['osi-3', 'internet'],
        fit: 'misses',
        why: 'It stands in the middle, as a router does. But a router passes your packets on; at a proxy they end, and others leave.',
      },
      {
        at: ['osi-1', 'osi-2', 'link'],
        fit: 'misses',
        why: 'It is a program on a computer like others, and may be far away from you, many links.',
      },
    ],
    sources: [rfc(9110, '3.7')],
  },
];

export const SECOND_HAND: Hand = { id: 'second', name: 'the second hand', cards: CARDS };
