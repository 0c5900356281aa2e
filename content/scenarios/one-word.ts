import type { Action, Scenario } from '#lab/scenario.ts';
import { detailOf } from '#trace/detail.ts';
import type { Trace } from '#trace/trace.ts';

const adasPage = {
  // #region say
  say(socket, _page, word) {
    socket.emit('word', word);
  },
  // #endregion say
} satisfies Record<string, Action['run']>;

/** What the opened arrow shows round the event: its layers, less the event itself. */
function wrappingsIn(trace: Trace): number {
  const word = trace.events.find((event) => event.kind === 'message' && event.what === 'event');
  const detail = word?.kind === 'message' ? detailOf(word) : undefined;
  return (detail?.layers.length ?? 1) - 1;
}

const CHOICES = [
  { id: 'none', count: 0, label: 'Not at all: an application sends its words as they are' },
  { id: 'one', count: 1, label: 'Once: one layer of the map, one wrapping' },
  { id: 'three', count: 3, label: 'Three times, one wrapping inside the other' },
] as const;

/** One client says one word: what is wrapped round it before TCP gets it. */
export const oneWord: Scenario = {
  id: 'one-word',
  title: 'One word, wrapped',
  task: 'Say how often the word is wrapped, send it, and look at the opened arrow.',
  clients: ['ada'],
  zoom: 2.5,
  server(io) {
    const heard: string[] = [];
    io.on('connection', (socket) => {
      socket.on('word', (word) => {
        heard.push(word);
      });
    });
  },
  client() {},
  actions: [{ id: 'say', by: 'ada', label: 'Say one word', input: { initial: 'hello', maxLength: 30 }, run: adasPage.say }],
  runs: [
    {
      id: 'say',
      label: 'Say one word',
      plan: "Ada’s page calls socket.emit('word', 'hello'). The connection is a WebSocket.",
      predict: {
        kind: 'choice',
        ask: 'On the map, all this is one layer: Application. How often is the word wrapped in there?',
        choices: CHOICES.map(({ id, label }) => ({ id, label })),
        read: (trace) => CHOICES.find(({ count }) => count === wrappingsIn(trace))?.id ?? 'other',
      },
      async play(stage) {
        stage.act('say');
        await stage.settled();
      },
      because:
        'An event, in a Socket.IO packet, in an Engine.IO packet, in a WebSocket frame. All of it lies in the one layer that the map calls Application. Below come TCP, IP and the link, which a page cannot see.',
    },
  ],
  code: [{ title: 'What Ada’s page does', side: 'client', region: 'say' }],
};
