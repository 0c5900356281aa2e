import { describe, expect, it } from 'vitest';
import { readConfig, SETTINGS } from './config.ts';

const messageOf = (env: Record<string, string>, args: readonly string[] = []): string => {
  const parsed = readConfig(env, args);
  return parsed.ok ? '' : parsed.message;
};
const configOf = (env: Record<string, string>, args: readonly string[] = []) => {
  const parsed = readConfig(env, args);
  return parsed.ok ? parsed.config : undefined;
};

describe('readConfig', () => {
  it('gives each setting its default when the environment says nothing', () => {
    expect(configOf({})).toEqual({
      HOST: '127.0.0.1',
      PORT: 3000,
      DIST: 'dist',
      LOG_LEVEL: 'info',
      MAX_LABS: 500,
      MAX_LABS_PER_ADDRESS: 60,
      LAB_UNWATCHED_SECONDS: 60,
      LAB_LIFE_SECONDS: 3600,
      TRUST_PROXY: '0',
    });
  });
  it.each(SETTINGS.map(({ name, fallback }) => [name, fallback]))('takes %s empty or blank as not set', (name, fallback) => {
    for (const blank of ['', '  ']) expect(String(Reflect.get(configOf({ [name]: blank }) ?? {}, name))).toBe(fallback);
  });
  it('takes what the environment says', () => {
    expect(configOf({ PORT: '0', HOST: '::1', MAX_LABS: '7', TRUST_PROXY: '1', LOG_LEVEL: 'silent' })).toMatchObject({
      PORT: 0,
      HOST: '::1',
      MAX_LABS: 7,
      TRUST_PROXY: '1',
      LOG_LEVEL: 'silent',
    });
  });
  it('ignores the rest of the environment', () => {
    expect(configOf({ PATH: '/bin', port: '9' })).toMatchObject({ PORT: 3000 });
  });

  it.each([
    ['PORT', 'abc', 'PORT=abc makes no sense: a whole number from 0 to 65535 is wanted.'],
    ['PORT', '65536', 'a whole number from 0 to 65535 is wanted'],
    ['PORT', '3000.5', 'a whole number from 0 to 65535 is wanted'],
    ['PORT', '-1', 'a whole number from 0 to 65535 is wanted'],
    ['MAX_LABS', '0', 'a whole number from 1 to 10000 is wanted'],
    ['MAX_LABS_PER_ADDRESS', 'many', 'a whole number from 1 to 10000 is wanted'],
    ['LAB_UNWATCHED_SECONDS', '0', 'a whole number from 1 to 86400 is wanted'],
    ['LAB_LIFE_SECONDS', '1', 'a whole number from 10 to 604800 is wanted'],
    ['LOG_LEVEL', 'loud', 'expected one of'],
    ['TRUST_PROXY', 'yes', 'expected one of'],
  ])('answers %s=%s with one line that says what is wanted', (name, value, says) => {
    const message = messageOf({ [name]: value });
    expect(message).toContain(`${name}=${value}`);
    expect(message).toContain(says);
    expect(message).toContain(SETTINGS.find((setting) => setting.name === name)?.meaning);
    expect(message.split('\n')).toHaveLength(1);
  });

  it('listens on every address with --lan, unless HOST says otherwise', () => {
    expect(configOf({}, ['--lan'])).toMatchObject({ HOST: '0.0.0.0' });
    expect(configOf({ HOST: '10.0.0.1' }, ['--lan'])).toMatchObject({ HOST: '10.0.0.1' });
  });
  it('names an option that it does not know', () => {
    expect(messageOf({}, ['--lann'])).toBe('Unknown option --lann. There is one: --lan, to listen on the network too.');
  });
});

describe('SETTINGS', () => {
  it('gives every setting a meaning, for the README', () => {
    expect(SETTINGS.filter(({ meaning }) => meaning === '')).toEqual([]);
    expect(SETTINGS).toHaveLength(9);
  });
});
