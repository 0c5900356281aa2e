/** After a run, before any detail: what you said, what happened, and why. */
import type { JSX } from 'preact';
import { laneOf } from '#lab/people.ts';
import { happenedIn } from '#lab/prediction.ts';
import { explain, type RichPart } from '#trace/explain.ts';
import { fateKinds, type Tally, tally } from '#trace/fates.ts';
import type { FateKind } from '#trace/trace.ts';
import { FATE_LOOK, FateGlyph } from '../marks/marks.tsx';
import { GuessBesideTruth } from './guess-beside-truth.tsx';
import type { LabState } from './lab-state.ts';
import { Running } from './running.tsx';

function Part({ part }: { part: RichPart }): JSX.Element {
  if (part.as === 'text') return <>{part.text}</>;
  if (part.as === 'code') return <code>{part.text}</code>;
  return <span class={`fate ${FATE_LOOK[part.as].className}`}>{part.text}</span>;
}

/** How many words a chip names before it stops. */
const NAMED = 4;

function Chip({ fate, of }: { fate: FateKind; of: Tally }): JSX.Element {
  const words = of.messages
    .filter((message) => message.fate.kind === fate)
    .map(({ event, label }) => (typeof event?.args[0] === 'string' ? event.args[0] : label));
  const look = FATE_LOOK[fate];
  return (
    <span class={`chip ${look.className}`}>
      <FateGlyph fate={fate} />
      {of.counts[fate]} {look.word} <q>{words.length > NAMED ? '…' : words.join(' ')}</q>
    </span>
  );
}

/** "3 for Bo = 1 delivered + 1 lost + 1 never sent": the sum always closes. */
function TallyView({ of }: { of: Tally }): JSX.Element {
  const used = fateKinds().filter((fate) => of.counts[fate] > 0);
  const name = of.to === 'server' ? 'the server' : laneOf(of.to).name;
  return (
    <ul class="tally" aria-label={`What became of the messages for ${name}`}>
      <li>
        <span class="num">
          {of.meant} for {name}
        </span>
      </li>
      {used.map((fate, index) => (
        <li key={fate}>
          <span class="op">{index === 0 ? '=' : '+'}</span>
          <Chip fate={fate} of={of} />
        </li>
      ))}
    </ul>
  );
}

export function Verdict({ lab }: { lab: LabState }): JSX.Element | null {
  const phase = lab.ask.phase.value;
  if (phase === 'connecting' || phase === 'running') return <Running ask={lab.ask} />;
  const run = lab.played.value;
  if (!run) return null;
  const trace = lab.trace.value;
  const answer = lab.answer.value;
  const happened = answer?.happened ?? happenedIn(run.predict, trace);
  const counted = run.tally && tally(trace, run.tally);
  return (
    <div class="verdict">
      <GuessBesideTruth said={answer?.said} happened={happened} isRight={answer?.right ?? false} label="What happened" />
      <div class="why">
        {run.tally && (
          <p>
            {phase === 'recorded' && 'A recorded run. '}
            {explain(trace, run.tally).map((part, index) => (
              <Part key={`${index} ${part.text}`} part={part} />
            ))}
          </p>
        )}
        <p class={run.tally ? 'because' : undefined}>
          {!run.tally && phase === 'recorded' && 'A recorded run. '}
          {run.because}
        </p>
        {counted && <TallyView of={counted} />}
      </div>
    </div>
  );
}
