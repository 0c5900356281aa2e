/** A message of DNS in one line. */
import { flatFields } from '../../field.ts';
import type { DnsLayer } from './dns.ts';

const ENTRY = /^(question|answer)\d+$/;
/** Most questions or records that are named. */
const MOST_NAMED = 4;

/** `question 0x1234: chat.example A`, `answer 0x1234: chat.example A 198.51.100.20`. */
export function dnsSummary({ header, fields }: Pick<DnsLayer, 'header' | 'fields'>): string {
  if (!header) return 'a message that is cut short';
  const wanted = header.isResponse && header.answers > 0 ? 'answer' : 'question';
  const entries = fields.filter(({ id }) => ENTRY.test(id) && id.startsWith(wanted)).map(({ meaning, text }) => meaning ?? text);
  const code = flatFields(fields).find(({ id }) => id === 'responseCode');
  const failed = header.responseCode === 0 ? [] : [code?.meaning ?? code?.text ?? ''];
  const id = `0x${header.id.toString(16).padStart(4, '0')}`;
  return `${header.isResponse ? 'answer' : 'question'} ${id}: ${[...failed, ...entries.slice(0, MOST_NAMED)].join(', ')}`;
}
