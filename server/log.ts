/** Structured logs: JSON lines, without payloads, whole addresses or whole lab ids. */
import pino from 'pino';
import type { Config } from './config.ts';

export type Log = pino.Logger;

export const createLog = (level: Config['LOG_LEVEL']): Log => pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });

/** An address with its last part left out: the first 24 bits of IPv4, the first 48 of IPv6. */
export function shortAddress(address: string): string {
  const v4 = /(?:^|:)(\d+\.\d+\.\d+)\.\d+$/.exec(address);
  if (v4) return `${v4[1]}.0/24`;
  // Groups behind `::` are the last ones, whatever their place in the text.
  const [head = ''] = address.split('::', 1);
  return `${head.split(':').slice(0, 3).join(':')}::/48`;
}

/** Enough of a lab's id to follow it through the log, not enough to join it. */
export const shortLab = (lab: string): string => lab.slice(0, 6);
