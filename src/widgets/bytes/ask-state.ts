/** Before the frame: the message as it is written, and a guess of how large it gets. Light, since it is in the page from the beginning. */
import { computed, signal } from '@preact/signals';

/** Longest message that the explorer takes, characters: a frame of it still fits one Ethernet frame. */
export const MAX_MESSAGE_CHARS = 120;

const LARGEST_FRAME = 1514;
/** The headers of Ethernet, IPv4 and TCP without options, bytes. */
const HEADERS = 14 + 20 + 20;
/** From here on, a WebSocket header needs two bytes more for the length. Source: RFC 6455 §5.2. */
const LONG_PAYLOAD = 126;

const utf8Length = (text: string): number => new TextEncoder().encode(text).length;

/** Bytes of the message, of the event around it, and of the frame: those that `wrap` makes, without making them. */
export function sizesOf(message: string): { readonly message: number; readonly event: number; readonly frame: number } {
  const event = utf8Length(`42${JSON.stringify(['chat', message])}`);
  return { message: utf8Length(message), event, frame: HEADERS + (event < LONG_PAYLOAD ? 6 : 8) + event };
}

export class AskState {
  readonly message = signal('hi');
  readonly guess = signal<number | undefined>(undefined);
  /** The message that is wrapped; none while it is asked. */
  readonly wrapped = signal<string | undefined>(undefined);
  /** The sizes that are offered as guesses, bytes: the message alone, with the event's name, with every header, and the largest frame. */
  readonly choices = computed(() => {
    const { message, event, frame } = sizesOf(this.message.value);
    return [message, event, frame, LARGEST_FRAME];
  });

  /** Takes the message as it is typed; what is too long is cut. */
  write(text: string): void {
    this.message.value = [...text].slice(0, MAX_MESSAGE_CHARS).join('');
    this.guess.value = undefined;
  }

  wrapIt(): void {
    this.wrapped.value = this.message.value;
  }

  /** Wraps without a guess. */
  skip(): void {
    this.guess.value = undefined;
    this.wrapIt();
  }

  again(): void {
    this.guess.value = undefined;
    this.wrapped.value = undefined;
  }
}
