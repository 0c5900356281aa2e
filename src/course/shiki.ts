/** Highlighting with classes instead of inline styles, so that the content policy needs no exception. */
import { createHighlighter, type ShikiTransformer, type ThemedToken } from 'shiki';

const THEME = 'css-variables';
const VARIABLE = /--(?:astro-code|shiki)-(?:token-)?([\w-]+)/;

/** The class of a token's colour, without its prefix: `keyword`, `string`…; empty for plain text. */
function kindOf(color: string | undefined): string {
  const kind = VARIABLE.exec(color ?? '')?.[1] ?? '';
  return kind === 'foreground' ? '' : kind;
}

const tokenClasses: ShikiTransformer = {
  name: 'token-classes',
  span(node) {
    const kind = kindOf(String(node.properties['style'] ?? ''));
    delete node.properties['style'];
    if (kind) node.properties['class'] = `tk-${kind}`;
  },
  pre(node) {
    delete node.properties['style'];
  },
};

export const shikiConfig = { theme: THEME, transformers: [tokenClasses] } as const;

let highlighter: ReturnType<typeof createHighlighter> | undefined;

export type Token = readonly [kind: string, text: string];

/** Lines of TypeScript as tokens, for code that a widget draws itself. */
export async function tokenise(code: string): Promise<readonly (readonly Token[])[]> {
  const { createCssVariablesTheme } = await import('shiki');
  const theme = createCssVariablesTheme({ name: THEME, variablePrefix: '--shiki-' });
  highlighter ??= createHighlighter({ themes: [theme], langs: ['typescript'] });
  const { codeToTokensBase } = await highlighter;
  return codeToTokensBase(code, { lang: 'typescript', theme }).map((line) =>
    line.map(({ color, content }: ThemedToken) => [kindOf(color), content] as const),
  );
}
