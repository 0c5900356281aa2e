/** What a learner pastes, and what it may be. Knows no DOM. */
import { signal } from '@preact/signals';
import { type Guess, readPaste } from '#wire/application/paste.ts';
import { type ByteSource, SourcesState } from './sources-state.ts';

/** Two that can be tried at once. */
export const EXAMPLES = [
  { title: 'a text', text: '42["chat","hi"]' },
  { title: 'a frame of a client', text: '81 8f 37 fa 21 3d 03 c8 7a 1f 54 92 40 49 15 d6 03 55 5e d8 7c' },
  {
    title: 'a question to DNS',
    text: '02 00 00 00 00 01 02 00 00 00 00 0a 08 00 45 00 00 3a 00 01 00 00 40 11 8e 60 c0 00 02 0a c6 33 64 14 9c 40 00 35 00 26 00 00 12 34 01 00 00 01 00 00 00 00 00 00 04 63 68 61 74 07 65 78 61 6d 70 6c 65 00 00 01 00 01',
  },
] as const;

function sourcesOf({ bytes, decoded, layers }: Guess): readonly ByteSource[] {
  const wire: ByteSource = { title: 'As it was pasted', bytes, layers: layers.filter(({ source }) => source !== 'decoded') };
  const inside = layers.filter(({ source }) => source === 'decoded');
  return decoded ? [wire, { title: 'What came out of it', bytes: decoded, layers: inside }] : [wire];
}

export class PasteState {
  readonly text = signal('');
  readonly guesses = signal<readonly Guess[]>([]);
  readonly index = signal(0);
  readonly hint = signal('');
  readonly view = new SourcesState();

  /** Reads what was pasted; what cannot be read stays, with a hint. */
  decode(text: string = this.text.value): void {
    this.text.value = text;
    const result = readPaste(text);
    this.hint.value = result.ok ? '' : result.hint;
    this.guesses.value = result.ok ? result.guesses : [];
    this.pick(0);
  }

  pick(index: number): void {
    this.index.value = index;
    const guess = this.guesses.value[index];
    this.view.show(guess ? sourcesOf(guess) : []);
  }
}
