/** A client that keeps to no protocol but what it is told to send: a bare WebSocket, with Engine.IO packets as text. */
import { once } from 'node:events';
import { WebSocket } from 'ws';

export type Closed = { readonly code: number; readonly reason: string };

export class RawClient {
  readonly socket: WebSocket;
  /** Resolves when the connection has ended. */
  readonly closed: Promise<Closed>;
  readonly #received: string[] = [];
  /** Who waits for the next packet: more than one may. */
  readonly #waiting: (() => void)[] = [];

  private constructor(url: string, headers: Record<string, string>) {
    this.socket = new WebSocket(url, { headers });
    this.closed = new Promise((resolve) => this.socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })));
    // The server may well cut us off: that is no fault of the test.
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data) => this.#receive(String(data)));
  }

  /** Opens an Engine.IO session; no namespace is joined yet. */
  static async open(port: number, path: string, headers: Record<string, string> = {}): Promise<RawClient> {
    const client = new RawClient(`ws://127.0.0.1:${port}${path}?EIO=4&transport=websocket`, headers);
    await once(client.socket, 'open');
    await client.next('0');
    return client;
  }

  /** Opens a session and joins a namespace. */
  static async join(port: number, path: string, auth: object = {}, namespace = '/'): Promise<RawClient> {
    const client = await RawClient.open(port, path);
    client.connect(namespace, auth);
    await client.next(namespace === '/' ? '40' : `40${namespace}`);
    return client;
  }

  connect(namespace = '/', auth: object = {}): void {
    this.send(`40${namespace === '/' ? '' : `${namespace},`}${JSON.stringify(auth)}`);
  }

  send(packet: string | Buffer): void {
    this.socket.send(packet);
  }

  /** Sends an event. With an `ackId`, an acknowledgement is asked for. */
  emit(event: string, payload: unknown = null, ackId: number | '' = ''): void {
    this.send(`42${ackId}${JSON.stringify([event, payload])}`);
  }

  /** Resolves with the first packet that begins with `prefix`, come already or still to come. */
  async next(prefix: string): Promise<string> {
    for (;;) {
      const index = this.#received.findIndex((packet) => packet.startsWith(prefix));
      if (index >= 0) return String(this.#received.splice(index, 1)[0]);
      const arrived = new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
      const end = await Promise.race([arrived, this.closed]);
      if (end && !this.#received.some((packet) => packet.startsWith(prefix)))
        throw new Error(`closed with ${end.code} ${end.reason} before ${prefix}`);
    }
  }

  /** Resolves when the server has answered an echo: what was sent before has been dealt with. */
  async echoed(): Promise<void> {
    this.emit('echo', 'still here', 7);
    await this.next('437["still here"]');
  }

  end(): void {
    this.socket.terminate();
  }

  #receive(packet: string): void {
    if (packet === '2') this.socket.send('3');
    else this.#received.push(packet);
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
