/**
 * Every bound of the labs, in one place. Nobody signs in, so everything is bounded.
 * The README shows this table; `server/config.ts` lets the environment change those that depend on the machine.
 */
export const LIMITS = {
  /** Nesting of arrays and objects in any payload. */
  depth: 32,
  /** Characters (or bytes) of one packet inside a lab. */
  packetChars: 16_384,
  /** Engine.IO's own bound on one message, bytes. */
  maxHttpBufferSize: 65_536,
  /** Packets a second that one connection may send for long, and at once. */
  packetsPerSecond: 50,
  packetBurst: 100,
  /** Characters of all its packets together, a second for long and at once. */
  charsPerSecond: 65_536,
  burstChars: 262_144,
  /**
   * Characters that one lab is told until its server is started again. A scenario may remember all of them, in twenty times
   * as much memory (a list of `{}`).
   */
  charsInAll: 1_048_576,
  /** Binary attachments of one packet: Socket.IO's own bound, but counted by their names, too. */
  attachments: 10,
  /** WebSocket pings that one connection may send a second for long, and at once. */
  pingsPerSecond: 1,
  pingBurst: 20,
  /** What may wait for one client that does not read, bytes. Then it is closed. */
  unreadBytes: 262_144,
  /** Connections to one lab. */
  connectionsPerLab: 12,
  /** Labs at once, in all, for one address and for one control connection. */
  labs: 500,
  labsPerAddress: 60,
  labsPerWatcher: 6,
  /** Lab openings, and joins, a minute from one address. */
  opensPerMinute: 120,
  /** How long a lab lives without anybody watching, and in all, milliseconds. */
  unwatchedMs: 60_000,
  lifeMs: 3_600_000,
  /** Records kept for a watcher that comes later. */
  recordsKept: 2_000,
  /** Characters of one record's text. */
  recordChars: 1_024,
  /** How often a lab's records are sent to its watchers, milliseconds. */
  batchMs: 50,
  /** Characters of one packet on the control plane: a report of a client's log is the largest. */
  controlChars: 262_144,
  /** Records of a client's log in one report of a page. */
  recordsPerReport: 500,
  /** Benches of plain sockets at once, in all, for one address and for one page. */
  benches: 100,
  benchesPerAddress: 40,
  benchesPerPage: 4,
  /** Sockets of one bench that are open at once; each costs the process a descriptor. */
  socketsPerBench: 12,
  /** Steps of one bench, characters of one write, and bytes of all of them. */
  stepsPerBench: 300,
  charsPerWrite: 256,
  bytesPerBench: 16_384,
  /** How long a bench waits for its next step, and lives in all, milliseconds. */
  benchIdleMs: 180_000,
  benchLifeMs: 900_000,
} as const;
