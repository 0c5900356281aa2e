/** Where the keyboard stands when the pressed button has gone. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { QuestionState } from './question-state.ts';

/** What can be done next after a check; and, when it is tried again, the first thing that can be answered. */
const NEXT = '.question-foot :is(button, a)';
const ANSWER = 'fieldset :is(input, select, .moves button, button[tabindex="0"]):enabled';

/** Checking, trying again and showing the answer each take away the button that was pressed: the focus goes on to what has come instead. */
export function useFocusAfter(form: RefObject<HTMLFormElement>, state: QuestionState): void {
  const isChecked = state.graded.value !== undefined;
  const isRevealed = state.revealed.value;
  const before = useRef({ isChecked, isRevealed });
  useLayoutEffect(() => {
    const { current } = before;
    if (current.isChecked === isChecked && current.isRevealed === isRevealed) return;
    before.current = { isChecked, isRevealed };
    form.current?.querySelector<HTMLElement>(isChecked ? NEXT : ANSWER)?.focus();
  }, [form, isChecked, isRevealed]);
}
