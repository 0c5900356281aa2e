/** Whether a packet says what a program said: its text on the wire is not the JSON of the event. Pure. */

/** What stands before the JSON: message, type, count of attachments, namespace, ack id. */
const HEAD = /^4\d(?:\d+-)?(?:\/[^,]*,)?\d*/;
/** From here on the JSON of packet and event may differ: bytes have left the text (of both, an object is there), or a record was cut short. */
const UNCERTAIN = /"_placeholder"|…$/;
/** The offset that recovery appends to an event (two of one millisecond differ after a dot), and the end of the JSON. */
const OFFSET = /^,"[\w.-]+"\]$/;

/** Whether `json` is the event of `data`, perhaps with a recovery offset as one argument more. */
export function isSameEvent(json: string, data: string): boolean {
  if (json === data) return data !== '';
  const said = data.slice(0, -1);
  if (said.length < 2) return false;
  const known = json.split(UNCERTAIN, 1)[0] ?? '';
  if (known.length < json.length) return known.startsWith(said) || said.startsWith(known);
  return json.startsWith(said) && OFFSET.test(json.slice(said.length));
}

/** Whether a packet's text says `data`, which is the JSON of `[event, …args]`. */
export const isSaying = (text: string, data: string): boolean => isSameEvent(text.replace(HEAD, ''), data);
