/** One engine session of the model: two ordered ways, each of which may be slow, jammed, held or cut. */
import type { LaneId, LossCause } from '../trace.ts';
import type { Lab } from './lab.fixture.ts';
import { type Meant, Part, type Said } from './truth.fixture.ts';

type Wire = { readonly ackId?: number | undefined; readonly offset?: string | undefined };

/** The packets of an event: its text, and one for each attachment. */
export function textsOf({ event, args, bytes = [] }: Said, { ackId, offset }: Wire = {}): readonly string[] {
  const places = bytes.map((_, num) => ({ _placeholder: true, num }));
  const data = JSON.stringify([event, ...args, ...places, ...(offset === undefined ? [] : [offset])]);
  const head = bytes.length > 0 ? `45${bytes.length}-` : '42';
  return [`${head}${ackId ?? ''}${data}`, ...bytes.map((one) => `b${btoa(String.fromCharCode(...one))}`)];
}

type Direction = 'c2s' | 's2c';
type Way = { isJammed: boolean; readonly waiting: Part[]; written: number; lastDue: number };
const newWay = (): Way => ({ isJammed: false, waiting: [], written: 0, lastDue: 0 });

/** `isTorn`: the transport takes the header, and then no more for now. */
type About = { readonly meant?: Meant | undefined; readonly isReplay?: boolean; readonly isTorn?: boolean };

export class Connection {
  readonly lane: LaneId;
  readonly sid: string;
  readonly ways = { c2s: newWay(), s2c: newWay() };
  /** Of the Socket.IO socket on it, once there is one. */
  socketId = '';
  pid = '';
  rooms = new Set<string>();
  isRecovered = false;
  isClientOpen = false;
  isServerOpen = true;
  /** What waits in a black hole. */
  held: (() => void)[] | undefined;
  broken: LossCause | undefined;
  /** Nothing gets through any more. */
  #isSevered = false;
  readonly #lab: Lab;

  constructor(lab: Lab, lane: LaneId, sid: string) {
    this.#lab = lab;
    this.lane = lane;
    this.sid = sid;
  }

  /** Neither side will hear anything of the other again. */
  get isOver(): boolean {
    return !this.isClientOpen && !this.isServerOpen;
  }

  send(direction: Direction, texts: readonly string[], { meant, isReplay = false, isTorn = false }: About = {}): void {
    const parts = texts.map((text) => new Part(text));
    meant?.copies.push({ connection: this, parts, isReplay });
    const way = this.ways[direction];
    for (const part of parts) {
      if (direction === 'c2s') this.#lab.note(this.lane, ['created', this.#lab.now, this.sid, part.text]);
      else this.#lab.noteAtServer(['created', this.#lab.serverNow, this.sid, part.text]);
      way.waiting.push(part);
      if (!way.isJammed) this.#write(direction);
      if (isTorn && texts.length > 1) way.isJammed = true;
    }
  }

  jam(direction: Direction, isJammed: boolean): void {
    this.ways[direction].isJammed = isJammed;
    const isOpen = direction === 'c2s' ? this.isClientOpen : this.isServerOpen;
    if (!isJammed && isOpen) this.#write(direction);
  }

  /** Delivers in order, after the delay of the way; a hole keeps it until it is mended. */
  carry(direction: Direction, deliver: () => void): void {
    const way = this.ways[direction];
    const { upMs, downMs } = this.#lab.settings;
    way.lastDue = Math.max(way.lastDue, this.#lab.now + (direction === 'c2s' ? upMs : downMs));
    const arrive = () => {
      if (this.held) this.held.push(arrive);
      else if (!this.#isSevered) deliver();
    };
    this.#lab.schedule(way.lastDue, arrive);
  }

  hold(): void {
    this.held = [];
    this.broken ??= 'black-hole';
  }
  /** The cable is whole again: what waited goes on if both ends still live. */
  release(): void {
    const held = this.held;
    if (!held) return;
    this.held = undefined;
    if (this.isClientOpen && this.isServerOpen) {
      this.broken = undefined;
      for (const arrive of held) arrive();
      return;
    }
    this.#isSevered = true;
    this.#lab.clientCloses(this, 'transport close');
    this.#lab.serverCloses(this, 'transport close');
  }
  cut(): void {
    this.#isSevered = true;
    this.broken ??= 'cut';
    this.#lab.clientCloses(this, 'transport close');
    this.#lab.schedule(this.#lab.now + 2, () => this.#lab.serverCloses(this, 'transport close'));
  }
  /** The device is on another network: the server's half stays, and hears nothing. */
  ghost(): void {
    this.#isSevered = true;
    this.broken ??= 'network-change';
    this.#lab.clientCloses(this, 'transport close');
  }
  /** The server's process is gone. What it sent before still arrives. */
  die(): void {
    if (!this.isServerOpen) return;
    this.isServerOpen = false;
    this.broken ??= 'crash';
    this.carry('s2c', () => this.#lab.clientCloses(this, 'transport close'));
  }

  #write(direction: Direction): void {
    const way = this.ways[direction];
    const parts = way.waiting.splice(0);
    if (parts.length === 0) return;
    way.written += parts.length;
    if (direction === 'c2s') this.#lab.note(this.lane, ['written', this.#lab.now, this.sid, way.written]);
    else this.#lab.noteAtServer(['written', this.#lab.serverNow, this.sid, way.written]);
    for (const part of parts) {
      part.isWritten = true;
      this.carry(direction, () => this.#arrive(direction, part));
    }
  }

  #arrive(direction: Direction, part: Part): void {
    if (direction === 'c2s' ? !this.isServerOpen : !this.isClientOpen) return;
    part.arrivedAt = this.#lab.now;
    if (direction === 'c2s') this.#lab.reachedServer(this, part.text);
    else this.#lab.reachedClient(this, part.text);
  }
}
