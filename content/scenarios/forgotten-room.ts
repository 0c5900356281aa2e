import type { Action, Run, Scenario } from '#lab/scenario.ts';

const say: Action = {
  id: 'say',
  by: 'ada',
  label: 'Say something',
  input: { initial: 'three', maxLength: 30 },
  run: (socket, _page, text) => socket.emit('chat', text),
};

const story = (because: string): Run => ({
  id: 'cut-and-back',
  label: 'Cut Bo’s cable and plug it in again',
  plan: 'Ada says one. Bo’s cable is cut and plugged in again. When Bo is connected again, Ada says two.',
  predict: { kind: 'count', ask: 'How many of the two will Bo get?', event: 'chat', to: 'bo', choices: [0, 1, 2] },
  tally: { event: 'chat', to: 'bo' },
  async play(stage) {
    stage.act('say', 'one');
    await stage.settled();
    await stage.breathe();
    stage.lose('bo', 'cut');
    await stage.serverKnows('bo', 'disconnected');
    await stage.breathe();
    stage.bringBack('bo');
    await stage.clientKnows('bo', 'connected');
    await stage.settled();
    stage.act('say', 'two');
    await stage.settled();
  },
  because,
});

/** A bug to find: after a reconnect Bo is connected, and hears nothing. */
export const forgottenRoom: Scenario = {
  id: 'forgotten-room',
  title: 'Find the forgotten room',
  task: 'Bo is connected, and still hears nothing. Find out why.',
  clients: ['ada', 'bo'],
  // #region server
  server(io) {
    io.on('connection', (socket) => {
      socket.on('join', (room) => {
        socket.join(room);
      });
      socket.on('chat', (text) => {
        io.to('lobby').emit('chat', text);
      });
    });
  },
  // #endregion server
  // #region client
  client(socket, page) {
    socket.emit('join', 'lobby');

    socket.on('chat', (text) => {
      page.show(text);
    });
  },
  // #endregion client
  actions: [say],
  lose: { who: 'bo', ways: ['cut'] },
  runs: [
    story(
      'Rooms live on the server and belong to a socket. Bo came back as a new socket, in no room but its own. His page had asked to join once, when it was loaded, and never again, so “two” was not meant for him at all.',
    ),
  ],
  code: [
    { title: 'The page of each client', side: 'client', region: 'client' },
    { title: 'The server, as it runs', side: 'server', region: 'server' },
  ],
};

/** The same chat with the bug mended: the page asks to join each time it connects. */
export const forgottenRoomFixed: Scenario = {
  ...forgottenRoom,
  id: 'forgotten-room-fixed',
  title: 'The room, remembered',
  task: 'The same steps with one line moved. Say what changes.',
  // #region fixed-client
  client(socket, page) {
    socket.on('connect', () => {
      socket.emit('join', 'lobby');
    });

    socket.on('chat', (text) => {
      page.show(text);
    });
  },
  // #endregion fixed-client
  runs: [
    story(
      'connect fires at every connection, also after a loss. So the new socket asks for its room again, and is in it when “two” is said.',
    ),
  ],
  code: [
    { title: 'The page of each client, mended', side: 'client', region: 'fixed-client', file: 'forgotten-room' },
    { title: 'The server, as before', side: 'server', region: 'server', file: 'forgotten-room' },
  ],
};
