/** What came of an act is where it can be seen, on a phone too. */
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Scrolls the element into sight, no further than needed, when `news` becomes something else than nothing. */
export function useInSight<Box extends HTMLElement>(news: unknown): RefObject<Box> {
  const box = useRef<Box>(null);
  useEffect(() => {
    if (news) box.current?.scrollIntoView({ block: 'nearest' });
  }, [news]);
  return box;
}
