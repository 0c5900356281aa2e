/** Server code as a hurried author writes it: each handler has a fault that ends a bare Socket.IO server, or would. */
import { scenario } from '../../server/app.fixture.ts';

export function nested(depth: number): unknown {
  let value: unknown = 'bottom';
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}

/** Where a handler reads something that is not there. */
function fault(where: string): never {
  throw new Error(where);
}

export const ATTACKABLE = scenario('attackable', (io, lab) => {
  io.use((socket, next) => {
    const { how } = socket.handshake.auth;
    if (how === 'middleware') fault('in a middleware');
    if (how === 'async middleware') return Promise.reject(new Error('in a middleware'));
    if (how === 'middleware twice') next();
    return next();
  });
  io.on('connect', (socket) => {
    socket.on('registered on connect', () => fault('registered on connect'));
  });
  io.of('/').adapter.on('leave-room', (room: string) => room === 'trap' && fault('in leave-room'));
  io.engine.on('connection', () => fault('in the engine'));
  io.of(/^\/dynamic-\w+$/).on('connection', (socket) => {
    socket.on('throws', () => fault('in a dynamic namespace'));
    socket.on('echo', (text, reply) => reply(text));
    if (socket.handshake.auth['how'] === 'connection') fault('on dynamic connection');
  });
  io.of(async (name, _auth, next) => {
    if (name === '/async-fault') fault('who decides');
    next(null, false);
  });

  io.on('connection', (socket) => {
    socket.on('echo', (text, reply) => reply(text));
    // The three that are named everywhere.
    socket.on('relay', (payload) => io.emit('relayed', payload));
    socket.on('rejects', async () => fault('rejects'));
    socket.on('needs-ack', (_payload, reply) => reply('done'));

    socket.on('throws', () => fault('throws'));
    socket.once('throws once', () => fault('throws once'));
    socket.prependOnceListener('throws before', () => fault('throws before'));
    socket.on('throws it back', (payload) => {
      throw payload;
    });
    socket.onAny((event) => event === 'any' && fault('any'));
    socket.on('after', () => lab.after(0, () => fault('after')));
    socket.on('every', () => lab.every(5, () => fault('every')));
    socket.on('bare timer', () => setTimeout(() => fault('bare timer'), 0));
    socket.on('forgotten promise', () => {
      void Promise.reject(new Error('forgotten'));
    });
    socket.on('asks', () => socket.emit('question', () => fault('in an acknowledgement')));
    socket.on('asks all', () => io.timeout(500).emit('question', () => fault('in an acknowledgement')));
    socket.on('emits deep', () => io.emit('deep', nested(8_000)));
    socket.on('emits a cycle', () => {
      const cycle: { self?: unknown } = {};
      cycle.self = cycle;
      io.emit('cycle', cycle);
    });
    socket.on('fill', (packets) => {
      for (let i = 0; i < packets; i++) socket.emit('filled', 'x'.repeat(10_000));
    });
    socket.on('trap', () => socket.join('trap'));
    socket.on('disconnect', () => fault('on disconnect'));
    if (socket.handshake.auth['how'] === 'connection') fault('on connection');
  });
});
