/** Reads the output of strace. Pure. */

/** Begins a line that a traced program writes before a step; the step's name follows. */
export const MARK = 'step: ';

type Call = { readonly name: string; readonly args: string; readonly result: string };
/** A socket from its call to its close; its number may be another's afterwards. `steps`: of its first and its last call. */
type Life = { readonly born: string; listens: boolean; died?: string };
type Traced = { readonly call: Call; readonly life: Life };

const CALL = /^(\w+)\((.*)\)\s+=\s+(.+)$/;
const ADDRESS = /\{sa_family=AF_INET, sin_port=htons\((\d+)\), sin_addr=inet_addr\("([\d.]+)"\)\}(?:, 16)?/g;
const DATAGRAM = /\{msg_name=([\d.:]+), .*?iov_base=("(?:[^"\\]|\\.)*").*\}, 0$/;
const FLAGS = /\|SOCK_CLOEXEC\|SOCK_NONBLOCK|, IPPROTO_IP/g;

function callOf(line: string): Call | undefined {
  const [, name, args, result] = CALL.exec(line) ?? [];
  return name && args !== undefined && result ? { name, args, result } : undefined;
}

const fdOf = ({ args }: Call): string => args.split(',', 1)[0] ?? '';
/** Whether a call makes a socket: its result is the number of it. */
const isNew = ({ name, args }: Call): boolean => name.startsWith('accept') || (name === 'socket' && args.startsWith('AF_INET'));
const markOf = ({ name, args }: Call): string | undefined =>
  name === 'write' ? new RegExp(`"${MARK}([\\w-]*)`).exec(args)?.[1] : undefined;

/** `bind(22, 127.0.0.1:0) = 0`: addresses as people write them, and no flags that say the same in every line. */
const shortened = ({ name, args, result }: Call): string =>
  `${name}(${args.replaceAll(ADDRESS, '$2:$1').replace(DATAGRAM, '$1, $2').replaceAll(FLAGS, '')}) = ${result.replace(/ \(.*\)$/, '')}`;

/** A socket that a step listens at only to get rid of it again: it makes room for the step, and is no part of it. */
const isPassing = ({ life: { born, died, listens } }: Traced): boolean => listens && born === died;

/**
 * The calls on Internet sockets, by the step in which they were made. Those that only found that there was nothing to do
 * yet are left out.
 */
export function callsByStep(output: string): Readonly<Record<string, readonly string[]>> {
  const lives = new Map<string, Life>();
  const steps = new Map<string, Traced[]>();
  let step = '';
  for (const call of output.split('\n').flatMap((line) => callOf(line) ?? [])) {
    step = markOf(call) ?? step;
    if (isNew(call) && /^\d+$/.test(call.result)) lives.set(call.result, { born: step, listens: false });
    const life = lives.get(isNew(call) ? call.result : fdOf(call));
    if (!life || markOf(call) !== undefined || call.result.includes('EAGAIN')) continue;
    life.listens ||= call.name === 'listen';
    if (call.name === 'close') {
      life.died = step;
      lives.delete(fdOf(call));
    }
    steps.set(step, [...(steps.get(step) ?? []), { call, life }]);
  }
  steps.delete('');
  return Object.fromEntries(
    [...steps].map(([name, calls]) => [name, calls.filter((traced) => !isPassing(traced)).map(({ call }) => shortened(call))]),
  );
}
