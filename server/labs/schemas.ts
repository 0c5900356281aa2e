/** What pages may say on the control plane. Types are checked against the event map that page and server share. */
import { z } from 'zod';
import { LIMITS } from '#lab/limits.ts';
import { PEOPLE } from '#lab/people.ts';
import type { ClientRecord, LinkAct } from '#trace/records.ts';

const t = z.number();
const text = z.string().max(LIMITS.recordChars + 1);
const short = z.string().max(100);
const count = z.number().int().nonnegative();
const flag = z.boolean();
const acts = ['disconnect', 'connect', 'cut', 'black-hole', 'plug', 'change-network', 'throw-out'] as const satisfies readonly LinkAct[];

const record: z.ZodType<ClientRecord> = z.union([
  z.tuple([z.literal('opened'), t, short, short]),
  z.tuple([z.literal('created'), t, short, text]),
  z.tuple([z.literal('written'), t, short, count]),
  z.tuple([z.literal('arrived'), t, short, text]),
  z.tuple([z.literal('closed'), t, short, short]),
  z.tuple([z.literal('connected'), t, short, short, short, flag]),
  z.tuple([z.literal('disconnected'), t, short, short]),
  z.tuple([z.literal('retrying'), t, count, t]),
  z.tuple([z.literal('failed'), t, short]),
  z.tuple([z.literal('emitted'), t, count, z.enum(['sent', 'buffered', 'dropped']), short, text]),
  z.tuple([z.literal('expired'), t, count]),
  z.tuple([z.literal('act'), t, z.enum(acts)]),
  z.tuple([z.literal('shown'), t, text]),
]);

const lane = z.enum(PEOPLE.map(({ id }) => id));
const lab = z.string().max(64);

export const openLab = z.strictObject({ scenario: z.string().max(64), lanes: z.array(lane).max(PEOPLE.length) });
export const oneLab = z.strictObject({ lab });
export const oneAct = z.strictObject({ lab, act: z.string().max(64) });
export const throwOut = z.strictObject({ lab, socketId: z.string().max(64) });
export const report = z.strictObject({ lab, lane, records: z.array(record).max(LIMITS.recordsPerReport) });
export const nothing = z.null();
