import type { Action, Scenario } from '#lab/scenario.ts';

const bosPage = {
  // #region actions
  hello(socket, _page, text) {
    socket.emit('hello', text);
  },

  connect(socket) {
    socket.connect();
  },
  // #endregion actions
} satisfies Record<string, Action['run']>;

/** One client that does not connect by itself: an emit before the connection waits, and opens nothing. */
export const emitEarly: Scenario = {
  id: 'emit-early',
  title: 'Emit before there is a connection',
  task: 'Let Bo emit twice before he connects.',
  clients: ['bo'],
  // #region server
  server(io) {
    const heard: string[] = [];
    io.on('connection', (socket) => {
      socket.on('hello', (text) => {
        heard.push(text);
      });
    });
  },
  // #endregion server
  clientOptions: () => ({ autoConnect: false }),
  // #region client
  client(socket, page) {
    socket.on('connect', () => {
      page.show('connected');
    });
  },
  // #endregion client
  actions: [
    { id: 'hello', by: 'bo', label: 'Say something', input: { initial: 'hello', maxLength: 30 }, run: bosPage.hello },
    { id: 'connect', by: 'bo', label: 'connect', run: bosPage.connect },
  ],
  runs: [
    {
      id: 'before-connection',
      label: 'Emit, emit, connect',
      plan: 'Bo’s page has io({ autoConnect: false }). It emits “one” and “two”, and only then calls socket.connect().',
      predict: {
        kind: 'choice',
        ask: 'What do the two emits do?',
        choices: [
          { id: 'open', label: 'The first one opens the connection' },
          { id: 'wait', label: 'They wait in Bo’s page until connect(), then leave in order' },
          { id: 'lost', label: 'They are lost: nobody was connected' },
        ],
        read(trace) {
          const hellos = trace.events.filter((event) => event.kind === 'message').filter(({ what }) => what === 'event');
          if (hellos.some(({ fate }) => fate.kind !== 'delivered')) return 'lost';
          return hellos.every(({ sentAt, leftAt = sentAt }) => leftAt > sentAt) ? 'wait' : 'open';
        },
      },
      tally: { event: 'hello', to: 'server' },
      async play(stage) {
        stage.act('hello', 'one');
        await stage.breathe();
        stage.act('hello', 'two');
        await stage.breathe(900);
        stage.act('connect');
        await stage.clientKnows('bo', 'connected');
        await stage.settled();
      },
      because:
        'emit never opens a connection: io() or connect() does. Until then the packets wait in sendBuffer, in the memory of the page.',
    },
  ],
  code: [
    { title: 'What Bo’s page does', side: 'client', region: 'actions' },
    { title: 'The server, as it runs', side: 'server', region: 'server' },
  ],
};
