const QUOTE = 34;
const BACKSLASH = 92;
const OPENING = new Set([91, 123]);
const CLOSING = new Set([93, 125]);

/** Index of the quote that ends the string which begins at `start`; the text's end if there is none. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === BACKSLASH) i++;
    else if (code === QUOTE) return i;
  }
  return text.length;
}

/**
 * Whether arrays and objects in a JSON text are nested deeper than `limit`, brackets inside strings not counted. It
 * stops at the limit, and needs no stack, unlike a parser.
 */
export function deeperThan(text: string, limit: number): boolean {
  // Each level takes two characters, so a short text cannot be deep: most need no look.
  if (text.length < 2 * limit) return false;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) i = endOfString(text, i);
    else if (OPENING.has(code) && ++depth > limit) return true;
    else if (CLOSING.has(code)) depth--;
  }
  return false;
}
