/** The one port: an HTTP server with bounds on what half-open connections may hold, and a way to close in finite time. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

export type Routes = {
  onRequest(request: IncomingMessage, response: ServerResponse): void;
  onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
};

/** How long a client may take, milliseconds, and how many there may be. */
export const PORT_BOUNDS = {
  /** For the head of a request, and for all of it. */
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  /** How often these two are looked at. */
  connectionsCheckingInterval: 5_000,
  /** For a client that neither sends nor reads, in the middle of an answer too. WebSockets end this clock. */
  silentMs: 60_000,
  /** For a client whose upgrade was refused to hang up. WebSockets end this clock when they are accepted. */
  refusedUpgradeMs: 10_000,
  /** For connections to end by themselves when the server stops. */
  stopGraceMs: 2_000,
  maxConnections: 10_000,
} as const;

export type PortBounds = { readonly [Name in keyof typeof PORT_BOUNDS]: number };
export type Port = ReturnType<typeof createPort>;

/** Makes the port; `listen` opens it. */
export function createPort(routes: Routes, bounds: PortBounds = PORT_BOUNDS) {
  // Another upgrade (`h2c`, which curl offers) may be ignored, and must not cost the answer. Source: RFC 9110 §7.8.
  const shouldUpgradeCallback = ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket';
  const http = createServer({ ...bounds, shouldUpgradeCallback }, routes.onRequest);
  http.timeout = bounds.silentMs;
  http.maxConnections = bounds.maxConnections;
  const open = new Set<Duplex>();
  http.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  http.on('upgrade', (request, socket, head) => {
    // HTTP's own clocks and listeners are off from here; `ws` takes this clock off when it accepts.
    socket.on('error', () => undefined);
    if ('setTimeout' in socket && typeof socket.setTimeout === 'function')
      socket.setTimeout(bounds.refusedUpgradeMs, () => socket.destroy());
    routes.onUpgrade(request, socket, head);
  });

  return {
    /** Resolves with the number of the port. Rejects with the system's error, EADDRINUSE for one. */
    async listen(port: number, host: string): Promise<number> {
      const listening = once(http, 'listening');
      http.listen(port, host);
      await listening;
      const address = http.address();
      return typeof address === 'object' && address ? address.port : port;
    },
    /** Takes nobody in any more, and resolves when nobody is left: the last ones are cut off after a grace. */
    async close(): Promise<void> {
      if (!http.listening) return;
      const closed = once(http, 'close');
      http.close();
      const impatient = setTimeout(() => {
        for (const socket of open) socket.destroy();
      }, bounds.stopGraceMs);
      await closed;
      clearTimeout(impatient);
    },
  };
}
