/** Runs on every page that offers it: progress to a file, and back. */
import { merged, parseProgress } from '#review/progress.ts';
import { changeProgress, readProgress } from './memory.ts';

const WHY = {
  'not-json': 'This file cannot be read. Choose a file that was saved here, named on-the-wire-progress.json.',
  'not-progress': 'This file holds something else. Choose a file that was saved here, named on-the-wire-progress.json.',
  'newer-version': 'This file was saved by a newer version of this site. Reload the page, then load it again.',
} as const;

const news = document.querySelector('[data-progress-news]');
const tell = (text: string): void => {
  if (news) news.textContent = text;
};

function save(): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(readProgress(), undefined, 2)], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: 'on-the-wire-progress.json' });
  link.click();
  URL.revokeObjectURL(url);
  tell('Saved.');
}

async function load(input: HTMLInputElement): Promise<void> {
  const [file] = input.files ?? [];
  if (!file) return;
  const parsed = parseProgress(await file.text());
  input.value = '';
  if (!parsed.ok) {
    tell(`${WHY[parsed.why]} Nothing was changed.`);
    return;
  }
  changeProgress((before) => merged(before, parsed.progress));
  dispatchEvent(new Event('progress-loaded'));
  tell('Loaded, and added to what was here.');
}

document.querySelector('[data-save-progress]')?.addEventListener('click', save);
document.querySelector<HTMLInputElement>('[data-load-progress]')?.addEventListener('change', (event) => {
  if (event.currentTarget instanceof HTMLInputElement) void load(event.currentTarget);
});
