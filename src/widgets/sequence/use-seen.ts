/** Which of the two drawings the style sheet shows. The width at which they change is its business alone. */
import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

type Seen = 'wide' | 'narrow' | 'both';

const isShown = (svg: Element | null): boolean => svg !== null && getComputedStyle(svg).display !== 'none';

/** Keeps `seen` true while the returned element holds the drawings. Without a script, and on paper, both are there. */
export function useSeen(seen: Signal<Seen>): RefObject<HTMLDivElement> {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = box;
    if (!current || !('ResizeObserver' in globalThis)) return undefined;
    const look = () => {
      seen.value = isShown(current.querySelector('.seq.wide')) ? 'wide' : 'narrow';
    };
    const showBoth = () => {
      seen.value = 'both';
    };
    const observer = new ResizeObserver(look);
    observer.observe(current);
    addEventListener('beforeprint', showBoth);
    addEventListener('afterprint', look);
    return () => {
      observer.disconnect();
      removeEventListener('beforeprint', showBoth);
      removeEventListener('afterprint', look);
    };
  }, [seen]);
  return box;
}
