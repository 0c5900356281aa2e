/** The table of sockets: what each end says of itself, read from a bench's records. Pure. */
import { type Endpoint, laneOfSocket, type SocketName, type SocketRecord } from './records.ts';

/**
 * `bound`: a datagram socket that has its port. `told-end`: the other end will write no more. `ended`: this one will not.
 * `refused`: nobody waited where it asked.
 */
export type SocketState = 'listening' | 'bound' | 'connecting' | 'connected' | 'told-end' | 'ended' | 'refused' | 'closed';

export type SocketRow = {
  readonly name: SocketName;
  /** Whose socket it is. */
  readonly lane: string;
  readonly protocol: 'tcp' | 'udp';
  readonly state: SocketState;
  readonly fd?: number;
  readonly local?: Endpoint;
  readonly remote?: Endpoint;
  /** The socket at the other end of its connection, where that is one of this bench. */
  readonly peer?: SocketName;
  /** What the system reported before the end. */
  readonly failed?: string;
};

/** States that the end of a socket does not overwrite: they say more. */
const keeps = (state: SocketState): SocketState => (state === 'refused' ? state : 'closed');

/** A socket that is over has no descriptor; its two ends stay, for the memory. */
function withoutDescriptor({ fd: _fd, ...row }: SocketRow): SocketRow {
  return row;
}

const opened = (name: SocketName, rest: Omit<SocketRow, 'name' | 'lane'>): SocketRow => ({ name, lane: laneOfSocket(name), ...rest });

const place = ({ local, fd }: { readonly local?: Endpoint; readonly fd?: number }) => ({
  ...(local && { local }),
  ...(fd !== undefined && { fd }),
});

/** What a record makes of the row of its socket. */
function changed(row: SocketRow | undefined, record: SocketRecord): SocketRow | undefined {
  const { socket: name } = record;
  switch (record.kind) {
    case 'listening':
      return opened(name, { protocol: 'tcp', state: 'listening', ...place(record) });
    case 'bound':
      return opened(name, { protocol: 'udp', state: 'bound', ...place(record) });
    case 'connecting':
      if (row?.protocol === 'udp' && row.state === 'bound') return { ...row, remote: record.remote };
      return opened(name, { protocol: 'tcp', state: 'connecting', remote: record.remote, ...place(record) });
    case 'accepted':
      return opened(name, { protocol: 'tcp', state: 'connected', remote: record.remote, peer: record.peer, ...place(record) });
    default:
      return row && settled(row, record);
  }
}

/** What becomes of a socket that is there. */
function settled(row: SocketRow, record: SocketRecord): SocketRow {
  switch (record.kind) {
    case 'connected':
      return { ...row, state: 'connected', remote: record.remote, ...place(record) };
    case 'refused':
      return withoutDescriptor({ ...row, state: 'refused' });
    case 'told-end':
      return { ...row, state: row.state === 'ended' ? 'ended' : 'told-end' };
    case 'ended':
      return { ...row, state: 'ended' };
    case 'failed':
      return { ...row, failed: record.code };
    case 'closed':
      return withoutDescriptor({ ...row, state: keeps(row.state) });
    default:
      return row;
  }
}

/** The rows, in the order in which the sockets were opened; a name that is used again stands where it stood last. */
export function socketRows(records: readonly SocketRecord[]): readonly SocketRow[] {
  const rows = new Map<SocketName, SocketRow>();
  for (const record of records) {
    const row = changed(rows.get(record.socket), record);
    if (!row) continue;
    if (isFirst(record)) rows.delete(record.socket);
    rows.set(record.socket, row);
    const peer = record.kind === 'accepted' ? rows.get(record.peer) : undefined;
    if (peer) rows.set(peer.name, { ...peer, peer: record.socket });
  }
  return [...rows.values()];
}

const isFirst = ({ kind }: SocketRecord): boolean => kind === 'listening' || kind === 'bound' || kind === 'accepted';

/** Whether a socket is there to be used. */
export const isOpen = ({ state }: SocketRow): boolean => state !== 'closed' && state !== 'refused';
