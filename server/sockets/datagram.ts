/** A datagram socket of a bench, over UDP. It tells what happens to it. */
import type { SocketName, Target } from '#trace/sockets/records.ts';
import { bind, comes, type DatagramSocket, descriptorOf, endpoint } from './loopback.ts';
import type { Tell } from './stream.ts';

/** Where a datagram goes. */
export type Partner = { readonly port: number; readonly name: Target };

export class Datagrams {
  readonly protocol = 'udp';
  readonly #socket: DatagramSocket;
  readonly #tell: Tell;
  #port = 0;
  #isOpen = true;
  #partner: Partner | undefined;

  /** `nameOf`: whose port it is; what comes from any other is nobody's business here. */
  constructor(tell: Tell, nameOf: (port: number) => SocketName | undefined) {
    this.#tell = tell;
    this.#socket = bind();
    this.#socket.on('message', (data, { port }) => {
      const from = nameOf(port);
      if (from !== undefined) tell({ kind: 'read', bytes: data.length, text: data.toString(), from });
    });
    this.#socket.on('error', (error) => tell({ kind: 'failed', code: 'code' in error ? String(error.code) : 'unknown' }));
    this.#socket.once('close', () => tell({ kind: 'closed' }));
  }

  get port(): number {
    return this.#port;
  }

  /** Resolves with whether it has its port. */
  async opened(): Promise<boolean> {
    if (!(await comes(this.#socket, 'listening'))) return false;
    this.#port = this.#socket.address().port;
    this.#tell({ kind: 'bound', ...this.#facts });
    return true;
  }

  /** Remembers its only partner. Nothing is sent. */
  async connect(partner: Partner): Promise<void> {
    const { port, name } = partner;
    this.#partner = partner;
    this.#tell({ kind: 'connecting', to: name, remote: endpoint(port) });
    const connected = comes(this.#socket, 'connect');
    this.#socket.connect(port, endpoint(port).address);
    if (await connected) this.#tell({ kind: 'connected', ...this.#facts, remote: endpoint(port) });
  }

  /** Its only partner, if it has one. */
  get partner() {
    return this.#partner;
  }

  /** Resolves when the system has taken the datagram. */
  async send(text: string, { port, name }: Partner): Promise<void> {
    this.#tell({ kind: 'wrote', bytes: Buffer.byteLength(text), text, remote: endpoint(port), to: name });
    await new Promise<void>((resolve) => {
      // Node refuses an address where there is a partner.
      if (this.#partner) this.#socket.send(text, () => resolve());
      else this.#socket.send(text, port, endpoint(port).address, () => resolve());
    });
  }

  async closed(): Promise<void> {
    const gone = comes(this.#socket, 'close');
    this.#tell({ kind: 'closing' });
    this.close();
    await gone;
  }

  close(): void {
    if (this.#isOpen) this.#socket.close();
    this.#isOpen = false;
  }

  get #facts() {
    return { local: endpoint(this.#port), ...descriptorOf(this.#socket) };
  }
}
