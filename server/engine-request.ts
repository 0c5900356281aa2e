import type { IncomingMessage } from 'node:http';

/** A request as Engine.IO wants it: with its query parsed. */
export function engineRequest(request: IncomingMessage): IncomingMessage & { _query: Record<string, string> } {
  const query = (request.url ?? '').split('?', 2)[1] ?? '';
  return Object.assign(request, { _query: Object.fromEntries(new URLSearchParams(query)) });
}
