/** The first hand: what everybody meets, and the four that people argue about. */
import { rfc } from '../models.ts';
import type { Card, Hand } from './card.ts';

const SUITE = rfc(1122, '1.1.3');

const CARDS: readonly Card[] = [
  {
    id: 'tcp',
    name: 'TCP',
    kind: 'protocol',
    does: 'gives two programs a stream of bytes, in order',
    reasons: [
      {
        at: ['transport', 'osi-4'],
        fit: 'fits',
        why: 'IP carries it, and its work is between the two ends: a stream in order, from program to program. Both questions lead here.',
      },
      {
        at: ['osi-5'],
        fit: 'argued',
        why: 'TCP opens and closes connections, and RFC 1812 counts just this among the session’s functions that the Internet’s transport took over. All the rest of TCP is on 4.',
      },
      {
        at: ['osi-6', 'osi-7', 'application'],
        fit: 'misses',
        why: 'TCP does not know what its bytes mean. HTTP does, and is carried by it: so HTTP lies above.',
      },
      {
        at: ['osi-3', 'internet'],
        fit: 'misses',
        why: 'TCP travels inside IP packets. The routers on the way do not need to know that it is there; only the two ends do.',
      },
      {
        at: ['osi-1', 'osi-2', 'link'],
        fit: 'misses',
        why: 'A link ends at the next neighbour. TCP’s acknowledgements come from the far end, across every link between.',
      },
    ],
    sources: [rfc(9293, '2.2'), SUITE],
  },
  {
    id: 'switch',
    name: 'Switch',
    kind: 'device',
    does: 'passes each frame on to the port behind which its addressee is',
    reasons: [
      {
        at: ['osi-2', 'link'],
        fit: 'fits',
        why: 'It decides by the addresses of the frame, and passes it on within one network. Frames are this layer’s unit.',
      },
      {
        at: ['osi-1'],
        fit: 'misses',
        why: 'A device of layer 1 repeats the signal to all sides: that is a hub. A switch reads the frame, and chooses.',
      },
      {
        at: ['osi-3', 'internet'],
        fit: 'misses',
        why: 'A plain switch reads no IP address. What shops sell as a layer 3 switch has a router built in.',
      },
      {
        at: ['osi-4', 'transport'],
        fit: 'misses',
        why: '“Port” means two things. The ports of a switch are sockets for cables; the port numbers of TCP and UDP lie deeper in, and it does not read them.',
      },
      {
        at: ['osi-5', 'osi-6', 'osi-7', 'application'],
        fit: 'misses',
        why: 'What programs say passes through it as the inside of a frame. It opens none.',
      },
    ],
    sources: [{ label: 'IEEE 802.1, bridging', url: 'https://www.ieee802.org/1/' }],
  },
  {
    id: 'http',
    name: 'HTTP',
    kind: 'protocol',
    does: 'says what a request and its answer mean',
    reasons: [
      {
        at: ['osi-7', 'application'],
        fit: 'fits',
        why: 'It says what two programs want of each other. TCP or QUIC carries it, and does not read it.',
      },
      {
        at: ['osi-6'],
        fit: 'misses',
        why: 'A part of its work is here: it names the type of the data, and can compress it. But as a whole it is a protocol of applications, and does this part itself.',
      },
      {
        at: ['osi-5'],
        fit: 'misses',
        why: 'HTTP is stateless: each request stands for itself. Cookies can make a session of many, and they are header fields of HTTP.',
      },
      {
        at: ['osi-4', 'transport'],
        fit: 'misses',
        why: 'Much is carried by HTTP today, so it looks like a transport. But it hands its bytes to TCP or QUIC, and gets none across a network by itself.',
      },
      {
        at: ['osi-1', 'osi-2', 'osi-3', 'internet', 'link'],
        fit: 'misses',
        why: 'Down here a request is the inside of a packet, of a frame, of a signal. Nobody on this layer reads it.',
      },
    ],
    sources: [rfc(9110, '1.1'), rfc(9110, '3.3')],
  },
  {
    id: 'arp',
    name: 'ARP',
    kind: 'protocol',
    does: 'asks the neighbours who has an IP address, to learn their link address',
    isHard: true,
    reasons: [
      {
        at: ['osi-2', 'link'],
        fit: 'fits',
        why: 'It travels in a frame, without IP, and never leaves its link. RFC 1122 treats it in the chapter on the link layer.',
      },
      {
        at: ['osi-3', 'internet'],
        fit: 'argued',
        why: 'By its work: it serves IP, and speaks of IP addresses. But no IP packet carries it, and no router passes it on. IPv6 asks the same by ICMPv6, and that does travel in IP.',
      },
      {
        at: ['osi-1'],
        fit: 'misses',
        why: 'It is data inside a frame. How the bits become a signal is not its business.',
      },
      {
        at: ['osi-4', 'transport'],
        fit: 'misses',
        why: 'It knows no program and no port. A host asks it before the first packet to a neighbour can leave.',
      },
      {
        at: ['osi-5', 'osi-6', 'osi-7', 'application'],
        fit: 'misses',
        why: 'You may think of DNS, which programs ask: an IP address for a name. ARP works further down: a link address for an IP address.',
      },
    ],
    sources: [rfc(1122, '2.3.2'), { label: 'RFC 826', url: 'https://www.rfc-editor.org/rfc/rfc826' }, rfc(4861, '3')],
  },
  {
    id: 'ip',
    name: 'IP',
    kind: 'protocol',
    does: 'carries packets from host to host, over any number of networks',
    reasons: [
      {
        at: ['osi-3', 'internet'],
        fit: 'fits',
        why: 'It makes one network of many: from the first host to the last, whatever links lie between. The layer has its name from it.',
      },
      {
        at: ['osi-1', 'osi-2', 'link'],
        fit: 'misses',
        why: 'A link reaches the next neighbour. IP lies above, so that a packet can go on over the next link, and the next.',
      },
      {
        at: ['osi-4', 'transport'],
        fit: 'misses',
        why: 'IP brings a packet to a host. To which program there, in which order, and whether at all: those are questions for the transport.',
      },
      {
        at: ['osi-5', 'osi-6', 'osi-7', 'application'],
        fit: 'misses',
        why: 'Programs speak to a transport, and the transport speaks to IP. IP reads neither of them.',
      },
    ],
    sources: [SUITE, rfc(791, '1.1')],
  },
  {
    id: 'websocket',
    name: 'WebSocket',
    kind: 'protocol',
    does: 'turns a TCP stream into messages both ways, after a request of HTTP',
    isHard: true,
    reasons: [
      {
        at: ['osi-7', 'application'],
        fit: 'fits',
        why: 'TCP carries it, so it lies above the transport. It is a protocol of its own, and HTTP only opens the door: the same height is the usual answer for both.',
      },
      {
        at: ['osi-5'],
        fit: 'argued',
        why: 'By its work: an opening, a dialogue both ways, a goodbye. OSI’s session layer was to offer such things. Nobody calls it so today, but the argument is good.',
      },
      {
        at: ['osi-6'],
        fit: 'misses',
        why: 'It tells text from bytes, and that is all. How the text is to be read, as JSON for example, is left to the program.',
      },
      {
        at: ['osi-4', 'transport'],
        fit: 'misses',
        why: 'Programs use it as their means of transport, and Socket.IO even calls it one. But it gets nothing across a network by itself: it is “a layer on top of TCP”.',
      },
      {
        at: ['osi-1', 'osi-2', 'osi-3', 'internet', 'link'],
        fit: 'misses',
        why: 'It has frames, but they are other frames: pieces of a TCP stream. Down here it is the inside of a packet, as anything else.',
      },
    ],
    sources: [rfc(6455, '1.5'), rfc(6455, '1.7')],
  },
  {
    id: 'router',
    name: 'Router',
    kind: 'device',
    does: 'passes packets on from one network to another',
    reasons: [
      {
        at: ['osi-3', 'internet'],
        fit: 'fits',
        why: 'It takes the packet out of its frame, decides by the IP address, and sends it on in a new frame. Packets are this layer’s unit.',
      },
      {
        at: ['osi-2', 'link'],
        fit: 'misses',
        why: 'It has a link on each side, but it decides by the address of the packet. Within one network a switch would be enough.',
      },
      {
        at: ['osi-1'],
        fit: 'misses',
        why: 'Cables end in it, as in any computer. Its own work begins where a packet is read.',
      },
      {
        at: ['osi-4', 'transport'],
        fit: 'misses',
        why: 'To route, it reads no further than the IP header. The box at home that also changes port numbers does NAT besides.',
      },
      {
        at: ['osi-5', 'osi-6', 'osi-7', 'application'],
        fit: 'misses',
        why: 'Routers run programs, too, to tell each other the ways. But what they pass on they do not read so far in.',
      },
    ],
    sources: [rfc(1812, '2.2.3')],
  },
  {
    id: 'tls',
    name: 'TLS',
    kind: 'protocol',
    does: 'makes a secure channel of a reliable stream: the s in https and wss',
    isHard: true,
    reasons: [
      {
        at: ['application'],
        fit: 'fits',
        why: 'TCP carries it, so it lies above the transport, and above that this map has one layer only. HTTP then lies on top of it, inside the same layer.',
      },
      {
        at: ['transport', 'osi-4'],
        fit: 'argued',
        why: 'By its name, and by the way it is used: programs write bytes into it as they would into TCP. But it needs a reliable transport below, so it cannot be the whole of one.',
      },
      {
        at: ['osi-5'],
        fit: 'argued',
        why: 'By its work: a handshake, a channel with keys of its own, and sessions that can be resumed. It was not made for this layer, but it does such work.',
      },
      {
        at: ['osi-6'],
        fit: 'argued',
        why: 'The answer of many textbooks: encryption changes how data is written. But TLS knows no format of data. It takes bytes, and gives back the same bytes.',
      },
      {
        at: ['osi-7'],
        fit: 'misses',
        why: 'Any protocol can lie on top of TLS, and the application is what lies there. TLS has no say in what programs want of each other.',
      },
      {
        at: ['osi-3', 'internet'],
        fit: 'misses',
        why: 'To encrypt IP packets one by one is the work of IPsec. TLS needs a stream that is reliable and in order, and IP is neither.',
      },
      {
        at: ['osi-1', 'osi-2', 'link'],
        fit: 'misses',
        why: 'Wi-Fi encrypts here, as far as the access point. TLS goes from end to end, over all links.',
      },
    ],
    sources: [rfc(9846, '1')],
  },
  {
    id: 'ethernet',
    name: 'Ethernet',
    kind: 'protocol',
    does: 'carries frames between neighbours on one link',
    reasons: [
      {
        at: ['osi-2', 'link'],
        fit: 'fits',
        why: 'It puts a packet into a frame, with the addresses of two neighbours. That is the work of a link.',
      },
      {
        at: ['osi-1'],
        fit: 'argued',
        why: 'The same standard, IEEE 802.3, says how bits become signals on the cable: a part of it does lie here. What you meet in a capture is its frame.',
      },
      {
        at: ['osi-3', 'internet'],
        fit: 'misses',
        why: 'Its addresses mean something on one link only. From network to network, IP finds the way, inside the frame.',
      },
      {
        at: ['osi-4', 'transport'],
        fit: 'misses',
        why: 'A frame goes as far as the next neighbour. A transport goes from one end to the other.',
      },
      {
        at: ['osi-5', 'osi-6', 'osi-7', 'application'],
        fit: 'misses',
        why: 'A program does not see whether it runs over Ethernet, Wi-Fi or fibre. To hide that is what the layers between are for.',
      },
    ],
    sources: [
      { label: 'IEEE 802.3', url: 'https://www.ieee802.org/3/' },
      { label: 'RFC 894', url: 'https://www.rfc-editor.org/rfc/rfc894' },
    ],
  },
  {
    id: 'quic',
    name: 'QUIC',
    kind: 'protocol',
    does: 'gives programs streams, encrypted, over UDP: HTTP/3 runs on it',
    isHard: true,
    reasons: [
      {
        at: ['transport', 'osi-4'],
        fit: 'fits',
        why: 'By its work: streams, acknowledgements, congestion control. RFC 9000 calls it a transport protocol, though another transport, UDP, carries it.',
      },
      {
        at: ['application'],
        fit: 'argued',
        why: 'By what carries it: UDP does, so it lies above a transport, mostly as a library inside the program. Its work is a transport’s all the same.',
      },
      {
        at: ['osi-5', 'osi-6'],
        fit: 'argued',
        why: 'The handshake of TLS is built into it. Wherever you put TLS, a part of QUIC has to go, too. The rest of it, and its name, belong to 4.',
      },
      {
        at: ['osi-7'],
        fit: 'misses',
        why: 'HTTP/3 is up here. QUIC carries it, as it would carry any other, and does not read it.',
      },
      {
        at: ['osi-3', 'internet'],
        fit: 'misses',
        why: 'It could have been put straight on IP, beside TCP and UDP. It was put on UDP, so that the boxes on the way let it through as they are. The way itself is found by IP.',
      },
      {
        at: ['osi-1', 'osi-2', 'link'],
        fit: 'misses',
        why: 'A connection of QUIC can move from Wi-Fi to the mobile network and go on. It is bound to no link.',
      },
    ],
    sources: [rfc(9000, '1'), rfc(9001, '3'), rfc(9308, '2')],
  },
];

export const FIRST_HAND: Hand = { id: 'first', name: 'the first hand', cards: CARDS };
