/** Reads from a trace what the two cables and three boxes show. Pure. */
import type { Message, Trace } from '#trace/trace.ts';
import { hellosForBo } from './first-lab-state.ts';
import type { WireView } from './wire-drawing.tsx';

const said = (trace: Trace): readonly Message[] =>
  trace.events.filter((event) => event.kind === 'message').filter(({ from, what }) => from === 'ada' && what === 'event');

/** The message that was said last, wherever it is by now. */
function lastMessage(trace: Trace): WireView['message'] {
  const up = said(trace);
  const newest = up.at(-1);
  if (!newest) return 'waiting';
  if (newest.fate.kind !== 'delivered') return 'to-server';
  const copy = hellosForBo(trace)[up.length - 1];
  if (!copy) return 'to-server';
  if (copy.fate.kind === 'delivered') return 'arrived';
  return copy.fate.kind === 'never-sent' ? 'stopped' : 'to-bo';
}

/** `connected`: whether the two clients are (before the first click they are not yet). */
export function wireView(trace: Trace, { connected, cut }: { connected: boolean; cut: boolean }): WireView {
  const state = connected ? 'connected' : 'ready';
  return {
    message: lastMessage(trace),
    cut,
    adaState: state,
    boState: cut ? 'cut off' : state,
    boGot: hellosForBo(trace).filter(({ fate }) => fate.kind === 'delivered').length,
  };
}
