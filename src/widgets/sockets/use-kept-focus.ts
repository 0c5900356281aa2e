import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/**
 * Keeps the keyboard in a widget whose buttons come and go: when the one that had the focus is gone, the first one of the
 * controls gets it. `change`: what the buttons depend on.
 */
export function useKeptFocus(change: unknown): RefObject<HTMLElement> {
  const box = useRef<HTMLElement>(null);
  const wasInside = useRef(false);
  useEffect(() => {
    const { current } = box;
    const note = (event: FocusEvent) => {
      wasInside.current = event.target instanceof Node && (current?.contains(event.target) ?? false);
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  // After the paint: parts of a widget that read a signal themselves are drawn after the whole.
  useEffect(() => {
    if (!wasInside.current || document.activeElement !== document.body) return;
    box.current?.querySelector<HTMLElement>('.controls button, .ask input')?.focus();
  }, [change]);
  return box;
}
