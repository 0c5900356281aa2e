/**
 * The shield round a scenario's handlers: what throws or rejects in one is reported, and neither the connection nor the
 * process notices. It is set by the first `connection` listener of every namespace (middlewares are not enough: recovery
 * skips them), and its methods are shared by all sockets of a lab, since closures for each cost a quarter of the heap.
 */
import { type Namespace, type Server, Socket } from 'socket.io';

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

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

/** Calls `work`; a fault, now or later, goes to the report and to `failed`. */
function attempt(hooks: ShieldHooks, work: () => unknown, failed?: (error: unknown) => void): void {
  const fail = (what: string) => (error: unknown) => {
    hooks.report(what, messageOf(error));
    failed?.(error);
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

/** `listener` lets `off(event, original)` find the wrapped one, as Node's own `once` does. */
const safe = (hooks: ShieldHooks, name: string, run: Handler): Handler =>
  Object.assign(
    function (this: unknown, ...args: unknown[]) {
      attempt(hooks, () => {
        hooks.ran(name, this, args[0]);
        return run.apply(this, args);
      });
    },
    { listener: run },
  );

/** A middleware that fails refuses the connection; without an answer the client would wait for ever. */
const safeMiddleware = (hooks: ShieldHooks, run: Handler): Handler =>
  function (this: unknown, ...args: unknown[]) {
    const next = args.at(-1);
    attempt(
      hooks,
      () => run.apply(this, args),
      (error) => typeof next === 'function' && next(error instanceof Error ? error : new Error('refused')),
    );
  };

/** The registering methods of `proto`, each handing on a safe handler. */
function shieldedMethods(proto: Record<string, Handler>, hooks: ShieldHooks): Record<string, Handler> {
  const on = proto['on'];
  const methods: Record<string, Handler> = {};
  for (const name of ['on', 'addListener', 'prependListener'] as const) {
    const real = proto[name];
    if (real)
      methods[name] = function (event, run) {
        real.call(this, event, isHandler(run) ? safe(hooks, String(event), run) : run);
        return this;
      };
  }
  for (const name of ['onAny', 'prependAny'] as const) {
    const real = proto[name];
    if (real)
      methods[name] = function (run) {
        real.call(this, isHandler(run) ? safe(hooks, 'any', run) : run);
        return this;
      };
  }
  methods['once'] = function (this: unknown, event, run) {
    if (!on || !isHandler(run)) return this;
    const once = safe(hooks, String(event), (...args) => {
      proto['removeListener']?.call(this, event, once);
      return run.apply(this, args);
    });
    on.call(this, event, once);
    return this;
  };
  methods['use'] = function (run) {
    proto['use']?.call(this, isHandler(run) ? safeMiddleware(hooks, run) : run);
    return this;
  };
  return methods;
}

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

/** Puts the shield round everything that a scenario can register on this server, dynamic namespaces among it. */
export function shield(io: Server, hooks: ShieldHooks): void {
  const socketMethods = shieldedMethods(Socket.prototype as unknown as Record<string, Handler>, hooks);
  const done = new WeakSet<object>();
  const guardNamespace = (namespace: Namespace) => {
    if (done.has(namespace)) return;
    done.add(namespace);
    const proto: Record<string, Handler> = Object.getPrototypeOf(namespace);
    proto['on']?.call(namespace, 'connection', (socket: Socket) => {
      // Without an `error` listener Socket.IO writes to the console.
      Socket.prototype.on.call(socket, 'error', (error: unknown) => hooks.report('socket error', messageOf(error)));
      hooks.onSocket(socket);
      Object.assign(socket, socketMethods);
    });
    Object.assign(namespace, shieldedMethods(proto, hooks));
  };
  const of = io.of.bind(io);
  const guardedOf: Handler = (name, run) => {
    const namespace = of(name as Parameters<typeof of>[0]);
    guardNamespace(namespace);
    if (isHandler(run)) namespace.on('connection', run);
    return namespace;
  };
  const root: Record<string, Handler> = { of: guardedOf };
  guardNamespace(io.sockets);
  for (const name of ['on', 'once', 'use', 'addListener'] as const) {
    root[name] = (...args) => {
      const method: unknown = Reflect.get(io.sockets, name);
      if (isHandler(method)) method.apply(io.sockets, args);
      return io;
    };
  }
  Object.assign(io, root);
}
