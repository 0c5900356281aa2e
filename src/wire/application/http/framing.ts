/** Where the body of a message ends. Source: RFC 9112 §6.3. */
import { type HttpHead, listOf, type StartLine, valuesOf } from './head.ts';
import type { HttpErrorCode } from './http-error.ts';

export type Framing =
  | { readonly kind: 'none' }
  /** As many bytes as Content-Length says. */
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  /** Until the server closes the connection. */
  | { readonly kind: 'until-close' }
  /** After this message the connection speaks another protocol: 101, or an answer to CONNECT. */
  | { readonly kind: 'switch' };

export type FramingResult =
  | { readonly ok: true; readonly framing: Framing }
  | { readonly ok: false; readonly code: HttpErrorCode; readonly offset: number };

const NONE: FramingResult = { ok: true, framing: { kind: 'none' } };

/** A response whose status, or whose request, leaves no body whatever its fields say. Source: RFC 9112 §6.3, items 1 and 2. */
function bodiless({ status }: Extract<StartLine, { kind: 'response' }>, method: string | undefined): Framing | undefined {
  const code = status.text;
  if (code === '101' || (method === 'CONNECT' && code.startsWith('2'))) return { kind: 'switch' };
  return method === 'HEAD' || code.startsWith('1') || code === '204' || code === '304' ? { kind: 'none' } : undefined;
}

/** Transfer-Encoding: chunked is last and once, and the version knows it. Source: RFC 9112 §6.1, §6.3 item 4, §7. */
function encoded({ fields, start }: HttpHead, offset: number): FramingResult {
  const codings = listOf(fields, 'transfer-encoding');
  const bad: FramingResult = { ok: false, code: 'bad-transfer-encoding', offset };
  if (start?.version.text === 'HTTP/1.0' || codings.indexOf('chunked') !== codings.lastIndexOf('chunked')) return bad;
  if (codings.at(-1) === 'chunked') return { ok: true, framing: { kind: 'chunked' } };
  return start?.kind === 'response' ? { ok: true, framing: { kind: 'until-close' } } : bad;
}

/** Content-Length: one number. A list of equal numbers is refused, as RFC 9110 §8.6 permits. */
function measured(head: HttpHead): FramingResult | undefined {
  const [value, another] = valuesOf(head.fields, 'content-length');
  if (!value) return undefined;
  const bytes = Number(value.text);
  if (another || !/^\d+$/.test(value.text) || !Number.isSafeInteger(bytes)) {
    return { ok: false, code: 'bad-content-length', offset: (another ?? value).at };
  }
  return { ok: true, framing: { kind: 'length', bytes } };
}

/** How the body behind this head ends. `method`: of the request that a response answers, where it is known. */
export function framingOf(head: HttpHead, method: string | undefined): FramingResult {
  const isResponse = head.start?.kind === 'response';
  const without = head.start?.kind === 'response' ? bodiless(head.start, method) : undefined;
  if (without) return { ok: true, framing: without };
  const [encoding] = valuesOf(head.fields, 'transfer-encoding');
  const length = measured(head);
  if (encoding && length) return { ok: false, code: 'both-lengths', offset: encoding.at };
  if (encoding) return encoded(head, encoding.at);
  if (length) return length;
  return isResponse ? { ok: true, framing: { kind: 'until-close' } } : NONE;
}
