/** A bare Socket.IO server with the handlers of `attackable.ts`: what a reader of a tutorial would have. Prints its port. */
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { ATTACKABLE } from './attackable.ts';

const http = createServer();
const io = new Server(http, { serveClient: false });
ATTACKABLE.server(io, { every: (ms, run) => setInterval(run, ms), after: (ms, run) => setTimeout(run, ms) });
// Its own fault would end this server before any attack does.
io.engine.removeAllListeners('connection');
io.bind(io.engine);
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  console.log(`port ${typeof address === 'object' ? address?.port : ''}`);
});
