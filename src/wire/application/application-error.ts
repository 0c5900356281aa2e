/** What can be wrong with the message of a program, in words. The codes are those of the readers in this folder. */
import type { EngineError } from './engine-io.ts';
import type { HttpErrorCode } from './http/http-error.ts';
import type { SocketError } from './socket-io.ts';
import type { FrameErrorCode } from './websocket/frame-error.ts';

type NameErrorCode = 'bad-name';
type Codes = Exclude<
  FrameErrorCode | HttpErrorCode | NameErrorCode | EngineError['code'] | SocketError['code'],
  'truncated' | 'bad-version'
>;

export const APPLICATION_ERRORS = {
  'bad-name': 'The name is malformed: too long, with a pointer that does not point back, or with more of them than are followed.',

  'bad-request-line': 'A request begins with a method, a target and a version, with one space between them.',
  'bad-status-line': 'A response begins with a version and a status of three digits.',
  'bare-carriage-return': 'A carriage return stands alone: a line ends with both, CR and LF.',
  'folded-line': 'The line begins with a space. Long ago that continued the line before; today it is refused.',
  'space-before-colon': 'A space stands between the field’s name and its colon. Readers disagree on such a name, so it is refused.',
  'bad-field-name': 'The field has no name, or one with a character that no name may hold.',
  'bad-field-value': 'The field’s value holds a control character.',
  'bad-host': 'A request of HTTP/1.1 has exactly one Host field.',
  'head-too-big': 'The head is longer than is read here.',
  'both-lengths': 'Content-Length and Transfer-Encoding stand together. Readers disagree on where such a message ends, so it is refused.',
  'bad-content-length': 'Content-Length is not one whole number.',
  'bad-transfer-encoding': 'With this Transfer-Encoding nobody can know where the body ends.',
  'bad-chunk-size': 'A chunk begins with its size in hex digits.',
  'bad-chunk-end': 'The chunk’s data do not end where its size says.',
  'chunk-line-too-long': 'The line with the chunk’s size is longer than is read here.',

  'rsv-without-extension': 'A reserved bit is set, and no extension that would use it was agreed.',
  'reserved-opcode': 'No kind of frame has this opcode.',
  'fragmented-control': 'Close, ping and pong are never fragmented.',
  'control-too-long': 'The payload of a close, ping or pong has at most 125 bytes.',
  'unmasked-client-frame': 'A client masks every frame, and this one is not masked.',
  'masked-server-frame': 'A server never masks, and this frame is masked.',
  'non-minimal-length': 'The length is written longer than it needs to be.',
  'length-out-of-range': 'The highest bit of a 64-bit length is 0.',
  'continuation-without-start': 'A continuation, and no message was begun.',
  'data-inside-message': 'A new message begins before the one under way has ended.',
  'one-byte-close': 'A close frame is empty, or begins with a code of two bytes.',
  'bad-close-code': 'No close frame carries this code.',
  'invalid-utf8': 'The text is not UTF-8.',
  'message-too-big': 'The message is bigger than is read here.',
  'bad-accept': 'The answer does not prove that the server has read the key of this handshake.',

  empty: 'A packet has at least one character, its type.',
  'unknown-type': 'No packet has this type.',
  'bad-base64': 'The bytes are not written in base64.',
  'bad-attachments': 'The number of attachments is missing, or stands where none may stand.',
  'bad-json': 'The data are not JSON.',
  'bad-payload': 'A packet of this type carries other data.',
  'too-many-packets': 'More packets than are read here: the rest stands as bytes.',
} as const satisfies Readonly<Record<Codes | 'bad-accept' | 'too-many-packets', string>>;
