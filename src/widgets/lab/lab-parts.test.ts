import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { forgottenRoom } from '#content/scenarios/forgotten-room.ts';
import type { Logs } from '#trace/records.ts';
import { AskState } from './ask-state.ts';
import { cardOf } from './card.ts';
import { LabParts } from './lab-parts.ts';
import type { LabSources } from './lab-state.ts';

const RECORDING: Logs = JSON.parse(readFileSync('content/recordings/forgotten-room.cut-and-back.json', 'utf8'));
const partsWith = (sources: Partial<LabSources> = {}): LabParts =>
  new LabParts(new AskState(cardOf(forgottenRoom)), {
    scenario: async () => forgottenRoom,
    host: () => Promise.reject(new Error('no server')),
    recording: async () => RECORDING,
    ...sources,
  });

describe('the parts of a lab', () => {
  it('are fetched ahead, with every recording, once', async () => {
    const asked: string[] = [];
    const parts = partsWith({
      recording: async (run) => {
        asked.push(run);
        return RECORDING;
      },
    });
    parts.prefetch();
    parts.prefetch();
    await expect.poll(() => asked).toEqual(forgottenRoom.runs.map(({ id }) => id));
    expect(parts.ask.phase.value).toBe('before');
  });

  it('leave the question at once, and run with what was chosen before they came', async () => {
    const parts = partsWith();
    parts.setSlow(true);
    parts.ask.say({ kind: 'count', count: 1 });
    const running = parts.run();
    expect(parts.ask.phase.value).toBe('connecting');
    await running;
    expect([parts.ask.phase.value, parts.fetched.value?.lab.answer.value?.said, parts.ask.slow.value]).toEqual(['recorded', '1', true]);
  });

  it('bring the recorded run to life', async () => {
    const parts = partsWith();
    await parts.showRecording();
    expect([parts.recording.value, parts.fetched.value !== undefined]).toEqual([RECORDING, true]);
  });

  it('leave the drawing that stands there when the recording cannot be had', async () => {
    const parts = partsWith({ recording: () => Promise.reject(new Error('gone')) });
    await parts.showRecording();
    expect(parts.recording.value).toBeUndefined();
  });

  it('open nothing for a widget that has left', async () => {
    const parts = partsWith();
    await parts.dispose();
    await parts.run();
    expect(parts.fetched.value).toBeUndefined();
  });
});
