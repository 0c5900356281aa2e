/** Stream sockets of a bench, over TCP: one that waits for connections, and an end of a connection. Each tells what happens to it. */
import type { Server, Socket } from 'node:net';
import type { Endpoint, SocketFact } from '#trace/sockets/records.ts';
import { comes, connectTo, descriptorOf, endpoint, listen, portOf } from './loopback.ts';

export type Tell = (fact: SocketFact) => void;

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown');

/** A socket that waits for connections. */
export class Listener {
  readonly protocol = 'tcp';
  readonly #server: Server;
  readonly #tell: Tell;

  constructor(tell: Tell, onConnection: (accepted: Socket) => void) {
    this.#tell = tell;
    this.#server = listen(onConnection);
    this.#server.on('error', (error) => tell({ kind: 'failed', code: codeOf(error) }));
  }

  get port(): number {
    return portOf(this.#server);
  }

  /** Resolves with whether it listens. */
  async opened(): Promise<boolean> {
    if (!(await comes(this.#server, 'listening'))) return false;
    this.#tell({ kind: 'listening', local: endpoint(this.port), ...descriptorOf(this.#server) });
    return true;
  }

  /** Waits for no more connections; those that it has accepted live on. Node would tell of it only when they are over, too. */
  close(): void {
    this.#server.close();
    this.#tell({ kind: 'closed' });
  }

  async closed(): Promise<void> {
    this.close();
  }
}

/** One end of a connection: of a program that asked for it, or of one that accepted it. */
export class StreamEnd {
  readonly protocol = 'tcp';
  readonly #socket: Socket;
  readonly #tell: Tell;
  #isPaused = false;

  constructor(socket: Socket, tell: Tell) {
    this.#socket = socket;
    this.#tell = tell;
    socket.on('readable', () => this.#read());
    socket.once('end', () => tell({ kind: 'told-end' }));
    socket.once('close', () => tell({ kind: 'closed' }));
    socket.on('error', (error) => {
      const code = codeOf(error);
      tell(code === 'ECONNREFUSED' ? { kind: 'refused' } : { kind: 'failed', code });
    });
  }

  /** A new socket that asks for a connection to a port. */
  static to(port: number, tell: Tell): StreamEnd {
    return new StreamEnd(connectTo(port), tell);
  }

  get port(): number {
    return this.#socket.localPort ?? 0;
  }
  get isConnected(): boolean {
    return this.#socket.readyState !== 'opening' && !this.#socket.destroyed;
  }
  get canWrite(): boolean {
    return this.isConnected && this.#socket.writable;
  }
  /** Its own end, and its descriptor. */
  get own() {
    return { local: endpoint(this.port), ...descriptorOf(this.#socket) };
  }
  /** The other end. */
  get remote(): Endpoint {
    return endpoint(this.#socket.remotePort ?? 0);
  }

  /** Resolves with whether the system was asked: from then on it has a port of its own. */
  asked(): Promise<boolean> {
    return comes(this.#socket, 'connectionAttempt');
  }

  /** Resolves with whether it is connected: the answer to its asking. */
  connected(): Promise<boolean> {
    return comes(this.#socket, 'connect');
  }

  /** Resolves when the system has taken the bytes. */
  async write(text: string): Promise<void> {
    this.#tell({ kind: 'wrote', bytes: Buffer.byteLength(text), text, remote: this.remote });
    await new Promise<void>((resolve) => {
      this.#socket.write(text, () => resolve());
    });
  }

  pause(): void {
    this.#isPaused = true;
    this.#tell({ kind: 'paused' });
  }

  resume(): void {
    this.#isPaused = false;
    this.#tell({ kind: 'resumed' });
    this.#read();
  }

  end(): void {
    this.#tell({ kind: 'ended' });
    this.#socket.end();
  }

  reset(): void {
    this.#tell({ kind: 'reset' });
    this.#socket.resetAndDestroy();
  }

  /** Resolves when the descriptor has been given back. */
  async closed(): Promise<void> {
    const gone = comes(this.#socket, 'close');
    this.#tell({ kind: 'closing' });
    this.close();
    await gone;
  }

  close(): void {
    this.#socket.destroy();
  }

  /** All that waits is one read, as when a program calls `recv` with a large buffer. */
  #read(): void {
    if (this.#isPaused) return;
    const chunk: unknown = this.#socket.read();
    if (chunk instanceof Uint8Array) this.#tell({ kind: 'read', bytes: chunk.length, text: chunk.toString() });
  }
}
