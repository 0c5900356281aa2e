/** The way into a run: with a guess, or past it. */
import type { JSX } from 'preact';

type GoProps = {
  readonly hasGuess: boolean;
  readonly ready: boolean;
  /** What the button says: `Run it`. */
  readonly label: string;
  readonly skip: string;
  readonly onGo: () => void;
};

export function Go({ hasGuess, ready, label, skip, onGo }: GoProps): JSX.Element {
  return (
    <div class="go needs-script">
      <button type="button" class={hasGuess ? 'button is-next' : 'button'} disabled={!ready || !hasGuess} onClick={() => onGo()}>
        {label}
      </button>
      {!hasGuess && (
        <button type="button" class="button quiet" disabled={!ready} onClick={() => onGo()}>
          {skip}
        </button>
      )}
      <p>{hasGuess ? 'Now see whether it is so.' : 'Say first what you expect. A wrong guess costs nothing and helps you remember.'}</p>
    </div>
  );
}
