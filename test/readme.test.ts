/** The README is the first thing that a stranger tries: what it says must be so. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '#lab/limits.ts';
import { SETTINGS } from '../server/config.ts';

const readme = readFileSync('README.md', 'utf8');
const scripts: Record<string, string> = JSON.parse(readFileSync('package.json', 'utf8')).scripts;

describe('the README', () => {
  it.each(SETTINGS)('lists $name with its default', ({ name, fallback, meaning }) => {
    expect(readme).toContain(`| \`${name}\` | \`${fallback}\` | ${meaning} |`);
  });

  it.each(Object.entries(LIMITS))('tells the limit %s', (name, value) => {
    expect(readme).toContain(`| \`${name}\` | ${value.toLocaleString('en-US')} |`);
  });

  it('names only npm commands that exist', () => {
    const named = [...readme.matchAll(/npm (?:run )?([a-z]+)/g)].flatMap(([, name]) =>
      name && !['comes', 'run'].includes(name) ? [name] : [],
    );
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('shows a picture that is there', () => {
    const [, path = ''] = /!\[[^\]]*\]\(([^)]+)\)/.exec(readme) ?? [];
    expect(existsSync(path)).toBe(true);
  });
});

it('there are at most ten npm commands, hooks not counted', () => {
  const commands = Object.keys(scripts).filter((name) => !(/^(pre|post)/.test(name) && name.replace(/^(pre|post)/, '') in scripts));
  expect(commands.length).toBeLessThanOrEqual(10);
});
