/**
 * What a browser loads of a page of the built site, before anybody uses it: with the document, or when an island comes
 * into sight. Read from the HTML as Astro writes it, and from the static imports of each script; what a script imports
 * dynamically is loaded when it is needed, and is not followed.
 */

export type Loads = {
  readonly styles: readonly string[];
  /** Scripts that load at once. */
  readonly scripts: readonly string[];
  /** Scripts of islands that wait until they are seen. */
  readonly onSight: readonly string[];
  /** Pictures, icons and what is preloaded. */
  readonly others: readonly string[];
};

const TAG = /<(script|link|img|astro-island)\b((?:[^>"']|"[^"]*"|'[^']*')*)>/g;
const ATTRIBUTE = /([\w:-]+)(?:="([^"]*)")?/g;
const INLINE_MODULE = /<script type="module">([\s\S]*?)<\/script>/g;
/** Only of built files, whose names end in a hash: a script may also hold code that is meant to be read. */
const STATIC_IMPORT = /\b(?:import|from)\s*["'](\.{0,2}\/[^"']+\.[\w-]{8}\.js)["']/g;
const CSS_URL = /url\(\s*["']?([^"')]+)["']?\s*\)/g;
const ISLAND_SCRIPTS = ['component-url', 'renderer-url', 'before-hydration-url'];
/** Directives whose islands load without being seen. */
const AT_ONCE = new Set(['load', 'idle', 'only', 'media']);

type Attributes = Readonly<Record<string, string>>;

const attributesOf = (text: string): Attributes =>
  Object.fromEntries([...text.matchAll(ATTRIBUTE)].map(([, name, value]) => [name, value ?? '']));

const isPicture = (name: string, { rel, loading }: Attributes): boolean =>
  name === 'img' ? loading !== 'lazy' : name === 'link' && /\b(?:icon|preload)\b/.test(rel ?? '');

/** The addresses in the HTML of a page, as they are written there. */
export function loadsOf(html: string): Loads {
  const styles: string[] = [];
  const scripts: string[] = [...html.matchAll(INLINE_MODULE)].flatMap(([, code]) => importsOf(code ?? ''));
  const onSight: string[] = [];
  const others: string[] = [];
  for (const [, name = '', text = ''] of html.matchAll(TAG)) {
    const attributes = attributesOf(text);
    const { rel, href, src, client } = attributes;
    if (name === 'astro-island') {
      const into = AT_ONCE.has(client ?? '') ? scripts : onSight;
      into.push(...ISLAND_SCRIPTS.flatMap((key) => attributes[key] ?? []));
    } else if (name === 'script' && src) scripts.push(src);
    else if (rel === 'modulepreload' && href) scripts.push(href);
    else if (rel === 'stylesheet' && href) styles.push(href);
    else if (isPicture(name, attributes)) others.push(...[href ?? src ?? []].flat());
  }
  return { styles, scripts, onSight, others };
}

/** What a script imports before it runs. */
export const importsOf = (code: string): string[] => [...code.matchAll(STATIC_IMPORT)].flatMap(([, url]) => url ?? []);

/** What a style sheet may load: fonts and pictures. */
export const urlsOf = (css: string): string[] =>
  [...css.matchAll(CSS_URL)].flatMap(([, url]) => url ?? []).filter((url) => !url.startsWith('data:'));
