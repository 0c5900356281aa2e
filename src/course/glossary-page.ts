/** Runs on the glossary: narrows it while a reader types, and keeps what is sought in the address, so that a search can be linked. */
import { findTerms, searchable } from './term-search.ts';

/** A pause in typing after which the count is announced and the address written, milliseconds. */
const PAUSE_MS = 400;

const part = (name: string): HTMLElement | undefined => document.querySelector<HTMLElement>(`[data-${name}]`) ?? undefined;
const textsOf = (entry: Element, name: string): readonly string[] =>
  [...entry.querySelectorAll(`[data-${name}]`)].map((element) => element.textContent);

/** Each entry, what it is found by, and the list in which it stands when nothing is sought. */
const terms = [...document.querySelectorAll<HTMLElement>('[data-entry]')].map((entry) => ({
  entry,
  home: entry.parentElement,
  ...searchable(textsOf(entry, 'name'), textsOf(entry, 'text').join(' ')),
}));

const input = document.querySelector<HTMLInputElement>('#find');
const [count, hits, noHit, sought, byLetter] = ['count', 'hits', 'no-hit', 'sought', 'by-letter'].map(part);

let pause: ReturnType<typeof setTimeout> | undefined;

const sayCount = (found: number): string => (found === 0 ? 'nothing found' : found === 1 ? '1 word' : `${found} words`);

function settle(query: string, found: number): void {
  if (count) count.textContent = query === '' ? '' : sayCount(found);
  const address = new URL(location.href);
  if (query === '') address.searchParams.delete('q');
  else address.searchParams.set('q', query);
  history.replaceState(history.state, '', address);
}

function search(query: string): void {
  const found = findTerms(query, terms);
  for (const { entry, home } of terms) home?.append(entry);
  if (query !== '') hits?.append(...found.map(({ entry }) => entry));
  if (hits) hits.hidden = query === '' || found.length === 0;
  if (byLetter) byLetter.hidden = query !== '';
  if (noHit) noHit.hidden = found.length > 0;
  if (sought) sought.textContent = `“${query}”`;
  clearTimeout(pause);
  pause = setTimeout(settle, PAUSE_MS, query, found.length);
}

function seek(query: string): void {
  if (input) input.value = query;
  search(query);
}

/** A link to an entry leads to it, whatever is sought: what hides it is given up. */
function showTarget(): void {
  const target = terms.find(({ entry }) => `#${entry.id}` === location.hash);
  if (!target || target.entry.checkVisibility()) return;
  seek('');
  target.entry.scrollIntoView();
}

input?.addEventListener('input', () => search(input.value.trim()));
part('find')?.addEventListener('submit', (event) => event.preventDefault());
part('all')?.addEventListener('click', () => {
  seek('');
  input?.focus();
});
addEventListener('hashchange', showTarget);

// What stands in the field already was typed before this script came, or is what the browser remembers of an earlier visit.
const asked = input?.value.trim() || (new URLSearchParams(location.search).get('q') ?? '').trim();
if (asked) seek(asked);
showTarget();
