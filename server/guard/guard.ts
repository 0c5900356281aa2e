/**
 * The one way in which a handler of the control plane is registered. What comes in is checked for depth, size, rate and
 * shape before the handler sees it; what the handler throws, now or later, ends here; an acknowledgement is optional.
 */
import type { Socket } from 'socket.io';
import type { z } from 'zod';
import type { PageToServer, Refusal, Result } from '#lab/control-plane.ts';
import { isWithinBounds } from './bounds.ts';
import type { Rates } from './rates.ts';

export type GuardContext = {
  readonly rates: Rates;
  /** Hears of every refusal, by its code. */
  refused(event: string, why: Refusal): void;
  /** Hears of a fault of our own. */
  fault(event: string, error: unknown): void;
};

type Handler<Request, Value> = (request: Request) => Result<Value> | Promise<Result<Value>>;

const refuse = (why: Refusal): Result<never> => ({ ok: false, why });

/** Registers `handler` for `event` on one socket of the control plane. */
export function guard<Request, Value>(
  socket: Socket,
  context: GuardContext,
  event: keyof PageToServer,
  schema: z.ZodType<Request>,
  handler: Handler<Request, Value>,
): void {
  const answer = async (payload: unknown): Promise<Result<Value>> => {
    if (!isWithinBounds(payload)) return refuse('bad-request');
    if (!(await context.rates.allow(socket, event))) return refuse('too-fast');
    const parsed = schema.safeParse(payload);
    return parsed.success ? handler(parsed.data) : refuse('bad-request');
  };
  socket.on(event, (...args: unknown[]) => {
    const [payload] = args;
    const reply = args.find((arg) => typeof arg === 'function');
    answer(payload)
      .catch((error: unknown) => {
        context.fault(event, error);
        return refuse('failed');
      })
      .then((result) => {
        if (!result.ok) context.refused(event, result.why);
        reply?.(result);
      })
      .catch((error: unknown) => context.fault(event, error));
  });
}
