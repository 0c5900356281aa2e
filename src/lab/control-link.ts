/** A page's connection to the control plane, with requests that always end: in an answer, or in `unreachable`. */
import { io, type Socket } from 'socket.io-client';
import { CONTROL_PATH, type PageToServer, type Reply, type Result, type ServerToPage } from './control-plane.ts';

type ControlSocket = Socket<ServerToPage, PageToServer>;

/** How long the server may take to answer before a recording stands in for it, milliseconds. */
const ANSWER_MS = 3_000;
/** Round trips that are timed; the shortest one tells the clock's offset best. */
const CLOCK_ROUNDS = 5;

export const pageNow = (): number => performance.timeOrigin + performance.now();

export class ControlLink {
  readonly socket: ControlSocket;

  /** `url`: where the server is; left out, where the page came from. */
  constructor(url?: string) {
    const options = { path: CONTROL_PATH, transports: ['websocket'], forceNew: true, autoConnect: false, reconnectionDelayMax: 3_000 };
    this.socket = url === undefined ? io(options) : io(url, options);
  }

  /** Connects, and resolves with whether the server was reached in time. */
  connect(): Promise<boolean> {
    const { socket } = this;
    if (socket.connected) return Promise.resolve(true);
    return new Promise((resolve) => {
      const finish = (reached: boolean) => {
        clearTimeout(timer);
        socket.off('connect', onConnect);
        if (!reached) socket.disconnect();
        resolve(reached);
      };
      const onConnect = () => finish(true);
      const timer = setTimeout(() => finish(false), ANSWER_MS);
      socket.on('connect', onConnect);
      socket.connect();
    });
  }

  /** Asks, and resolves with the answer; `unreachable` if none comes in time. */
  ask<Value>(send: (socket: ControlSocket, reply: Reply<Value>) => void): Promise<Result<Value>> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve({ ok: false, why: 'unreachable' }), ANSWER_MS);
      send(this.socket, (result) => {
        clearTimeout(timer);
        resolve(result);
      });
    });
  }

  /** Server clock minus page clock, ms: from the fastest of several round trips, since a slow one may be slow one way only. */
  async clockOffsetMs(): Promise<number> {
    let best = { tripMs: Number.POSITIVE_INFINITY, offset: 0 };
    for (let round = 0; round < CLOCK_ROUNDS; round++) {
      const sentAt = pageNow();
      const answer = await this.ask<number>((socket, reply) => socket.emit('clock', null, reply));
      const gotAt = pageNow();
      if (answer.ok && gotAt - sentAt < best.tripMs) best = { tripMs: gotAt - sentAt, offset: answer.value - (sentAt + gotAt) / 2 };
    }
    return best.offset;
  }

  close(): void {
    this.socket.disconnect();
  }
}
