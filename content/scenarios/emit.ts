import type { Action, Scenario } from '#lab/scenario.ts';
import type { Message, Trace } from '#trace/trace.ts';

const messages = (trace: Trace): readonly Message[] => trace.events.filter((event) => event.kind === 'message');
const shown = (trace: Trace, text: string): boolean =>
  trace.events.some((event) => event.kind === 'note' && event.by === 'shown' && event.text.includes(text));

const adasPage = {
  // #region actions
  hello(socket, _page, text) {
    socket.emit('hello', text);
  },

  ask(socket) {
    socket.emit('ask');
  },

  save(socket, page) {
    socket.emit('save', 'draft', (answer: string) => {
      page.show(answer);
    });
    page.show('emit has returned');
  },

  publish(socket, page) {
    socket.timeout(1000).emit('publish', 'draft', (error: Error | null) => {
      page.show(error ? `no answer: ${error.message}` : 'published');
    });
  },
  // #endregion actions
} satisfies Record<string, Action['run']>;

/** Two clients and one server: what `emit` does in each direction, and how the sender learns that it arrived. */
export const emit: Scenario = {
  id: 'emit',
  title: 'Emit, in both directions',
  task: 'Choose an emit, say what it will do, and watch the packet.',
  clients: ['ada', 'bo'],
  zoom: 2.5,
  // #region server
  server(io) {
    const heard: string[] = [];
    io.on('connection', (socket) => {
      socket.on('hello', (text) => {
        heard.push(text);
      });

      socket.on('ask', () => {
        socket.emit('answer', 'for you');
      });

      socket.on('save', (draft, done) => {
        done(`saved ${draft}`);
      });

      socket.on('publish', (draft) => {
        heard.push(draft);
        // and forgets the callback
      });
    });
  },
  // #endregion server
  // #region client
  client(socket, page) {
    socket.on('answer', (text) => {
      page.show(`answer: ${text}`);
    });
  },
  // #endregion client
  actions: [
    { id: 'hello', by: 'ada', label: 'Say something', input: { initial: 'hello', maxLength: 30 }, run: adasPage.hello },
    { id: 'ask', by: 'ada', label: 'ask', run: adasPage.ask },
    { id: 'save', by: 'ada', label: 'save with a callback', run: adasPage.save },
    { id: 'publish', by: 'ada', label: 'publish with a timeout', run: adasPage.publish },
  ],
  runs: [
    {
      id: 'client-to-server',
      label: 'A client emits',
      plan: "Ada’s page is connected. Her program calls socket.emit('hello', 'hello').",
      predict: {
        kind: 'choice',
        ask: 'What does this emit do to the connection?',
        choices: [
          { id: 'opens', label: 'It opens a new connection to the server, sends, and closes it' },
          { id: 'uses', label: 'It puts one packet on the connection that is already open' },
          { id: 'asks', label: 'It asks the server first, and sends once the server agrees' },
        ],
        read(trace) {
          const sent = messages(trace).filter(({ from, what }) => from === 'ada' && what !== 'heartbeat');
          if (sent.some(({ what }) => what === 'control')) return 'opens';
          return sent.length === 1 ? 'uses' : 'asks';
        },
      },
      async play(stage) {
        stage.act('hello');
        await stage.settled();
      },
      because: 'One arrow, and no handshake before it. io() opened the connection when the page was loaded; emit only hands over a packet.',
    },
    {
      id: 'server-to-client',
      label: 'The server emits',
      plan: "Ada asks. The server’s handler answers with socket.emit('answer', …). Bo is connected too.",
      predict: { kind: 'recipients', ask: 'Who receives the answer?', event: 'answer', among: ['ada', 'bo'] },
      async play(stage) {
        stage.act('ask');
        await stage.settled();
      },
      because: 'On the server, a socket stands for one client. socket.emit goes to that client alone.',
    },
    {
      id: 'acknowledgement',
      label: 'Emit with a callback',
      plan: 'Ada emits save with a callback as the last argument. The server’s handler calls it.',
      predict: {
        kind: 'choice',
        ask: 'When does Ada’s program know that the server has it?',
        choices: [
          { id: 'returned', label: 'As soon as emit has returned' },
          { id: 'answered', label: 'When the callback runs' },
          { id: 'never', label: 'Never: events have no answers' },
        ],
        read: (trace) => (messages(trace).some(({ what, fate }) => what === 'ack' && fate.kind === 'delivered') ? 'answered' : 'never'),
      },
      async play(stage) {
        stage.act('save');
        await stage.shown('ada', 'saved');
        await stage.settled();
      },
      because:
        'emit returned before the packet had even arrived. The callback itself stays in the page. A number travels, 0 here, and the answer comes back as a packet of its own with that number.',
    },
    {
      id: 'timeout',
      label: 'A callback that nobody calls',
      plan: 'Ada emits publish with a callback and timeout(1000). The server’s handler forgets to call back.',
      predict: {
        kind: 'choice',
        ask: 'What does Ada’s callback get?',
        choices: [
          { id: 'answer', label: 'An answer: Socket.IO acknowledges every event that arrives' },
          { id: 'error', label: 'An error, after one second' },
          { id: 'nothing', label: 'Nothing, ever' },
        ],
        read(trace) {
          if (messages(trace).some(({ what }) => what === 'ack')) return 'answer';
          return shown(trace, 'no answer') ? 'error' : 'nothing';
        },
      },
      async play(stage) {
        stage.act('publish');
        await stage.shown('ada', 'no answer');
        await stage.settled();
      },
      because:
        'The event did arrive, but only the receiver’s own call acknowledges it. The error says that no answer came, not that the event was lost. Without timeout() the callback would wait for ever.',
    },
  ],
  code: [
    { title: 'The server, as it runs', side: 'server', region: 'server' },
    { title: 'What Ada’s page does', side: 'client', region: 'actions' },
  ],
};
