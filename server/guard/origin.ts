import type { IncomingMessage } from 'node:http';

/**
 * Whether a request may open a connection: a browser says where its page came from, and that must be this very host. CORS
 * does not protect a WebSocket, so any page could otherwise connect with its reader's browser. Programs that are no
 * browsers send no Origin, and need none.
 * Source: RFC 6455 §10.2.
 */
export function isOwnOrigin({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
