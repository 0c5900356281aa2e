/** The control plane: opens, watches, crashes, restarts and closes labs for pages. Source of its events: `PageToServer`. */
import { Server as Engine, type ServerOptions as EngineOptions } from 'engine.io';
import { Server, type Socket } from 'socket.io';
import type { JoinedLab, PageToServer, Refusal, Result, ServerToPage } from '#lab/control-plane.ts';
import { guardedParser, type ParserBounds } from '#lab/host/guarded-parser.ts';
import { joinOnce } from '#lab/host/join-once.ts';
import { pingBound } from '#lab/host/ping-bound.ts';
import { unreadBound } from '#lab/host/unread.ts';
import { LIMITS } from '#lab/limits.ts';
import { type GuardContext, guard } from '../guard/guard.ts';
import { isOwnOrigin } from '../guard/origin.ts';
import type { LabRegistry } from './registry.ts';
import type { LabRoom } from './room.ts';
import * as schemas from './schemas.ts';

type Page = Socket<PageToServer, ServerToPage>;

export type ControlPlane = { readonly io: Server<PageToServer, ServerToPage>; readonly engine: Engine };

export type ControlSettings = {
  readonly labs: LabRegistry;
  readonly context: GuardContext;
  addressOf(socket: Socket): string;
  now(): number;
  trouble(what: string): void;
};

const DONE: Result<null> = { ok: true, value: null };
const done = (act: () => void): Result<null> => {
  act();
  return DONE;
};
const UNKNOWN: Result<never> = { ok: false, why: 'unknown-lab' };
/** Control packets of one page: reports every batch, while all its clients talk. */
const BOUNDS: ParserBounds = {
  packetChars: LIMITS.controlChars,
  packetBurst: 200,
  packetsPerSecond: 100,
  burstChars: 8 * LIMITS.controlChars,
  charsPerSecond: 2 * LIMITS.controlChars,
  charsInAll: Number.POSITIVE_INFINITY,
};

/** What may wait for one page, bytes: the whole history of a lab is some megabytes at most. */
const UNREAD_BYTES = 16 * LIMITS.controlChars;

const allowRequest: NonNullable<EngineOptions['allowRequest']> = (request, decide) => decide(null, isOwnOrigin(request));

/** How long a connection may stay without saying that it is a page, milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Makes the control plane. It attaches to no port: the app routes `/socket.io/` to its engine. */
export function createControlPlane(settings: ControlSettings): ControlPlane {
  const { now, trouble } = settings;
  const engine = new Engine({ transports: ['websocket'], maxHttpBufferSize: LIMITS.controlChars, allowRequest });
  const io = new Server<PageToServer, ServerToPage>({
    serveClient: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
    parser: guardedParser(trouble, now, BOUNDS),
  });
  const bound = unreadBound(UNREAD_BYTES, () => trouble('did not read'));
  engine.on('connection', (connection) => bound(connection));
  engine.on(
    'connection',
    pingBound(now, () => trouble('too many pings')),
  );
  io.bind(engine);
  io.on(
    'connection',
    joinOnce(() => trouble('joined twice')),
  );
  io.on('connection', (page) => register(page, io, settings));
  return { io, engine };
}

function register(page: Page, io: ControlPlane['io'], settings: ControlSettings): void {
  const { labs, context, addressOf, now } = settings;
  const on = <Request, Value>(
    event: keyof PageToServer,
    schema: Parameters<typeof guard<Request, Value>>[3],
    handler: (request: Request) => Result<Value> | Promise<Result<Value>>,
  ) => guard(page, context, event, schema, handler);
  /** Only who watches a lab may act on it: its id is the key, `open` and `join` turn it. */
  const watched = (lab: string, act: (room: LabRoom) => Result<null>): Result<null> => {
    const room = labs.get(lab);
    return room?.watchers.has(page.id) ? act(room) : UNKNOWN;
  };
  const tellLanes = (room: LabRoom) => io.to(room.id).emit('lab:lanes', { lab: room.id, lanes: room.lanes });

  page.on('error', () => undefined);
  on('clock', schemas.nothing, () => ({ ok: true, value: now() }));
  on('lab:open', schemas.openLab, async ({ scenario, lanes }) => {
    const opened = labs.open({ watcher: page.id, address: addressOf(page) }, scenario, lanes);
    if (opened.ok) await page.join(opened.value.lab);
    return opened;
  });
  on('lab:join', schemas.oneLab, async ({ lab }): Promise<Result<JoinedLab>> => {
    const room = labs.get(lab);
    if (!room) return UNKNOWN;
    const lane = room.freeLane();
    if (!lane) return { ok: false, why: 'lab-full' satisfies Refusal };
    room.watch(page.id, [lane]);
    await page.join(lab);
    tellLanes(room);
    return { ok: true, value: { ...room.info, ...room.history, lane, lanes: room.lanes } };
  });
  on('lab:crash', schemas.oneLab, ({ lab }) => watched(lab, (room) => done(() => room.crash())));
  on('lab:restart', schemas.oneLab, ({ lab }) => watched(lab, (room) => done(() => room.restart())));
  on('lab:act', schemas.oneAct, ({ lab, act }) => watched(lab, (room) => (room.act(act) ? DONE : { ok: false, why: 'bad-request' })));
  on('lab:throw-out', schemas.throwOut, ({ lab, socketId }) => watched(lab, (room) => (room.throwOut(socketId) ? DONE : UNKNOWN)));
  on('lab:close', schemas.oneLab, ({ lab }) =>
    watched(lab, () => {
      labs.close(lab, 'closed');
      return DONE;
    }),
  );
  on('lab:report', schemas.report, ({ lab, lane, records }) =>
    watched(lab, (room) => {
      if (!room.watchers.get(page.id)?.includes(lane)) return UNKNOWN;
      room.report(lane, records);
      page.to(lab).emit('lab:reports', { lab, lane, records });
      return DONE;
    }),
  );
  page.on('disconnecting', () => {
    for (const id of page.rooms) {
      const room = labs.get(id);
      room?.unwatch(page.id);
      if (room) tellLanes(room);
    }
  });
}
