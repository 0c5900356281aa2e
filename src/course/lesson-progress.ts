/** Runs in the page of a lesson: it has been opened. */
import { rememberOpened } from './memory.ts';

const lesson = document.querySelector<HTMLElement>('[data-lesson]')?.dataset['lesson'];
if (lesson) rememberOpened(lesson);
