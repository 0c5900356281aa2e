/** The heads of the lanes: what each side knows now. */
import type { JSX } from 'preact';
import { laneOf } from '#lab/people.ts';
import type { ClientPane, Panes, ServerPane } from '#trace/panes.ts';
import type { LaneId, Ms } from '#trace/trace.ts';
import { PersonMark } from '../marks/marks.tsx';

type Look = { readonly className: string; readonly sign: JSX.Element; readonly word: string };

const DISC = <circle cx="5" cy="5" r="4.500" />;
const CROSS = <path d="m1.500 1.500 7 7M8.500 1.500l-7 7" />;
const HOLLOW = <circle cx="5" cy="5" r="3.800" />;

const LOOKS: Record<ClientPane['state'], Look> = {
  idle: { className: 'state waiting-to-connect', sign: HOLLOW, word: 'not connected yet' },
  connected: { className: 'state up', sign: DISC, word: 'connected' },
  reconnecting: { className: 'state down', sign: CROSS, word: 'offline, retrying' },
  disconnected: { className: 'state down', sign: CROSS, word: 'offline' },
};

/** Newest words last; older ones go first where there are many. */
const LAST = 6;
const lastOf = (words: readonly string[]): string => (words.length > LAST ? `… ${words.slice(-LAST).join(' ')}` : words.join(' '));

const LINK_WORDS: Record<ClientPane['link'], string> = { up: '', cut: 'cut', 'black-hole': 'swallows everything' };

function Fact({ name, children, mono = false }: { name: string; children: preact.ComponentChildren; mono?: boolean }): JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd class={mono ? 'mono' : undefined}>{children}</dd>
    </>
  );
}

function retryWords({ attempt, at }: NonNullable<ClientPane['retry']>, now: Ms): string {
  const waitMs = at - now;
  return waitMs > 50 ? `try ${attempt} in ${(waitMs / 1000).toFixed(1)} s` : `try ${attempt}: no answer yet`;
}

/** Edge and ground of a pane: reachable, not connected yet, or gone. */
function reachOf({ state, link }: ClientPane): string {
  if (state === 'connected' && link === 'up') return '';
  return state === 'idle' && link === 'up' ? ' is-waiting' : ' is-off';
}

function ClientView({ pane, now }: { pane: ClientPane; now: Ms }): JSX.Element {
  const { lane, state, transport, why, retry, buffer, said, got, shown, link, recovered } = pane;
  const look = LOOKS[state];
  const notEcho = shown.filter((line) => !got.some((word) => line.endsWith(word)));
  return (
    <div class={`pane pane-${lane} ${lane}${reachOf(pane)}`}>
      <h4>
        <PersonMark who={lane} />
        <span>{laneOf(lane).name}</span>
      </h4>
      <p class={look.className}>
        <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
          {look.sign}
        </svg>
        {look.word}
      </p>
      <dl>
        {state === 'connected' && <Fact name="via">{transport ?? 'websocket'}</Fact>}
        {state === 'connected' && recovered && <Fact name="session">recovered</Fact>}
        {state !== 'connected' && why && <Fact name="why">{why}</Fact>}
        {link !== 'up' && <Fact name="cable">{LINK_WORDS[link]}</Fact>}
        {state === 'reconnecting' && retry && <Fact name="next">{retryWords(retry, now)}</Fact>}
        {(state !== 'idle' || buffer.length > 0) && <Fact name="buffer">{buffer.length === 0 ? 'empty' : <Buffer words={buffer} />}</Fact>}
        {said.length > 0 && (
          <Fact name="said" mono>
            {lastOf(said)}
          </Fact>
        )}
        {got.length > 0 && (
          <Fact name="got" mono>
            {lastOf(got)}
          </Fact>
        )}
        {notEcho.length > 0 && <Fact name="shows">{notEcho.at(-1)}</Fact>}
      </dl>
    </div>
  );
}

/** What waits, in order, as chips. */
function Buffer({ words }: { words: readonly string[] }): JSX.Element {
  return (
    <ul class="waiting" aria-label={`${words.length} waiting`}>
      {words.slice(-LAST).map((word, index) => (
        <li key={`${index} ${word}`}>{word}</li>
      ))}
    </ul>
  );
}

function Names({ lanes, gone = [] }: { lanes: readonly LaneId[]; gone?: readonly LaneId[] }): JSX.Element {
  if (lanes.length + gone.length === 0) return <>nobody</>;
  return (
    <span class="names">
      {lanes.map((lane, index) => (
        <span key={lane}>
          <PersonMark who={lane} /> {laneOf(lane).name}
          {index < lanes.length - 1 && ','}
        </span>
      ))}
      {gone.map((lane) => (
        <s key={lane}>{laneOf(lane).name}</s>
      ))}
    </span>
  );
}

/** A server that runs, one that has crashed, and one of a lab that nobody has opened yet. */
function serverLook({ running }: ServerPane, isOpen: boolean): Look {
  if (!isOpen) return { ...LOOKS.idle, word: 'not started yet' };
  return running ? { ...LOOKS.connected, word: 'running' } : { ...LOOKS.disconnected, word: 'crashed' };
}

function ServerView({ pane, isOpen }: { pane: ServerPane; isOpen: boolean }): JSX.Element {
  const { running, connected, rooms } = pane;
  const look = serverLook(pane, isOpen);
  return (
    <div class={`pane pane-server server${isOpen ? (running ? '' : ' is-off') : ' is-waiting'}`}>
      <h4>
        <PersonMark who="server" />
        <span>Server</span>
      </h4>
      <p class={look.className}>
        <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
          {look.sign}
        </svg>
        {look.word}
      </p>
      <dl>
        {isOpen && running && (
          <Fact name="believes">
            <Names lanes={connected} />
          </Fact>
        )}
        {running &&
          rooms.map(({ name, members, gone }) => (
            <Fact key={name} name={name}>
              <Names lanes={members} gone={gone} />
            </Fact>
          ))}
        {isOpen && !running && <Fact name="memory">lost</Fact>}
      </dl>
    </div>
  );
}

type PanesProps = {
  readonly panes: Panes;
  readonly order: readonly LaneId[];
  /** The moment shown, ms of the run. */
  readonly now: Ms;
  /** Whether there is a lab; before one is opened, nobody is connected to anything. */
  readonly isOpen?: boolean;
};

/** One pane over each lane, in the order of the lanes. */
export function PanesView({ panes, order, now, isOpen = true }: PanesProps): JSX.Element {
  return (
    <div class={`panes lanes-${order.length}`}>
      {order.map((lane) => {
        if (lane === 'server') return <ServerView key={lane} pane={panes.server} isOpen={isOpen} />;
        const pane = panes.clients.find((one) => one.lane === lane);
        return pane && <ClientView key={lane} pane={pane} now={now} />;
      })}
    </div>
  );
}
