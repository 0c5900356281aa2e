/** Stop by stop, who took the frame, who refused it, and why. */
import type { JSX } from 'preact';
import { FateGlyph } from '../marks/marks.tsx';
import type { Journey, Stop } from './journey.ts';

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

export function JourneyView({ journey }: { readonly journey: Journey }): JSX.Element {
  const places: readonly Stop['where'][] = ['router', 'server'];
  return (
    <section class="journey" aria-label="The way of the frame">
      <p class="outcome" role="status">
        {outcomeOf(journey)}
      </p>
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
    </section>
  );
}
