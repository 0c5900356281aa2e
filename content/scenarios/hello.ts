import type { Scenario } from '#lab/scenario.ts';

/** The front page's lab: two clients, one server that passes a word on. */
export const hello: Scenario = {
  id: 'hello',
  title: 'Say hello',
  task: 'Say hello. Then cut Bo’s cable and say it again.',
  clients: ['ada', 'bo'],
  // #region server
  server(io) {
    io.on('connection', (socket) => {
      socket.on('hello', (text) => {
        socket.broadcast.emit('hello', text);
      });
    });
  },
  // #endregion server
  // #region client
  client(socket, page) {
    socket.on('hello', (text) => {
      page.show(text);
    });
  },
  // #endregion client
  actions: [
    {
      id: 'hello',
      by: 'ada',
      label: 'Say hello',
      run: (socket) => socket.emit('hello', 'hello'),
    },
  ],
  lose: { who: 'bo', ways: ['cut'] },
  runs: [
    {
      id: 'hello',
      label: 'Hello, cut, hello',
      plan: 'Ada says hello, Bo’s cable is cut, Ada says hello again.',
      predict: { kind: 'count', ask: 'How many of the two will Bo get?', event: 'hello', to: 'bo', choices: [0, 1, 2] },
      tally: { event: 'hello', to: 'bo' },
      async play(stage) {
        stage.act('hello');
        await stage.settled();
        await stage.breathe();
        stage.lose('bo', 'cut');
        await stage.serverKnows('bo', 'disconnected');
        stage.act('hello');
        await stage.settled();
      },
      because: 'The server sends to whoever is connected at that moment. It keeps nothing for those who are not.',
    },
  ],
  code: [{ title: 'The server, as it runs', side: 'server', region: 'server' }],
};
