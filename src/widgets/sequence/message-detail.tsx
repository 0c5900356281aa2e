/** The opened arrow: its layers, one inside the other, and the bytes of each. */
import type { JSX } from 'preact';
import { type Detail, detailOf, type Layer } from '#trace/detail.ts';
import type { Message, Trace } from '#trace/trace.ts';
import { FATE_LOOK, FateGlyph, PersonMark } from '../marks/marks.tsx';
import { FramePart } from './frame-part.tsx';
import { lifeOf, nameIn, roleIn } from './words.ts';

function Nest({ layers }: { layers: readonly Layer[] }): JSX.Element | null {
  const [outer, ...inner] = layers;
  if (!outer) return null;
  return (
    <div class={`layer ${outer.name}`}>
      <p class="layer-name">
        {outer.title} <code>{outer.sign}</code>
      </p>
      <p>{outer.words}</p>
      {inner.length > 0 && (
        <div class="nest">
          <Nest layers={inner} />
        </div>
      )}
    </div>
  );
}

function Bytes({ detail }: { detail: Detail }): JSX.Element {
  const hex = detail.bytes.map((byte) => byte.hex).join(' ');
  return (
    <div class="bytes" role="img" aria-label={`The ${detail.size} bytes of the frame: ${hex}`}>
      {detail.bytes.map((byte, index) => (
        <span key={index} class={byte.layer}>
          <b>{byte.hex}</b>
          <i>{byte.char}</i>
        </span>
      ))}
    </div>
  );
}

function Opened({ message, detail }: { message: Message; detail: Detail | undefined }): JSX.Element {
  if (!detail) {
    return <p class="below">No packet was ever made of this, so there is nothing to open: the program said it, and it went no further.</p>;
  }
  return (
    <>
      <div class="nest">
        <Nest layers={detail.layers} />
      </div>
      <p class="label">
        On the wire: <code>{message.text}</code> in {detail.size} bytes
        {detail.isCut ? ' and more: only the beginning was written down' : ''}
      </p>
      <Bytes detail={detail} />
      {message.attachments.length > 0 && <p class="below">Then {message.attachments.length} binary frames follow.</p>}
      <p class="below">Below this come TCP, IP and the link. A page cannot see them.</p>
    </>
  );
}

export function MessageDetail({ message, trace }: { message: Message | undefined; trace: Trace }): JSX.Element {
  if (!message) {
    return (
      <div class="layers">
        <p class="layers-head">Open a message</p>
        <p class="below">Choose an arrow in the drawing: here you see its layers, and its bytes.</p>
      </div>
    );
  }
  const { fate, from, to, label } = message;
  const look = FATE_LOOK[fate.kind];
  return (
    <div class="layers">
      <p class={`layers-head picked-line ${look.className}`}>
        Chosen: <code>{label}</code>, <PersonMark who={from} laneRole={roleIn(trace, from)} /> {nameIn(trace, from)} to{' '}
        <PersonMark who={to} laneRole={roleIn(trace, to)} /> {nameIn(trace, to)},{' '}
        <span class={`fate ${look.className}`}>
          <FateGlyph fate={fate.kind} /> {look.word}
        </span>
      </p>
      <p class="below">S{lifeOf(message, trace).slice(1)}.</p>
      {message.frame === undefined ? (
        <Opened message={message} detail={detailOf(message)} />
      ) : (
        <FramePart frame={message.frame} label={label} />
      )}
    </div>
  );
}
