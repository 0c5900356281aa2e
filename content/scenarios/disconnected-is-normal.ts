import type { Prediction, Run, Scenario, Stage } from '#lab/scenario.ts';

const ask: Prediction = {
  kind: 'count',
  ask: 'Ada says “one”, “two” and “three”. How many will Bo get?',
  event: 'chat',
  to: 'bo',
  choices: [0, 1, 2, 3],
};

/** Ada says one while all is well. */
async function begin(stage: Stage): Promise<void> {
  stage.act('say', 'one');
  await stage.settled();
  await stage.breathe();
}

/** Bo goes in a way of which the server hears at once: then Ada says two and three. */
async function loudLoss(stage: Stage, way: 'polite' | 'cut' | 'throw-out'): Promise<void> {
  await begin(stage);
  stage.lose('bo', way);
  await stage.serverKnows('bo', 'disconnected');
  await stage.breathe();
  stage.act('say', 'two');
  await stage.settled();
  stage.act('say', 'three');
  await stage.settled();
}

const run = (id: string, label: string, plan: string, because: string, play: Run['play']): Run => ({
  id,
  label,
  plan,
  because,
  play,
  predict: ask,
  tally: { event: 'chat', to: 'bo' },
});

/** One client goes away in each of the ways there are, while another keeps talking. */
export const disconnectedIsNormal: Scenario = {
  id: 'disconnected-is-normal',
  title: 'Lose Bo in the middle of a chat',
  task: 'Choose a way to lose Bo, say what he will miss, and run it.',
  clients: ['ada', 'bo', 'cy'],
  // #region server
  server(io) {
    const gone: string[] = [];
    io.on('connection', (socket) => {
      socket.join('lobby');

      socket.on('chat', (text) => {
        socket.to('lobby').emit('chat', text);
      });

      socket.on('disconnect', (reason) => {
        gone.push(reason);
      });
    });
  },
  // #endregion server
  // #region client
  client(socket, page) {
    socket.on('chat', (text) => {
      page.show(text);
    });
  },
  // #endregion client
  actions: [
    {
      id: 'say',
      by: 'ada',
      label: 'Say something',
      input: { initial: 'four', maxLength: 30 },
      run: (socket, _page, text) => socket.emit('chat', text),
    },
    {
      id: 'reply',
      by: 'bo',
      label: 'Say something',
      input: { initial: 'still here?', maxLength: 30 },
      run: (socket, _page, text) => socket.emit('chat', text),
    },
  ],
  lose: { who: 'bo', ways: ['polite', 'cut', 'black-hole', 'change-network', 'throw-out', 'crash'] },
  runs: [
    run(
      'black-hole',
      'Black-hole Bo’s cable',
      'Ada says one. Then Bo’s cable swallows everything, and nobody is told. Ada says two. When the server has noticed, Ada says three.',
      'Nobody told the server, so it believed in Bo until its ping went unanswered for too long. What it sent meanwhile left without an error and died on the way.',
      async (stage) => {
        await begin(stage);
        stage.lose('bo', 'black-hole');
        await stage.breathe();
        stage.act('say', 'two');
        await stage.settled();
        await stage.serverKnows('bo', 'disconnected');
        await stage.breathe();
        stage.act('say', 'three');
        await stage.settled();
      },
    ),
    run(
      'cut',
      'Cut Bo’s cable',
      'Ada says one. Then Bo’s connection is cut, and stays cut. Ada says two and three.',
      'Both sides notice a cut at once. The server takes Bo out of the room and sends only to those who are left.',
      (stage) => loudLoss(stage, 'cut'),
    ),
    run(
      'polite',
      'Let Bo say goodbye',
      'Ada says one. Then Bo’s page calls socket.disconnect(). Ada says two and three.',
      'A goodbye is a packet: the server knows at once and for certain. It keeps nothing for Bo, and his page does not come back by itself.',
      (stage) => loudLoss(stage, 'polite'),
    ),
    run(
      'change-network',
      'Change Bo’s network',
      'Ada says one. Then Bo’s phone changes from Wi-Fi to mobile: his page knows at once, the server hears nothing. Ada says two. When Bo is back, Ada says three.',
      'Bo’s page came back over a new connection, as somebody new. The server still believed in the old one too, and what it sent there died.',
      async (stage) => {
        await begin(stage);
        stage.lose('bo', 'change-network');
        stage.act('say', 'two');
        await stage.clientKnows('bo', 'connected');
        await stage.settled();
        stage.act('say', 'three');
        await stage.settled();
      },
    ),
    run(
      'throw-out',
      'Throw Bo out',
      'Ada says one. Then the server’s program calls socket.disconnect(true) on Bo. Ada says two and three.',
      'When the server ends a connection on purpose, the client does not come back by itself: its program must call connect().',
      (stage) => loudLoss(stage, 'throw-out'),
    ),
    run(
      'crash',
      'Crash the server',
      'Ada says one. Then the server’s process dies. Ada says two while it is down. The server is started again; when all are back, Ada says three.',
      'Ada’s page noticed the crash too, so it kept “two” in its own buffer and sent it when it was connected again. Whoever was back before her got it; whoever came later did not. A client buffers for itself; a server that died remembers nothing.',
      async (stage) => {
        await begin(stage);
        await stage.crash();
        await stage.clientKnows('ada', 'disconnected');
        stage.act('say', 'two');
        await stage.breathe();
        await stage.restart();
        for (const who of ['ada', 'bo', 'cy'] as const) await stage.clientKnows(who, 'connected');
        await stage.settled();
        stage.act('say', 'three');
        await stage.settled();
      },
    ),
    run(
      'short-black-hole',
      'A short black hole',
      'Ada says one. Bo’s cable swallows everything for about a second. Ada says two meanwhile. Then the cable works again, and Ada says three.',
      'Nobody gave up in that second, so the connection lived on. What was under way was held up, not lost: on a real cable TCP would have sent it again.',
      async (stage) => {
        await begin(stage);
        stage.lose('bo', 'black-hole');
        stage.act('say', 'two');
        await stage.breathe(1_000);
        stage.bringBack('bo');
        await stage.settled();
        stage.act('say', 'three');
        await stage.settled();
      },
    ),
  ],
  code: [{ title: 'The server, as it runs', side: 'server', region: 'server' }],
};
