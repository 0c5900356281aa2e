/** Connections that begin and do not go on. They are closed after their time, and never keep the server from stopping. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startApp } from '../../server/app.fixture.ts';
import { createPort, PORT_BOUNDS, type Port, type PortBounds } from '../../server/port.ts';

let port: Port;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await port?.close();
});

/** A port that answers everything, refuses every upgrade, and waits for nobody long. */
async function open(bounds: Partial<PortBounds>): Promise<number> {
  port = createPort(
    {
      onRequest: (_request, response) => response.end('here'),
      onUpgrade: (_request, socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    },
    { ...PORT_BOUNDS, headersTimeout: 50, requestTimeout: 50, connectionsCheckingInterval: 10, ...bounds },
  );
  return port.listen(0, '127.0.0.1');
}

async function dial(number: number, text = '', allowHalfOpen = false): Promise<Socket> {
  const socket = connect({ port: number, host: '127.0.0.1', allowHalfOpen });
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  if (text) socket.write(text);
  return socket;
}

const textOf = async (socket: Socket): Promise<string> => Buffer.concat(await socket.toArray()).toString();

describe('the port', () => {
  it.each([
    ['says nothing', ''],
    ['never ends its head', 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: '],
    ['never sends the body it announced', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf'],
  ])('hangs up on a client that %s', async (_what, text) => {
    const answer = await textOf(await dial(await open({}), text));
    expect(answer).toMatch(/HTTP\/1.1 408 Request Timeout|^HTTP\/1.1 200/);
  });
  it('hangs up on a client whose upgrade was refused and who stays', async () => {
    const number = await open({ refusedUpgradeMs: 20, stopGraceMs: 60_000 });
    const upgrade = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    const socket = await dial(number, upgrade, true);
    expect(await textOf(socket)).toMatch(/^HTTP\/1.1 400/);
    // It can close only when that client's connection has gone.
    await port.close();
  });
  it('hangs up on a client that does not read its answer', async () => {
    const gone = new Promise<void>((resolve) => {
      port = createPort(
        {
          onRequest: (request, response) => {
            request.socket.once('close', () => resolve());
            response.end(Buffer.alloc(50_000_000));
          },
          onUpgrade: () => undefined,
        },
        { ...PORT_BOUNDS, silentMs: 50 },
      );
    });
    (await dial(await port.listen(0, '127.0.0.1'), 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')).pause();
    await gone;
  });
  it('answers a client that would rather speak HTTP/2, as if it had not asked (RFC 9110 §7.8)', async () => {
    const socket = await dial(await open({}), 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n');
    expect(await textOf(socket)).toContain('here');
  });
  it('takes no more connections than it may', async () => {
    const number = await open({ maxConnections: 2, headersTimeout: 60_000, requestTimeout: 60_000 });
    const [first] = [await dial(number), await dial(number)];
    const third = await dial(number);
    expect(await textOf(third)).toBe('');
    first?.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(first && (await textOf(first))).toContain('here');
  });
});

describe('the app', () => {
  it('answers others and stops in time with 200 half-open connections', async () => {
    const running = await startApp();
    const half = await Promise.all(Array.from({ length: 200 }, () => dial(running.port, 'GET / HTTP/1.1\r\nHost: x\r\n')));
    expect((await fetch(`${running.url}/health`)).status).toBe(200);
    const gone = Promise.all(half.map((socket) => once(socket, 'close')));
    await running.close();
    await gone;
  });
});
