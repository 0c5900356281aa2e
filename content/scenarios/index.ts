import type { Scenario } from '#lab/scenario.ts';
import { broadcast } from './broadcast.ts';
import { disconnectedIsNormal } from './disconnected-is-normal.ts';
import { emit } from './emit.ts';
import { emitEarly } from './emit-early.ts';
import { forgottenRoom, forgottenRoomFixed } from './forgotten-room.ts';
import { hello } from './hello.ts';
import { oneWord } from './one-word.ts';
import { requestBoard } from './request-board.ts';

/** Every scenario that a lab can run. */
export const SCENARIOS: readonly Scenario[] = [
  hello,
  requestBoard,
  oneWord,
  emit,
  emitEarly,
  broadcast,
  forgottenRoom,
  forgottenRoomFixed,
  disconnectedIsNormal,
];

export const scenarioOf = (id: string): Scenario | undefined => SCENARIOS.find((scenario) => scenario.id === id);
