/** What pages may ask of a bench of sockets. There is no field for an address or a port. */
import { z } from 'zod';
import { LIMITS } from '#lab/limits.ts';
import { HOLDERS, SOCKET_NAMES, type SocketStep } from '#lab/sockets/steps.ts';

const bench = z.string().max(64);
const socket = z.enum(SOCKET_NAMES);
const holder = z.enum(HOLDERS);
const target = z.enum([...SOCKET_NAMES, 'nobody']);
const text = z.string().min(1).max(LIMITS.charsPerWrite);

const step: z.ZodType<SocketStep> = z.discriminatedUnion('do', [
  z.strictObject({ do: z.enum(['listen', 'bind']), socket: holder }),
  z.strictObject({ do: z.literal('connect'), socket: holder, to: target }),
  z.strictObject({ do: z.literal('send'), socket, text, to: z.exactOptional(target) }),
  z.strictObject({ do: z.enum(['pause', 'resume', 'end', 'close', 'reset']), socket }),
]);

export const openBench = z.null();
export const oneBench = z.strictObject({ bench });
export const oneStep = z.strictObject({ bench, step });
