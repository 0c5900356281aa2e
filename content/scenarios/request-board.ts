import type { Action, Scenario, ServerAct } from '#lab/scenario.ts';
import type { Message, Trace } from '#trace/trace.ts';

const said = (trace: Trace, name: string): readonly Message[] =>
  trace.events.filter((event) => event.kind === 'message').filter(({ event }) => event?.name === name);
const openings = (trace: Trace): number =>
  trace.events.filter((event) => event.kind === 'message' && event.what === 'control' && event.from === 'ada').length;
const arrival = ({ fate }: Message): number => (fate.kind === 'delivered' ? fate.at : Number.POSITIVE_INFINITY);

const adasPage = {
  // #region client-acts
  connect(socket) {
    socket.connect();
  },

  ask(socket) {
    socket.emit('question', 'open?');
  },
  // #endregion client-acts
} satisfies Record<string, Action['run']>;

const atTheServer = {
  // #region server-acts
  news(io) {
    io.emit('news', 'rain');
  },
  // #endregion server-acts
} satisfies Record<string, ServerAct['run']>;

/** One client, one server: who opens the connection, and who speaks first on it. */
export const requestBoard: Scenario = {
  id: 'request-board',
  title: 'Who opens, and who speaks',
  task: 'Let the client or the server begin, and say beforehand whether the other one hears it.',
  clients: ['ada'],
  zoom: 2,
  // #region server
  server(io) {
    io.on('connection', (socket) => {
      socket.on('question', () => {
        socket.emit('answer', 'yes');
      });
    });
  },
  // #endregion server
  clientOptions: () => ({ autoConnect: false }),
  // #region client
  client(socket, page) {
    socket.on('answer', (text) => {
      page.show(text);
    });

    socket.on('news', (text) => {
      page.show(text);
    });
  },
  // #endregion client
  actions: [
    { id: 'connect', by: 'ada', label: 'connect', run: adasPage.connect },
    { id: 'ask', by: 'ada', label: 'ask', run: adasPage.ask },
  ],
  serverActs: [{ id: 'news', label: 'tell the news', run: atTheServer.news }],
  runs: [
    {
      id: 'too-early',
      label: 'The server speaks too early',
      plan: 'Ada’s page is loaded, but has not connected. The server tells the news. A moment later Ada connects.',
      predict: {
        kind: 'choice',
        ask: 'What becomes of the news?',
        choices: [
          { id: 'opens', label: 'The server opens a connection to Ada for it' },
          { id: 'waits', label: 'It waits at the server, and reaches Ada when she connects' },
          { id: 'nobody', label: 'Nothing: there is nobody to send it to' },
        ],
        read(trace) {
          const [news] = said(trace, 'news');
          if (!news) return 'nobody';
          return news.leftAt === undefined ? 'opens' : 'waits';
        },
      },
      async play(stage) {
        await stage.breathe();
        await stage.serverAct('news');
        await stage.breathe(700);
        stage.act('connect');
        await stage.clientKnows('ada', 'connected');
        await stage.settled();
      },
      because:
        'No arrow left the server. It does not know where Ada is, and nothing in her page waits for connections. The client opens; then there is a way, in both directions.',
    },
    {
      id: 'ask',
      label: 'The client asks',
      plan: 'Ada’s page connects, and then asks a question. The server answers.',
      predict: {
        kind: 'choice',
        ask: 'One question, one answer: how many connections are opened for them?',
        choices: [
          { id: 'one', label: 'One, by Ada: the answer comes back on it' },
          { id: 'two', label: 'Two: one by Ada, and one by the server for the answer' },
          { id: 'three', label: 'Three: one to connect, one for the question, one for the answer' },
        ],
        read: (trace) => ['none', 'one', 'two'][openings(trace)] ?? 'three',
      },
      async play(stage) {
        stage.act('connect');
        await stage.clientKnows('ada', 'connected');
        await stage.breathe();
        stage.act('ask');
        await stage.settled();
      },
      because: 'The client opened one connection, and both used it. Asking and answering are what the two programs do with it.',
    },
    {
      id: 'unasked',
      label: 'The server speaks first',
      plan: 'Ada’s page connects and says nothing. Then the server tells the news.',
      predict: {
        kind: 'choice',
        ask: 'Ada has asked for nothing. Does she get the news?',
        choices: [
          { id: 'no', label: 'No: a server only answers' },
          { id: 'new', label: 'Yes, on a connection that the server opens for it' },
          { id: 'same', label: 'Yes, on the connection that she opened' },
        ],
        read(trace) {
          if (!said(trace, 'news').some(({ fate }) => fate.kind === 'delivered')) return 'no';
          return openings(trace) > 1 ? 'new' : 'same';
        },
      },
      async play(stage) {
        stage.act('connect');
        await stage.clientKnows('ada', 'connected');
        await stage.breathe();
        await stage.serverAct('news');
        await stage.settled();
      },
      because: 'Who opens the connection and who speaks first on it are two things. Once it is there, either side may begin.',
    },
    {
      id: 'both',
      label: 'Both at once',
      plan: 'Ada’s page is connected. At the same moment she asks a question and the server tells the news.',
      predict: {
        kind: 'choice',
        ask: 'Who has to wait until the other has finished?',
        choices: [
          { id: 'ada', label: 'Ada: the server’s news has to arrive first' },
          { id: 'server', label: 'The server: it has to hear the question first' },
          { id: 'nobody', label: 'Nobody: the two messages pass each other' },
        ],
        read(trace) {
          const [question] = said(trace, 'question');
          const [news] = said(trace, 'news');
          if (!question || !news) return 'none';
          if (question.sentAt >= arrival(news)) return 'ada';
          return news.sentAt >= arrival(question) ? 'server' : 'nobody';
        },
      },
      async play(stage) {
        stage.act('connect');
        await stage.clientKnows('ada', 'connected');
        await stage.breathe();
        stage.act('ask');
        await stage.serverAct('news');
        await stage.settled();
      },
      because: 'The two arrows cross. Each direction of a connection has a way of its own: that is what “bidirectional” means.',
    },
  ],
  code: [
    { title: 'The server, as it runs', side: 'server', region: 'server' },
    { title: 'What the server does unasked', side: 'server', region: 'server-acts' },
    { title: 'What Ada’s page does', side: 'client', region: 'client-acts' },
  ],
};
