import type { PersonId } from '#lab/people.ts';
import type { Action, Run, Scenario } from '#lab/scenario.ts';

const EVERYBODY = ['ada', 'bo', 'cy', 'dee'] as const satisfies readonly PersonId[];
const NAMES: Partial<Record<PersonId, string>> = { ada: 'Ada', bo: 'Bo', cy: 'Cy', dee: 'Dee' };

/** Ada asks for one of the server's calls. */
const ask = (id: string, call: string): Action => ({ id, by: 'ada', label: `${id} → ${call}`, run: (socket) => socket.emit(id, 'hi') });

/** A run in which Ada triggers one call, and the question is who gets `event`. `calls` is what the handler calls, if that is more. */
const run = (id: string, label: string, because: string, { event = 'news', calls = label } = {}): Run => ({
  id: id.replaceAll(' ', '-'),
  label,
  plan: `Ada’s page emits ${id}; the server’s handler calls ${calls}. Ada and Bo are in room red. Dee is in the namespace /admin too.`,
  predict: { kind: 'recipients', ask: `Who receives ${event}?`, event, among: EVERYBODY },
  async play(stage) {
    stage.act(id);
    await stage.settled();
  },
  because,
});

/** Who gets it? Four clients, one room, one namespace more. */
export const broadcast: Scenario = {
  id: 'broadcast',
  title: 'Who gets it?',
  task: 'Choose what the server calls, tick who will receive it, and run it.',
  clients: EVERYBODY,
  zoom: 2.5,
  clientOptions: (who) => ({ auth: { name: NAMES[who] ?? who } }),
  // #region server
  server(io) {
    io.of('/admin');
    io.on('connection', (socket) => {
      const { name } = socket.handshake.auth;
      if (name === 'Ada' || name === 'Bo') {
        socket.join('red');
      }

      socket.on('all', (text) => {
        io.emit('news', text);
      });
      socket.on('me', (text) => {
        socket.emit('news', text);
      });
      socket.on('others', (text) => {
        socket.broadcast.emit('news', text);
      });
      socket.on('red', (text) => {
        io.to('red').emit('news', text);
      });
      socket.on('other reds', (text) => {
        socket.to('red').emit('news', text);
      });
      socket.on('not red', (text) => {
        io.except('red').emit('news', text);
      });
      socket.on('admins', (text) => {
        io.of('/admin').emit('news', text);
      });
      socket.on('maybe', (text) => {
        io.emit('news', text);
        io.volatile.emit('cursor', text);
      });
    });
  },
  // #endregion server
  // #region client
  client(socket, page) {
    socket.on('news', (text) => page.show(`news: ${text}`));
    socket.on('cursor', (text) => page.show(`cursor: ${text}`));

    if (page.me === 'dee') {
      const admin = socket.io.socket('/admin');
      admin.on('news', (text) => page.show(`admin: ${text}`));
      admin.connect();
    }
  },
  // #endregion client
  actions: [
    ask('all', 'io.emit'),
    ask('me', 'socket.emit'),
    ask('others', 'socket.broadcast.emit'),
    ask('red', "io.to('red')"),
    ask('other reds', "socket.to('red')"),
    ask('not red', "io.except('red')"),
    ask('admins', "io.of('/admin')"),
    ask('maybe', 'io.volatile.emit'),
  ],
  runs: [
    run(
      'all',
      'io.emit',
      'From io there is no sender to leave out: every client that is connected to the main namespace gets it, Ada too.',
    ),
    run('me', 'socket.emit', 'Here socket stands for Ada’s client, so this goes to her alone.'),
    run(
      'others',
      'socket.broadcast.emit',
      'Everybody but the socket that it is called on. The same person’s second tab would be another socket, and would get it.',
    ),
    run('red', "io.to('red').emit", 'Everybody in the room, Ada as well, since io leaves nobody out.'),
    run(
      'other reds',
      "socket.to('red').emit",
      'Called on a socket, a room broadcast leaves that socket out: Ada is in red, and does not get her own.',
    ),
    run('not red', "io.except('red').emit", 'Everybody who is not in the room.'),
    run(
      'admins',
      "io.of('/admin').emit",
      'A namespace is a world of its own: only sockets that connected to /admin hear it. Dee did, over the same connection.',
    ),
    run(
      'maybe',
      'io.volatile.emit',
      'volatile means: only if it can be written at once. The transports were busy with news, from the line before, so cursor was dropped, and nobody was told.',
      { event: 'cursor', calls: 'io.emit with news and, in the next line, io.volatile.emit with cursor' },
    ),
  ],
  code: [{ title: 'The server, as it runs', side: 'server', region: 'server' }],
};
