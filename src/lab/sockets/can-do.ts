/** Which steps make sense with the sockets that are there. The host decides again; this keeps a learner from asking in vain. Pure. */
import type { SocketName } from '#trace/sockets/records.ts';
import { isOpen, type SocketRow } from '#trace/sockets/table.ts';
import { acceptedName, type SocketStep } from './steps.ts';

type Rows = readonly SocketRow[];

const openRow = (rows: Rows, name: SocketName): SocketRow | undefined => rows.find((row) => row.name === name && isOpen(row));

/** States in which an end may still write. */
const MAY_WRITE: ReadonlySet<SocketRow['state']> = new Set(['connected', 'told-end', 'bound']);

function canConnect({ socket, to }: Extract<SocketStep, { do: 'connect' }>, rows: Rows): boolean {
  const own = openRow(rows, socket);
  const partner = openRow(rows, to);
  if (own) return own.state === 'bound' && !own.remote && (to === 'nobody' || partner?.protocol === 'udp');
  if (to === 'nobody') return true;
  if (partner?.protocol !== 'tcp') return false;
  const waiting = rows.find(({ state, local }) => state === 'listening' && local?.port === partner.local?.port);
  return !waiting || !openRow(rows, acceptedName(waiting.name, socket));
}

function canSend({ socket, to }: Extract<SocketStep, { do: 'send' }>, rows: Rows): boolean {
  const own = openRow(rows, socket);
  if (!own || !MAY_WRITE.has(own.state)) return false;
  if (own.protocol === 'tcp' || own.remote) return to === undefined;
  return to === 'nobody' || (to !== undefined && openRow(rows, to)?.protocol === 'udp');
}

export function canDo(step: SocketStep, rows: Rows): boolean {
  const own = openRow(rows, step.socket);
  switch (step.do) {
    case 'listen':
    case 'bind':
      return own === undefined;
    case 'connect':
      return canConnect(step, rows);
    case 'send':
      return canSend(step, rows);
    case 'close':
      return own !== undefined;
    case 'end':
      return own?.protocol === 'tcp' && MAY_WRITE.has(own.state);
    default:
      return own?.protocol === 'tcp' && (MAY_WRITE.has(own.state) || own.state === 'ended');
  }
}
