/** Messages while they are put together. */
import { eventLabel, readEventData } from './packet-text.ts';
import type { Fate, LaneId, Message, Ms } from './trace.ts';

export type Draft = { -readonly [Key in keyof Message]: Message[Key] };

/** What a program said, and when. `data` is the JSON of `[event, …args]`. */
export type Saying = { readonly id: string; readonly at: Ms; readonly data: string };

/** A message of which no packet was ever made. */
export function unmade({ id, at, data }: Saying, way: { readonly from: LaneId; readonly to: LaneId }, fate: Fate): Draft {
  const event = readEventData(data);
  return {
    kind: 'message',
    id,
    ...way,
    what: 'event',
    sentAt: at,
    label: event ? eventLabel(event.name, event.args) : data,
    ...(event && { event }),
    text: '',
    attachments: [],
    fate,
    duplicates: [],
  };
}
