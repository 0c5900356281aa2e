/**
 * The two maps of a network: the seven layers of OSI and the four of the Internet's own suite, and which covers which.
 * The figure, its table and the sorter are drawn from this.
 */

export type MapId = 'osi' | 'tcp-ip';
export type OsiId = `osi-${1 | 2 | 3 | 4 | 5 | 6 | 7}`;
export type TcpIpId = 'application' | 'transport' | 'internet' | 'link';
export type PlaceId = OsiId | TcpIpId;

/** The colour in which a layer is drawn: the roles `--layer-…`. */
export type Role = 'application' | 'transport' | 'network' | 'link';

export type Source = { readonly label: string; readonly url: string };

export type OsiLayer = {
  readonly id: OsiId;
  readonly number: number;
  readonly name: string;
  readonly role: Role;
  /** What it is for, in a few words that follow its name. */
  readonly work: string;
};

export type TcpIpLayer = {
  readonly id: TcpIpId;
  readonly name: string;
  readonly role: Role;
  readonly work: string;
  /** What one piece of its work is called. */
  readonly units: readonly { readonly name: string; readonly note?: string }[];
  readonly examples: readonly string[];
  /** Who reads it on the way. */
  readonly devices: string;
  readonly source: Source;
};

/** `whole`: an RFC says so. `part`: an RFC gives it a part. `custom`: the usual picture says so, no RFC does. */
export type Tie = 'whole' | 'part' | 'custom';
export type Cover = { readonly osi: OsiId; readonly by: TcpIpId; readonly tie: Tie; readonly source: Source };

/** A section of an RFC, where it can be read. */
export const rfc = (number: number, section: string): Source => ({
  label: `RFC ${number} §${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
});
const SUITE = rfc(1122, '1.1.3');
const TERMS = rfc(1122, '1.3.3');
const ROUTERS = rfc(1812, '2.2.1');

/** Where the seven layers are laid down. */
export const OSI_SOURCE: Source = { label: 'ITU-T X.200, the OSI basic reference model', url: 'https://www.itu.int/rec/T-REC-X.200' };
export const TCP_IP_SOURCE = SUITE;
/** Where the units have their names from. */
export const UNITS_SOURCE = TERMS;

/** From the top down. Source: ITU-T X.200 §7. */
export const OSI: readonly OsiLayer[] = [
  { id: 'osi-7', number: 7, name: 'Application', role: 'application', work: 'what programs want of each other' },
  { id: 'osi-6', number: 6, name: 'Presentation', role: 'application', work: 'how data is written' },
  { id: 'osi-5', number: 5, name: 'Session', role: 'application', work: 'who speaks, and where to resume' },
  { id: 'osi-4', number: 4, name: 'Transport', role: 'transport', work: 'from end to end' },
  { id: 'osi-3', number: 3, name: 'Network', role: 'network', work: 'across many networks' },
  { id: 'osi-2', number: 2, name: 'Data link', role: 'link', work: 'to the next neighbour' },
  { id: 'osi-1', number: 1, name: 'Physical', role: 'link', work: 'bits as signals' },
];

/** From the top down. Source: RFC 1122 §1.1.3; the units of all but the application: §1.3.3 and RFC 768. */
export const TCP_IP: readonly TcpIpLayer[] = [
  {
    id: 'application',
    name: 'Application',
    role: 'application',
    work: 'what programs say to each other',
    units: [{ name: 'message', note: 'each protocol has its own word' }],
    examples: ['HTTP', 'WebSocket', 'DNS', 'Socket.IO'],
    devices: 'proxies',
    source: SUITE,
  },
  {
    id: 'transport',
    name: 'Transport',
    role: 'transport',
    work: 'from program to program',
    units: [
      { name: 'segment', note: 'TCP' },
      { name: 'datagram', note: 'UDP' },
    ],
    examples: ['TCP', 'UDP', 'QUIC'],
    devices: 'the two ends; NAT looks in',
    source: TERMS,
  },
  {
    id: 'internet',
    name: 'Internet',
    role: 'network',
    work: 'from host to host, over many networks',
    units: [
      { name: 'datagram', note: 'end to end' },
      { name: 'packet', note: 'what a link carries of it' },
    ],
    examples: ['IP', 'ICMP'],
    devices: 'routers',
    source: TERMS,
  },
  {
    id: 'link',
    name: 'Link',
    role: 'link',
    work: 'to the next neighbour',
    units: [{ name: 'frame' }],
    examples: ['Ethernet', 'Wi-Fi', 'ARP'],
    devices: 'switches',
    source: TERMS,
  },
];

/** Which layer of the Internet suite covers which of OSI, from the top down. */
export const COVERS: readonly Cover[] = [
  { osi: 'osi-7', by: 'application', tie: 'whole', source: SUITE },
  { osi: 'osi-6', by: 'application', tie: 'whole', source: SUITE },
  { osi: 'osi-5', by: 'application', tie: 'part', source: ROUTERS },
  { osi: 'osi-5', by: 'transport', tie: 'part', source: ROUTERS },
  { osi: 'osi-4', by: 'transport', tie: 'whole', source: ROUTERS },
  { osi: 'osi-3', by: 'internet', tie: 'whole', source: SUITE },
  { osi: 'osi-2', by: 'link', tie: 'whole', source: ROUTERS },
  { osi: 'osi-1', by: 'link', tie: 'custom', source: ROUTERS },
];

/** Where the picture is tidier than the documents. */
export const SIMPLIFIED: readonly { readonly what: string; readonly text: string; readonly source: Source }[] = [
  {
    what: 'Two layers, not three.',
    text: 'The usual picture lets Application cover 7, 6 and 5. RFC 1122 says that it “essentially combines the functions of the top two layers”, Presentation and Application.',
    source: SUITE,
  },
  {
    what: 'Session has no home.',
    text: 'RFC 1122 gives it none. RFC 1812 divides it: some of its work goes to Application, the opening and closing of connections to Transport.',
    source: ROUTERS,
  },
  {
    what: 'The cable lies below the map.',
    text: 'By custom Link covers 2 and 1. In RFC 1812 the link layer begins above the physical one.',
    source: ROUTERS,
  },
  {
    what: '“Message” means two things.',
    text: 'Here it is what programs exchange. RFC 1122 calls the unit of a transport protocol so, and has no word for the application’s.',
    source: TERMS,
  },
  {
    what: 'Layers cost something, too.',
    text: 'One may do again what another has done, or need to know what another hides. RFC 3439 has a section about it, “Layering Considered Harmful”.',
    source: rfc(3439, '3'),
  },
];

export const mapOf = (place: PlaceId): MapId => (place.startsWith('osi-') ? 'osi' : 'tcp-ip');

export const MAP_NAMES: Readonly<Record<MapId, string>> = { osi: 'OSI', 'tcp-ip': 'TCP/IP' };

type Place = { readonly id: PlaceId; readonly role: Role; readonly number?: number; readonly name: string };

/** The places of a map, from the top down. */
export const PLACES: Readonly<Record<MapId, readonly Place[]>> = { osi: OSI, 'tcp-ip': TCP_IP };

const NAMES: ReadonlyMap<PlaceId, string> = new Map<PlaceId, string>([
  ...OSI.map(({ id, number, name }) => [id, `${number} ${name}`] as const),
  ...TCP_IP.map(({ id, name }) => [id, name] as const),
]);

/** A place as people write it: "4 Transport", "Internet". */
export const nameOf = (place: PlaceId): string => NAMES.get(place) ?? place;

const osiNumber = (id: OsiId): number => Number(id.slice('osi-'.length));

/** What a layer of the suite covers, in words: "7, 6, some of 5". */
export function coveredBy(layer: TcpIpId): string {
  return COVERS.filter(({ by }) => by === layer)
    .map(({ osi, tie }) =>
      tie === 'part' ? `some of ${osiNumber(osi)}` : tie === 'custom' ? `${osiNumber(osi)} by custom` : osiNumber(osi),
    )
    .join(', ');
}
