/** Configuration from the environment and the command line, parsed once. The README's table is made of `SETTINGS`. */
import { z } from 'zod';
import { LIMITS } from '#lab/limits.ts';

function whole(min: number, max: number, fallback: number) {
  const error = `a whole number from ${min} to ${max} is wanted`;
  return z.coerce.number({ error }).int(error).min(min, error).max(max, error).default(fallback);
}

const schema = z.object({
  HOST: z.string().min(1).default('127.0.0.1').describe('address to listen on'),
  PORT: whole(0, 65_535, 3000).describe('port to listen on; 0 takes a free one'),
  DIST: z.string().min(1).default('dist').describe('folder of the built site'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info').describe('least level that is logged'),
  MAX_LABS: whole(1, 10_000, LIMITS.labs).describe('labs at once, in all'),
  MAX_LABS_PER_ADDRESS: whole(1, 10_000, LIMITS.labsPerAddress).describe('labs at once for one address'),
  LAB_UNWATCHED_SECONDS: whole(1, 86_400, LIMITS.unwatchedMs / 1000).describe('how long a lab lives when nobody watches it'),
  LAB_LIFE_SECONDS: whole(10, 604_800, LIMITS.lifeMs / 1000).describe('how long a lab lives at all'),
  TRUST_PROXY: z.enum(['0', '1']).default('0').describe('1: take a visitor’s address from X-Forwarded-For'),
});

export type Config = z.infer<typeof schema>;

/** Name, default and meaning of each setting, for the README. */
export const SETTINGS = Object.entries(schema.shape).map(([name, field]) => ({
  name,
  fallback: String(field.parse(undefined)),
  meaning: field.description ?? '',
}));

export type ParsedConfig = { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly message: string };

/**
 * Reads the settings. `--lan` listens on every address of this machine, unless HOST says otherwise. A value that makes no
 * sense is answered with one line that names it and says what would.
 */
export function readConfig(env: Record<string, string | undefined>, args: readonly string[]): ParsedConfig {
  const unknown = args.find((arg) => arg !== '--lan');
  if (unknown) return { ok: false, message: `Unknown option ${unknown}. There is one: --lan, to listen on the network too.` };
  const named = Object.fromEntries(SETTINGS.map(({ name }) => [name, env[name]?.trim() || undefined]));
  const lan = args.includes('--lan') && named['HOST'] === undefined ? { HOST: '0.0.0.0' } : {};
  const parsed = schema.safeParse({ ...named, ...lan });
  if (parsed.success) return { ok: true, config: parsed.data };
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0]);
  return {
    ok: false,
    message: `${name}=${env[name] ?? ''} makes no sense: ${issue?.message ?? 'not valid'}. It is the ${schema.shape[name as keyof Config]?.description}.`,
  };
}
