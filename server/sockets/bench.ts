/** A bench: named sockets on the loopback interface, and the steps that a learner does with them. */
import type { Socket } from 'node:net';
import type { Result } from '#lab/control-plane.ts';
import { LIMITS } from '#lab/limits.ts';
import { acceptedName, type SocketStep } from '#lab/sockets/steps.ts';
import type { SocketFact, SocketName, SocketRecord, Target } from '#trace/sockets/records.ts';
import { Datagrams, type Partner } from './datagram.ts';
import { type DatagramSocket, deafSocket, endpoint, freedPort } from './loopback.ts';
import { Listener, StreamEnd, type Tell } from './stream.ts';

type Held = Listener | StreamEnd | Datagrams;
type Step<Do extends SocketStep['do']> = Extract<SocketStep, { do: Do }>;

export type BenchSettings = {
  now(): number;
  record(record: SocketRecord): void;
};

const DONE: Result<null> = { ok: true, value: null };
const NOT_NOW: Result<never> = { ok: false, why: 'not-now' };
const FAILED: Result<never> = { ok: false, why: 'failed' };

export class Bench {
  readonly #settings: BenchSettings;
  readonly #held = new Map<SocketName, Held>();
  #deaf: Promise<DatagramSocket> | undefined;
  #steps = 0;
  #bytes = 0;
  #isOver = false;

  constructor(settings: BenchSettings) {
    this.#settings = settings;
  }

  /** Sockets that are open. */
  get size(): number {
    return this.#held.size;
  }

  /** Does one step, and resolves with its number when it is over: what it causes at the other end may come later. */
  async step(step: SocketStep): Promise<Result<{ readonly step: number }>> {
    if (this.#isOver) return NOT_NOW;
    if (this.#steps >= LIMITS.stepsPerBench) return { ok: false, why: 'bench-spent' };
    this.#steps += 1;
    const number = this.#steps;
    const result = await this.#do(step);
    return result.ok ? { ok: true, value: { step: number } } : result;
  }

  /** Closes every socket. Nothing of the bench remains, and nothing more is told. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const held of this.#held.values()) held.close();
    this.#held.clear();
    this.#deaf?.then(
      (socket) => socket.close(),
      () => undefined,
    );
  }

  async #do(step: SocketStep): Promise<Result<null>> {
    switch (step.do) {
      case 'listen':
        return this.#open(step.socket, (tell) => new Listener(tell, (accepted) => this.#accept(step.socket, accepted)));
      case 'bind':
        return this.#open(step.socket, (tell) => new Datagrams(tell, (port) => this.#nameOfDatagrams(port)));
      case 'connect':
        return this.#connect(step);
      case 'send':
        return this.#send(step);
      default:
        return this.#act(step);
    }
  }

  #teller(socket: SocketName): Tell {
    return (fact) => this.#tell(socket, fact);
  }

  #tell(socket: SocketName, fact: SocketFact): void {
    if (this.#isOver) return;
    if (fact.kind === 'closed') this.#held.delete(socket);
    this.#settings.record({ t: this.#settings.now(), step: this.#steps, socket, ...fact });
  }

  /** Whether so many sockets more may be opened. */
  #hasRoom(more: number): boolean {
    return this.#held.size + (this.#deaf ? 1 : 0) + more <= LIMITS.socketsPerBench;
  }

  async #open(name: SocketName, make: (tell: Tell) => Listener | Datagrams): Promise<Result<null>> {
    if (this.#held.has(name)) return NOT_NOW;
    if (!this.#hasRoom(1)) return { ok: false, why: 'bench-full' };
    const held = make(this.#teller(name));
    this.#held.set(name, held);
    if (await held.opened()) return DONE;
    this.#held.delete(name);
    return FAILED;
  }

  #connect(step: Step<'connect'>): Promise<Result<null>> | Result<null> {
    const held = this.#held.get(step.socket);
    if (held instanceof Datagrams) return this.#connectDatagrams(held, step.to);
    return held ? NOT_NOW : this.#dial(step);
  }

  async #connectDatagrams(held: Datagrams, to: Target): Promise<Result<null>> {
    const partner = await this.#partner(to);
    if (!partner || held.partner || this.#isOver) return NOT_NOW;
    await held.connect(partner);
    return DONE;
  }

  async #dial({ socket: name, to }: Step<'connect'>): Promise<Result<null>> {
    const port = to === 'nobody' ? await freedPort() : this.#streamPort(to);
    if (port === undefined || this.#isOver || this.#held.has(name)) return NOT_NOW;
    if (!this.#hasRoom(2)) return { ok: false, why: 'bench-full' };
    const listener = this.#listenerAt(port);
    if (listener && this.#held.has(acceptedName(listener, name))) return NOT_NOW;
    const end = StreamEnd.to(port, this.#teller(name));
    this.#held.set(name, end);
    if (!(await end.asked())) return NOT_NOW;
    this.#tell(name, { kind: 'connecting', to, remote: endpoint(port), ...end.own });
    if (!(await end.connected())) return DONE;
    // Somebody else on this computer may have taken a port that was free a moment ago.
    if (!this.#listenerAt(port)) {
      end.close();
      return FAILED;
    }
    this.#tell(name, { kind: 'connected', remote: end.remote, ...end.own });
    return DONE;
  }

  /** A connection has come to a listening socket. If it is of this bench, it gets a name; a stranger is hung up on. */
  #accept(by: SocketName, accepted: Socket): void {
    const peer = [...this.#held].find(([, held]) => held instanceof StreamEnd && held.port === accepted.remotePort)?.[0];
    const name = peer && acceptedName(by, peer);
    if (!peer || !name || this.#isOver || this.#held.has(name) || !this.#hasRoom(1)) {
      accepted.destroy();
      return;
    }
    const end = new StreamEnd(accepted, this.#teller(name));
    this.#held.set(name, end);
    this.#tell(name, { kind: 'accepted', by, peer, remote: end.remote, ...end.own });
  }

  async #send({ socket: name, text, to }: Step<'send'>): Promise<Result<null>> {
    const bytes = Buffer.byteLength(text);
    if (this.#bytes + bytes > LIMITS.bytesPerBench) return { ok: false, why: 'bench-spent' };
    this.#bytes += bytes;
    const held = this.#held.get(name);
    if (held instanceof Datagrams) return this.#sendDatagram(held, text, to);
    if (!(held instanceof StreamEnd) || !held.canWrite || to !== undefined) return NOT_NOW;
    await held.write(text);
    return DONE;
  }

  /** A socket with a partner sends to nobody else; one without has to be told to whom. */
  async #sendDatagram(held: Datagrams, text: string, to: Target | undefined): Promise<Result<null>> {
    const partner = to === undefined ? held.partner : await this.#partner(to);
    if (!partner || this.#isOver || (to !== undefined && held.partner)) return NOT_NOW;
    await held.send(text, partner);
    return DONE;
  }

  /** Steps of one socket that is there. */
  async #act(step: Step<'pause' | 'resume' | 'end' | 'close' | 'reset'>): Promise<Result<null>> {
    const held = this.#held.get(step.socket);
    if (!held) return NOT_NOW;
    if (step.do === 'close') {
      await held.closed();
      return DONE;
    }
    if (!(held instanceof StreamEnd) || !held.isConnected) return NOT_NOW;
    if (step.do === 'end' && !held.canWrite) return NOT_NOW;
    held[step.do]();
    return DONE;
  }

  /** The port of a stream socket of this bench. Datagram sockets do not count: their ports are numbered apart. */
  #streamPort(to: SocketName): number | undefined {
    const held = this.#held.get(to);
    return held && !(held instanceof Datagrams) && held.port > 0 ? held.port : undefined;
  }

  async #partner(name: Target): Promise<Partner | undefined> {
    if (name === 'nobody') {
      this.#deaf ??= deafSocket();
      return { name, port: (await this.#deaf).address().port };
    }
    const held = this.#held.get(name);
    return held instanceof Datagrams && held.port > 0 ? { name, port: held.port } : undefined;
  }

  #listenerAt(port: number): SocketName | undefined {
    return [...this.#held].find(([, held]) => held instanceof Listener && held.port === port)?.[0];
  }

  #nameOfDatagrams(port: number): SocketName | undefined {
    return [...this.#held].find(([, held]) => held instanceof Datagrams && held.port === port)?.[0];
  }
}
