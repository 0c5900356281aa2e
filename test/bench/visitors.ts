/** Visitors' pages: they open labs by the control plane, and watch them, as a learner's browser does. */
import type { LabInfo, Result } from '#lab/control-plane.ts';
import { CONTROL_PATH } from '#lab/control-plane.ts';
import { LIMITS } from '#lab/limits.ts';
import { type Connection, connect } from './connection.ts';
import { program } from './program.ts';

const ANSWER = '3'.charCodeAt(0);
const OPEN = `420${JSON.stringify(['lab:open', { scenario: program.id, lanes: [] }])}`;

/** An address of its own for each page, as a proxy would tell it. */
const addressOf = (page: number): string => `10.0.${page >> 8}.${page & 255}`;

/** Opens one lab; resolves with its id. Other packets (records of the labs that this page watches) are let go by. */
function openLab(page: Connection): Promise<string> {
  return new Promise((resolve, reject) => {
    page.onPacket = (packet) => {
      if (packet[0] !== ANSWER) return;
      const [result]: [Result<LabInfo>] = JSON.parse(packet.toString().replace(/^\d+/, ''));
      if (result.ok) resolve(result.value.lab);
      else reject(new Error(`No lab: ${result.why}`));
    };
    page.send(OPEN);
  });
}

/** Opens `count` labs from as many pages as the limits ask for, each at an address of its own. */
export async function openLabs(url: string, count: number): Promise<{ readonly labs: readonly string[]; close(): void }> {
  const pages: Connection[] = [];
  const labs: string[] = [];
  while (labs.length < count) {
    const page = await connect(url + CONTROL_PATH, { headers: { 'X-Forwarded-For': addressOf(pages.length) } });
    pages.push(page);
    for (let i = 0; i < LIMITS.labsPerWatcher && labs.length < count; i++) labs.push(await openLab(page));
  }
  return {
    labs,
    close() {
      for (const page of pages) void page.close();
    },
  };
}
