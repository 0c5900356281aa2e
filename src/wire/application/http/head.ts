/**
 * The head of an HTTP/1.1 message: the start line, the field lines, an empty line. Source: RFC 9112 §2.1, §3, §4 and §5.
 *
 * A line may end with LF alone, as §2.2 permits; every other repair that the RFC leaves to us is refused (see `HttpErrorCode`).
 */
import type { HttpErrorCode } from './http-error.ts';

/** A piece of the head, and where it stands: bytes from the beginning of the message. Its text is one character a byte. */
export type Word = { readonly text: string; readonly at: number; readonly end: number };

export type RequestLine = { readonly kind: 'request'; readonly method: Word; readonly target: Word; readonly version: Word };
/** `reason` may be empty; programs must not read it. Source: RFC 9112 §4. */
export type StatusLine = { readonly kind: 'response'; readonly version: Word; readonly status: Word; readonly reason: Word };
export type StartLine = RequestLine | StatusLine;

export type HttpField = { readonly name: Word; readonly value: Word };

/** `end`: the first byte after the empty line. `error` ends the reading; what stands before it was read. */
export type HttpHead = {
  readonly start?: StartLine;
  readonly fields: readonly HttpField[];
  readonly end: number;
  readonly error?: { readonly code: HttpErrorCode; readonly offset: number };
};

/** Source: RFC 9110 §5.6.2 (token), RFC 9112 §3.2 (a target has no white space), §2.3 (version) and §4 (status). */
const REQUEST_LINE = /^([\w!#$%&'*+\-.^`|~]+) ([\x21-\x7e]+) (HTTP\/\d\.\d)$/;
const STATUS_LINE = /^(HTTP\/\d\.\d) (\d{3})(?: ([\t\x20-\x7e\x80-\xff]*))?$/;
const TOKEN = /^[\w!#$%&'*+\-.^`|~]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it finds. Source: RFC 9110 §5.5.
const CONTROL = /[\x00-\x08\x0a-\x1f\x7f]/;
const VERSION = /^HTTP\/1\.\d$/;

/** Bytes as characters, one each, so that an index in the text is an index of a byte. */
export function charsOf(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 4096) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 4096)));
  return pieces.join('');
}

type Line = Word;
type Refusal = { readonly code: HttpErrorCode; readonly offset: number };

/** The lines of a text whose first character is byte `at`, without their ends; the text ends with the end of a line. */
export function linesOf(text: string, at: number): readonly Line[] {
  const lines: Line[] = [];
  let here = 0;
  while (here < text.length) {
    const feed = text.indexOf('\n', here);
    const next = feed === -1 ? text.length : feed;
    const end = feed > here && text[feed - 1] === '\r' ? feed - 1 : next;
    lines.push({ text: text.slice(here, end), at: at + here, end: at + end });
    here = next + 1;
  }
  return lines;
}

const wordAt = ({ at }: Line, text: string, offset: number): Word => ({ text, at: at + offset, end: at + offset + text.length });

function requestLine(line: Line): RequestLine | undefined {
  const [, method = '', target = '', version = ''] = REQUEST_LINE.exec(line.text) ?? [];
  if (method === '') return undefined;
  const targetAt = method.length + 1;
  return {
    kind: 'request',
    method: wordAt(line, method, 0),
    target: wordAt(line, target, targetAt),
    version: wordAt(line, version, targetAt + target.length + 1),
  };
}

function statusLine(line: Line): StatusLine | undefined {
  const [, version = '', status = '', reason = ''] = STATUS_LINE.exec(line.text) ?? [];
  if (version === '') return undefined;
  const statusAt = version.length + 1;
  return {
    kind: 'response',
    version: wordAt(line, version, 0),
    status: wordAt(line, status, statusAt),
    reason: wordAt(line, reason, line.text.length - reason.length),
  };
}

/** What is wrong with a line of the head, wherever it stands. */
function lineError(line: Line): Refusal | undefined {
  const carriageReturn = line.text.indexOf('\r');
  return carriageReturn === -1 ? undefined : { code: 'bare-carriage-return', offset: line.at + carriageReturn };
}

type FieldRead = { readonly ok: true; readonly field: HttpField } | { readonly ok: false; readonly error: Refusal };

const refuse = (code: HttpErrorCode, offset: number): FieldRead => ({ ok: false, error: { code, offset } });

/** The value without the white space around it. Source: RFC 9112 §5. */
function fieldValue(line: Line, from: number): Word {
  let at = from;
  let end = line.text.length;
  const isSpace = (index: number): boolean => line.text[index] === ' ' || line.text[index] === '\t';
  while (at < end && isSpace(at)) at += 1;
  while (end > at && isSpace(end - 1)) end -= 1;
  return wordAt(line, line.text.slice(at, end), at);
}

/** Reads `name: value`. Source: RFC 9112 §5.1 (no space before the colon) and §5.2 (folded lines are obsolete). */
export function readFieldLine(line: Line): FieldRead {
  const broken = lineError(line);
  if (broken) return { ok: false, error: broken };
  if (/^[ \t]/.test(line.text)) return refuse('folded-line', line.at);
  const colon = line.text.indexOf(':');
  const name = colon === -1 ? line.text : line.text.slice(0, colon);
  if (colon !== -1 && /[ \t]$/.test(name)) return refuse('space-before-colon', line.at + colon - 1);
  if (colon === -1 || !TOKEN.test(name)) return refuse('bad-field-name', line.at);
  const value = fieldValue(line, colon + 1);
  const control = CONTROL.exec(value.text);
  if (control) return refuse('bad-field-value', value.at + control.index);
  return { ok: true, field: { name: wordAt(line, name, 0), value } };
}

function startLineError(from: 'client' | 'server', start: StartLine | undefined, line: Line): Refusal | undefined {
  const broken = lineError(line);
  if (broken) return broken;
  if (!start) return { code: from === 'client' ? 'bad-request-line' : 'bad-status-line', offset: line.at };
  return VERSION.test(start.version.text) ? undefined : { code: 'bad-version', offset: start.version.at };
}

/** Reads a whole head, its empty line included. Empty lines before a request are passed over. Source: RFC 9112 §2.2. */
export function readHead(bytes: Uint8Array, from: 'client' | 'server'): HttpHead {
  const end = bytes.length;
  const lines = linesOf(charsOf(bytes), 0);
  const first = lines.findIndex(({ text }) => text !== '');
  const line = lines[first] ?? { text: '', at: 0, end: 0 };
  const start = from === 'client' ? requestLine(line) : statusLine(line);
  const broken = startLineError(from, start, line);
  if (broken) return { fields: [], end, error: broken, ...(start && { start }) };
  const fields: HttpField[] = [];
  for (const fieldLine of lines.slice(first + 1)) {
    if (fieldLine.text === '') break;
    const read = readFieldLine(fieldLine);
    if (!read.ok) return { fields, end, error: read.error, ...(start && { start }) };
    fields.push(read.field);
  }
  return { fields, end, ...(start && { start }) };
}

/** The values of all fields of a name, in order; names differ in case at will. Source: RFC 9110 §5.1. */
export const valuesOf = (fields: readonly HttpField[], name: string): readonly Word[] =>
  fields.filter((field) => field.name.text.toLowerCase() === name).map(({ value }) => value);

/** The members of a list that may be spread over several fields, in small letters. Source: RFC 9110 §5.6.1. */
export const listOf = (fields: readonly HttpField[], name: string): readonly string[] =>
  valuesOf(fields, name)
    .flatMap(({ text }) => text.toLowerCase().split(','))
    .map((member) => member.trim())
    .filter((member) => member !== '');
