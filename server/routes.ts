/** Which path goes where: labs, the control plane, health, metrics, and the site for everything else. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { CONTROL_PATH } from '#lab/control-plane.ts';
import { engineRequest } from './engine-request.ts';
import type { ControlPlane } from './labs/control.ts';
import type { LabRegistry } from './labs/registry.ts';
import type { Metrics } from './metrics.ts';
import type { Routes } from './port.ts';
import { type SiteHandler, setSafeHeaders } from './static.ts';

export type RouteSettings = {
  readonly labs: LabRegistry;
  readonly control: ControlPlane;
  readonly metrics: Metrics;
  /** Undefined when no site has been built. */
  readonly site: SiteHandler | undefined;
  /** Why the server should get no new visitors now; undefined when it is ready. */
  unreadyBecause(): string | undefined;
  isStopping(): boolean;
  /** Hears of a fault of our own. */
  fault(what: string, error: unknown): void;
};

const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?', 1)[0] ?? '/';

/** For load balancers: 200 when ready, 503 and why when not. */
function answerHealth(response: ServerResponse, why: string | undefined): void {
  response.writeHead(why ? 503 : 200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(why ? { ready: false, why } : { ready: true }));
}

async function answerMetrics(response: ServerResponse, { registry }: Metrics): Promise<void> {
  const text = await registry.metrics();
  response.writeHead(200, { 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' }).end(text);
}

const answerNoSite: SiteHandler = (_request, response) => {
  response
    .writeHead(503, { 'Content-Type': 'text/plain; charset=utf-8' })
    .end('No site has been built. Run `npm start`, which builds it.\n');
};

export function createRoutes(settings: RouteSettings): Routes {
  const { labs, control, metrics, site = answerNoSite, unreadyBecause, isStopping, fault } = settings;
  const isControl = (path: string) => path.startsWith(CONTROL_PATH);

  const route = async (path: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    setSafeHeaders(response);
    const lab = labs.route(path);
    if (lab === undefined) response.writeHead(404).end();
    else if (lab !== 'none') lab.handleRequest(request, response);
    else if (isControl(path)) control.engine.handleRequest(engineRequest(request), response);
    else if (path === '/health') answerHealth(response, unreadyBecause());
    else if (path === '/metrics') await answerMetrics(response, metrics);
    else site(request, response);
  };

  return {
    onRequest(request, response) {
      route(pathOf(request), request, response).catch((error: unknown) => {
        fault('request', error);
        if (response.headersSent) response.destroy();
        else response.writeHead(500).end();
      });
    },
    onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
      const path = pathOf(request);
      const lab = labs.route(path);
      if (lab !== undefined && lab !== 'none') lab.handleUpgrade(request, socket, head);
      else if (isControl(path) && !isStopping()) control.engine.handleUpgrade(engineRequest(request), socket, head);
      else socket.destroy();
    },
  };
}
