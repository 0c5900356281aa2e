/** Labs on the companion server that the page came from. */
import { ControlLink } from './control-link.ts';
import type { JoinedLab, LabInfo, Result } from './control-plane.ts';
import type { Lab, LabHost } from './lab.ts';
import { shifted } from './log-book.ts';
import { PEOPLE, type PersonId } from './people.ts';
import { readBatch } from './record-text.ts';
import type { Scenario } from './scenario.ts';
import { LabSession } from './session.ts';

const isPerson = (lane: string): lane is PersonId => PEOPLE.some(({ id }) => id === lane);

const UNREACHABLE: Result<never> = { ok: false, why: 'unreachable' };

/** A host for labs. `url`: where the server is; left out, where the page came from. */
export function companionHost(url?: string): LabHost {
  const control = new ControlLink(url);
  const base = url ?? globalThis.location?.origin ?? '';

  async function open(scenario: Scenario): Promise<Result<Lab>> {
    if (!(await control.connect())) return UNREACHABLE;
    const clockOffsetMs = await control.clockOffsetMs();
    // Records may come before the answer does: they are kept until the session listens.
    const opened = await control.ask<LabInfo>((socket, reply) =>
      socket.emit('lab:open', { scenario: scenario.id, lanes: scenario.clients }, reply),
    );
    if (!opened.ok) return opened;
    const settings = {
      control,
      url: base,
      scenario,
      info: opened.value,
      mine: scenario.clients,
      lanes: scenario.clients,
      clockOffsetMs,
      isOwner: true,
    };
    const lab = new LabSession(settings);
    await lab.connected();
    return { ok: true, value: lab };
  }

  async function join(id: string, scenarioOf: (id: string) => Scenario | undefined): Promise<Result<Lab>> {
    if (!(await control.connect())) return UNREACHABLE;
    const clockOffsetMs = await control.clockOffsetMs();
    const joined = await control.ask<JoinedLab>((socket, reply) => socket.emit('lab:join', { lab: id }, reply));
    if (!joined.ok) return joined;
    const { lane, lanes, server, clients, ...info } = joined.value;
    const scenario = scenarioOf(info.scenario);
    if (!scenario || !isPerson(lane)) return { ok: false, why: 'unknown-scenario' };
    const lab = new LabSession({ control, url: base, scenario, info, mine: [lane], lanes, clockOffsetMs, isOwner: false });
    for (const batch of server) lab.book.addServer(readBatch(batch));
    for (const [other, records] of Object.entries(clients)) {
      lab.book.addClient(
        other,
        records.map((record) => shifted(record, -clockOffsetMs)),
      );
    }
    await lab.connected();
    return { ok: true, value: lab };
  }

  return { open, join, leave: () => control.close() };
}
