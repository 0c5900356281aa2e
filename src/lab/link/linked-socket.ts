/**
 * A WebSocket behind a conditioned link. To the engine above it looks like the browser's own; below it is one, real.
 * What an engine does not use (events as listeners, `url`, extensions) is not here.
 */
import { type Clock, Lane } from './lane.ts';

/** The state of a link and its one-way delay, as its sockets see it. */
export type LinkConditions = {
  readonly clock: Clock;
  readonly delayMs: number;
  /** `hole`: packets go in and nothing comes out. `down`: cut; dialling fails at once. */
  readonly state: 'up' | 'hole' | 'down';
  /** Sockets that the link can cut; each adds and removes itself. */
  readonly live: Set<LinkedSocket>;
};

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;
/** No status was received. Source: RFC 6455 §7.1.5. */
const NO_STATUS = 1005;
/** The connection ended without a close frame. Source: RFC 6455 §7.1.5. */
const ABNORMAL = 1006;

type CloseLike = { readonly code: number };

/** Bytes as the global WebSocket of Node and browsers both take them. */
function sendable(data: string | ArrayBuffer | ArrayBufferView): string | ArrayBuffer | Uint8Array<ArrayBuffer> {
  if (!ArrayBuffer.isView(data)) return data;
  return new Uint8Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer);
}

export class LinkedSocket {
  onopen: ((event: object) => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: ((event: CloseLike) => void) | null = null;
  onerror: ((error: unknown) => void) | null = null;
  /** The engine asks for `nodebuffer` under Node, which the global WebSocket does not know; it gets ArrayBuffers. */
  binaryType = 'arraybuffer';
  readyState = CONNECTING;

  readonly #link: LinkConditions;
  readonly #uri: string;
  readonly #out: Lane;
  readonly #in: Lane;
  #real: WebSocket | undefined;

  constructor(link: LinkConditions, uri: string) {
    this.#link = link;
    this.#uri = uri;
    const isBlocked = () => link.state === 'hole';
    this.#out = new Lane(link.clock, isBlocked);
    this.#in = new Lane(link.clock, isBlocked);
    link.live.add(this);
    if (link.state === 'down') queueMicrotask(() => this.#fail());
    else this.#dial();
  }

  /** Like the browser's own, it drops what is sent after its end. */
  send(data: string | ArrayBuffer | ArrayBufferView): void {
    if (this.readyState >= CLOSING) return;
    const ready = sendable(data);
    this.#out.push(this.#link.delayMs, () => {
      if (this.#real?.readyState === OPEN) this.#real.send(ready);
    });
  }

  /** The engine hangs up. The real socket follows when the link lets the goodbye through, which in a hole is later. */
  close(): void {
    if (this.readyState >= CLOSING) return;
    this.readyState = CLOSING;
    this.#out.push(this.#link.delayMs, () => {
      this.#real?.close();
      this.#link.live.delete(this);
    });
    this.#in.clear();
    queueMicrotask(() => this.#end({ code: NO_STATUS }));
  }

  /** The cable is cut: both sides learn that the connection has ended, and nothing that was under way arrives. */
  cut(): void {
    this.#abandon();
    this.#real?.close();
    this.#break('link cut');
  }

  /** The device has moved: this side sees the end, the other hears nothing. The real socket stays open, silent. */
  ghost(): void {
    this.#abandon();
    this.#break('network changed');
  }

  /** The link is whole again: what waited goes on. */
  resume(): void {
    this.#dial();
    this.#out.pump();
    this.#in.pump();
  }

  #dial(): void {
    // In a hole the SYN gets no answer: the attempt hangs until the link is back or the engine gives up.
    if (this.#link.state === 'hole' || this.#real || this.readyState > OPEN) return;
    const real = new WebSocket(this.#uri);
    this.#real = real;
    real.binaryType = 'arraybuffer';
    real.onopen = () => this.#in.push(2 * this.#link.delayMs, () => this.#opened());
    real.onmessage = (event) => this.#in.push(this.#link.delayMs, () => this.readyState === OPEN && this.onmessage?.(event));
    // The FIN travels behind the data.
    real.onclose = (event) => this.#in.push(this.#link.delayMs, () => this.#end(event));
    real.onerror = (event) => this.#failedToOpen(event);
  }

  #opened(): void {
    if (this.readyState !== CONNECTING) return;
    this.readyState = OPEN;
    this.onopen?.({});
  }

  /** After opening, Chromium fires `close` alone when the peer dies and Node `error` first; the engine gets `close` from both. */
  #failedToOpen(event: unknown): void {
    if (this.readyState !== CONNECTING) return;
    this.#in.push(this.#link.delayMs, () => {
      if (this.readyState === CONNECTING) this.onerror?.(event);
    });
  }

  #fail(): void {
    this.#break('link down');
    this.#link.live.delete(this);
  }

  /** The end without a goodbye. A dial that ends so has failed: without an `error` its engine would wait for a timeout. */
  #break(why: string): void {
    const isDialling = this.readyState === CONNECTING;
    // Over before it is told, as in a browser: an engine that hears of the error hangs up, and no goodbye may leave for that.
    this.readyState = Math.max(this.readyState, CLOSING);
    if (isDialling) this.onerror?.(new Error(why));
    this.#end({ code: ABNORMAL });
  }

  #abandon(): void {
    this.#out.clear();
    this.#in.clear();
    this.#link.live.delete(this);
    if (!this.#real) return;
    this.#real.onopen = null;
    this.#real.onclose = null;
    this.#real.onerror = null;
    // Not null: a browser may collect, and thereby close, an open socket to which nobody listens.
    // Source: WebSockets Standard, "Garbage collection".
    this.#real.onmessage = () => undefined;
  }

  #end(event: CloseLike): void {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    // With a goodbye still in the lane, the link must know this socket until it has left.
    if (this.#out.isEmpty) this.#link.live.delete(this);
    this.onclose?.(event);
  }
}
