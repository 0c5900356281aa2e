/** Stop by stop, who took the frame, who refused it, and why. */
import type { JSX } from 'preact';
import { FateGlyph } from '../marks/marks.tsx';
import type { Journey, Stop } from './journey.ts';
import { useInSight } from './use-in-sight.ts';

const PLACES: Record<Stop['where'], string> = { router: 'At the router', server: 'At the server' };

function Stops({ stops }: { stops: readonly Stop[] }): JSX.Element {
  return (
    <ol>
      {stops.map(({ title, level, isPassed, text }) => (
        <li key={title} class={`journey-stop layer-${level} ${isPassed ? 'delivered' : 'lost'}`}>
          <p class="journey-title">
            <FateGlyph fate={isPassed ? 'delivered' : 'lost'} /> {title}: {isPassed ? 'takes it' : 'stops it'}
          </p>
          <p>{text}</p>
        </li>
      ))}
    </ol>
  );
}

/** One sentence for the whole way. */
export function outcomeOf({ stops, heard }: Journey): string {
  if (heard) return `It arrived: the server’s program hears ${heard.event}, with ${JSON.stringify(heard.args).slice(1, -1)}.`;
  const last = stops.at(-1);
  return last ? `It did not arrive: ${last.who} stopped it.` : '';
}

function Places({ journey }: { readonly journey: Journey }): JSX.Element {
  const places: readonly Stop['where'][] = ['router', 'server'];
  return (
    <div class="journey-places">
      {places.map((place) => {
        const stops = journey.stops.filter(({ where }) => where === place);
        return (
          stops.length > 0 && (
            <div key={place}>
              <h4>{PLACES[place]}</h4>
              <Stops stops={stops} />
            </div>
          )
        );
      })}
    </div>
  );
}

/** The sentence stands in the page before there is one: a screen reader tells what changes, not what appears. */
export function JourneyView({ journey }: { readonly journey: Journey | undefined }): JSX.Element {
  const outcome = journey && outcomeOf(journey);
  return (
    <div class={journey ? 'journey' : 'journey is-waiting'} ref={useInSight<HTMLDivElement>(journey)}>
      <p class="journey-outcome" role="status">
        {outcome}
      </p>
      {journey && <Places journey={journey} />}
    </div>
  );
}
