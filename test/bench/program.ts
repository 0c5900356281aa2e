/** The program that every measured server runs, in a lab and bare: one event in, four out, one acknowledgement. */
import type { Server } from 'socket.io';
import type { Scenario } from '#lab/scenario.ts';

/** Clients that hear what one of them says. A group is a lab of its own, or a room of the bare server. */
export const GROUP_SIZE = 4;

/** What a client says: as long as a line of a chat. */
export const TEXT = 'A line of a chat, of the length that people write';

function serve(io: Server): void {
  io.on('connection', (socket) => {
    const group = String(socket.handshake.auth['group']);
    socket.join(group);
    socket.on('say', (text, done) => {
      io.to(group).emit('said', text);
      done('ok');
    });
  });
}

export const program: Scenario = {
  id: 'bench',
  title: 'One delivery',
  task: 'Say something.',
  clients: [],
  // Socket.IO's own defaults, as the bare server has them: heartbeats are no part of what is compared.
  options: { pingIntervalMs: 25_000, pingTimeoutMs: 20_000 },
  server: serve,
  client: () => undefined,
  actions: [],
  runs: [],
  code: [],
};
