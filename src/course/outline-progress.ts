/** Runs on the front page: marks each lesson of the outline as this reader left it. */
import { type LessonState, stateOf } from '#review/progress.ts';
import { readProgress } from './memory.ts';

const WORDS: Record<LessonState, string> = { new: '', started: 'started: ', done: 'done: ' };

function show(): void {
  const progress = readProgress();
  let isNew = true;
  for (const link of document.querySelectorAll<HTMLElement>('[data-lesson]')) {
    const state = stateOf(progress, link.dataset['lesson'] ?? '', (link.dataset['questions'] ?? '').split(' ').filter(Boolean));
    link.dataset['progress'] = state;
    const word = link.querySelector('[data-state]');
    if (word) word.textContent = WORDS[state];
    if (state !== 'new') isNew = false;
  }
  const flag = document.querySelector<HTMLElement>('[data-start-here]');
  if (flag) flag.hidden = !isNew;
}

show();
// Another tab may have learnt something, and a page that comes back from the cache is old.
addEventListener('storage', show);
addEventListener('pageshow', show);
addEventListener('progress-loaded', show);
