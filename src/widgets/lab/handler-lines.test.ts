import { describe, expect, it } from 'vitest';
import { handlerLines } from './handler-lines.ts';

const CODE = `io.on('connection', (socket) => {
  socket.join('lobby');

  socket.on('chat', (text) => {
    socket.to('lobby').emit('chat', text);
  });

  socket.on('bye', () => socket.disconnect());
});`.split('\n');

describe('handlerLines', () => {
  it('spans from the registration to the line that closes it', () => {
    expect(handlerLines(CODE, 'chat')).toEqual({ first: 3, last: 5 });
  });
  it('is one line for a handler written on one', () => {
    expect(handlerLines(CODE, 'bye')).toEqual({ first: 7, last: 7 });
  });
  it('marks only the head of the connection handler, since all others stand inside it', () => {
    expect(handlerLines(CODE, 'connection')).toEqual({ first: 0, last: 0 });
  });
  it('is undefined for an event without a handler', () => {
    expect(handlerLines(CODE, 'chatter')).toBeUndefined();
  });
  it('ends with the code when the call is never closed', () => {
    expect(handlerLines(CODE.slice(0, 5), 'chat')).toEqual({ first: 3, last: 4 });
  });
});
