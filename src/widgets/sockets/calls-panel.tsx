/** Which system calls each step made: their names, and, from a recording, the calls themselves as the kernel got them. */
import type { JSX } from 'preact';
import { callsOf } from '#trace/sockets/calls.ts';
import { Badge } from '../lab/badge.tsx';
import type { SocketTableState } from './socket-table-state.ts';

/** The lines of a step; nothing where the recorded run did not go. */
function Lines({ lines }: { lines: readonly string[] | undefined }): JSX.Element | null {
  if (!lines) return null;
  return (
    <>
      {lines.map((line) => (
        <code key={line}>{line}</code>
      ))}
    </>
  );
}

function Recorded({ table }: { table: SocketTableState }): JSX.Element | null {
  const { calls } = table.recording;
  const seen = table.done.value.filter(({ act }) => calls[act.id]);
  if (seen.length === 0) return null;
  return (
    <details class="kernel-calls">
      <summary>
        The calls as the kernel got them <Badge kind="recorded" />
      </summary>
      <p class="below">
        Written down once with <code>strace</code>, in another run of the same steps, so the numbers differ; flags that are the same in
        every line are left out. The number after = is the kernel’s answer: of <code>socket</code> and <code>accept4</code>, a new
        descriptor.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
      <section class="kernel-lines" tabIndex={0} aria-label={`Recorded system calls: ${table.script.title}`}>
        {seen.map(({ act, step }) => (
          <Lines key={step} lines={calls[act.id]} />
        ))}
      </section>
    </details>
  );
}

export function CallsPanel({ table }: { table: SocketTableState }): JSX.Element {
  const done = table.done.value;
  const calls = callsOf(table.records.value);
  return (
    <div class="calls">
      <h4>The calls so far</h4>
      {done.length === 0 && <p class="below">None yet. A program gets a socket by asking the system for it.</p>}
      <ol>
        {done.map(({ act, step }) => (
          <li key={step}>
            <code>{calls.get(step)?.join(' · ')}</code> <span>{act.label}</span>
          </li>
        ))}
      </ol>
      <Recorded table={table} />
    </div>
  );
}
