/**
 * The shield round a scenario's handlers, middlewares and acknowledgements: what throws or rejects in one is reported, and neither the connection nor the
 * process notices. It is set by the first `connect` listener of every namespace (middlewares are not enough: recovery
 * skips them), and its methods are shared by all sockets of a lab, since closures for each cost a quarter of the heap.
 */
import { type Namespace, type Server, Socket } from 'socket.io';
import { LIMITS } from '#lab/limits.ts';

type Handler = (this: unknown, ...args: unknown[]) => unknown;

export type ShieldHooks = {
  /** `threw` or `rejected`, and the message. */
  report(what: string, detail: string): void;
  /** A handler is about to run for `source`: a socket, or a namespace (then `first` is its first argument). */
  ran(handler: string, source: unknown, first: unknown): void;
  /** Runs work so that a fault in a timer that it starts can be traced back to this lab. */
  runInside(work: () => unknown): unknown;
  /** A socket has connected; nothing of the scenario has seen it yet. */
  onSocket(socket: Socket): void;
};

/** A reason in words, cut where it is long. What is thrown may be anything, a payload too: nothing of it is called. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : error;
  return typeof message === 'string' ? message.slice(0, LIMITS.recordChars) : 'something that is no error';
}

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

/** Calls `work`; a fault, now or later, goes to the report and to `failed`. */
export function attempt(hooks: Pick<ShieldHooks, 'report' | 'runInside'>, work: () => unknown, failed?: () => void): void {
  const fail = (what: string) => (error: unknown) => {
    hooks.report(what, messageOf(error));
    failed?.();
  };
  hooks.runInside(() => {
    try {
      const result = work();
      if (isThenable(result)) result.then(undefined, fail('rejected'));
    } catch (error) {
      fail('threw')(error);
    }
  });
}

/** `run` as a handler that cannot fail. Its property `listener` keeps `off(event, run)` working. */
const safe = (hooks: ShieldHooks, name: string, run: Handler, before?: (self: unknown) => void): Handler =>
  Object.assign(
    function (this: unknown, ...args: unknown[]) {
      before?.(this);
      attempt(hooks, () => {
        hooks.ran(name, this, args[0]);
        return run.apply(this, args);
      });
    },
    { listener: run },
  );

/** An acknowledgement that cannot fail: a client chooses what it is called with. */
const safeAck = (hooks: ShieldHooks, ack: Handler): Handler =>
  function (this: unknown, ...args: unknown[]) {
    attempt(hooks, () => ack.apply(this, args));
  };

/** The arguments of an emit, its acknowledgement (the last, if it is there) made safe. */
function withSafeAck(hooks: ShieldHooks, args: readonly unknown[]): unknown[] {
  const last = args.at(-1);
  return isHandler(last) ? [...args.slice(0, -1), safeAck(hooks, last)] : [...args];
}

/** A middleware that fails refuses the connection, once; without an answer the client would wait for ever. */
const safeMiddleware = (hooks: ShieldHooks, run: Handler): Handler =>
  function (this: unknown, ...args: unknown[]) {
    const next = args.at(-1);
    let isAnswered = false;
    const answer = (...answers: unknown[]) => {
      if (isAnswered || !isHandler(next)) return;
      isAnswered = true;
      next(...answers);
    };
    attempt(
      hooks,
      () => run.apply(this, [...args.slice(0, -1), answer]),
      () => answer(new Error('refused')),
    );
  };

/**
 * The registering methods of `proto`, each handing on a safe handler. `prependOnceListener` and the like come down to
 * these; `once` does too, but then `off(event, run)` would not find what it registered.
 */
function shieldedMethods(proto: Record<string, Handler>, hooks: ShieldHooks): Record<string, Handler> {
  /** A method that hands `run`, its last argument, on to the real one when it is made safe. */
  const method = (name: string, makeSafe: (run: Handler, event: unknown) => Handler): Handler =>
    function (...args) {
      const run = args.at(-1);
      proto[name]?.apply(this, isHandler(run) ? [...args.slice(0, -1), makeSafe(run, args[0])] : args);
      return this;
    };
  const listening = (name: string) => method(name, (run, event) => safe(hooks, String(event), run));
  const once: Handler = function (event, run) {
    if (!isHandler(run)) return this;
    const registered = safe(hooks, String(event), run, (self) => proto['removeListener']?.call(self, event, registered));
    proto['on']?.call(this, event, registered);
    return this;
  };
  const all = {
    on: listening('on'),
    addListener: listening('addListener'),
    prependListener: listening('prependListener'),
    once,
    onAny: method('onAny', (run) => safe(hooks, 'any', run)),
    prependAny: method('prependAny', (run) => safe(hooks, 'any', run)),
    use: method('use', (run) => safeMiddleware(hooks, run)),
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => proto[name]));
}

const protoOf = (object: object): Record<string, Handler> => Object.getPrototypeOf(object);

/** Shields an adapter: its events (`join-room`, …) and the acknowledgements of its broadcasts. */
function shieldAdapter(adapter: object, hooks: ShieldHooks): void {
  const proto = protoOf(adapter);
  const broadcastWithAck: Handler = function (...args) {
    proto['broadcastWithAck']?.apply(this, withSafeAck(hooks, args));
  };
  Object.assign(adapter, shieldedMethods(proto, hooks), { broadcastWithAck });
}

/** The methods that every socket of a lab gets. */
function socketMethods(hooks: ShieldHooks): Record<string, Handler> {
  const proto = Socket.prototype as unknown as Record<string, Handler>;
  const emit: Handler = function (...args) {
    return proto['emit']?.apply(this, withSafeAck(hooks, args));
  };
  // Socket.IO compares these by identity, and the one it has is ours.
  const offAny: Handler = function (run) {
    const registered: unknown = proto['listenersAny']?.call(this);
    const own = Array.isArray(registered) && registered.find((each) => each.listener === run);
    proto['offAny']?.call(this, own || run);
    return this;
  };
  return { ...shieldedMethods(proto, hooks), emit, offAny };
}

/** Puts the shield round everything that a scenario can register on this server, dynamic namespaces among it. */
export function shield(io: Server, hooks: ShieldHooks): void {
  const methods = socketMethods(hooks);
  const done = new WeakSet<object>();
  const isFirst = (object: object) => !done.has(object) && done.add(object) !== undefined;

  const guardSocket = (socket: Socket) => {
    // A dynamic namespace has its parent's listeners and its own: both come here.
    if (!isFirst(socket)) return;
    // Without an `error` listener Socket.IO throws it.
    Socket.prototype.on.call(socket, 'error', (error: unknown) => hooks.report('socket error', messageOf(error)));
    hooks.onSocket(socket);
    Object.assign(socket, methods);
  };
  const guardNamespace = (namespace: Namespace) => {
    if (!isFirst(namespace)) return;
    // `connect` comes before `connection`, and a scenario may use either.
    protoOf(namespace)['on']?.call(namespace, 'connect', guardSocket);
    // A dynamic namespace copies the listeners of its parent: it must get the safe ones, which `listeners` would unwrap.
    const listeners = namespace.rawListeners.bind(namespace);
    Object.assign(namespace, shieldedMethods(protoOf(namespace), hooks), { listeners });
    shieldAdapter(namespace.adapter, hooks);
  };
  const of = io.of.bind(io);
  const guardedOf: Handler = (name, run) => {
    const namespace = of((isHandler(name) ? safeMiddleware(hooks, name) : name) as Parameters<typeof of>[0]);
    guardNamespace(namespace);
    if (isHandler(run)) namespace.on('connection', run);
    return namespace;
  };
  guardNamespace(io.sockets);
  // `io.on`, `io.use` and the like hand on to `io.sockets`, which is shielded.
  Object.assign(io, { of: guardedOf });
  Object.assign(io.engine, shieldedMethods(protoOf(io.engine), hooks));
}
