/** The chosen field: what it is, what it means, its bits, and a place to write another value. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useId } from 'preact/hooks';
import { placeOf, type Row } from './field-rows.ts';
import { useInSight } from './use-in-sight.ts';

/** The bits of a field within its bytes; a field of more than this many bytes is not drawn in bits. */
const BYTES_IN_BITS = 4;

function BitRow({ row, bytes }: { row: Row; bytes: Uint8Array }): JSX.Element | null {
  const first = Math.floor(row.at / 8);
  const last = Math.ceil((row.at + row.bits) / 8);
  if (row.bits === 0 || last - first > BYTES_IN_BITS) return null;
  const bits = Array.from({ length: (last - first) * 8 }, (_, index) => ((bytes[first + (index >> 3)] ?? 0) >> (7 - (index % 8))) & 1);
  return (
    <p class="bits" role="img" aria-label={`Its bits: ${bits.slice(row.at - first * 8, row.at - first * 8 + row.bits).join('')}`}>
      {bits.map((bit, index) => {
        const at = first * 8 + index;
        const isOwn = at >= row.at && at < row.at + row.bits;
        return (
          <span key={index} class={`${isOwn ? 'is-own' : ''}${index % 4 === 0 && index > 0 ? ' is-nibble' : ''}`}>
            {bit}
          </span>
        );
      })}
    </p>
  );
}

type EditorProps = { readonly row: Row; readonly hint: string; readonly onEdit: (text: string) => void };

function Editor({ row, hint, onEdit }: EditorProps): JSX.Element | null {
  const id = useId();
  const { field } = row;
  const shown = field?.kind === 'flag' ? String(Number(field.value)) : (field?.text ?? '');
  const draft = useSignal(shown);
  useEffect(() => {
    draft.value = shown;
  }, [draft, shown, row.key]);
  const box = useInSight<HTMLParagraphElement>(hint);
  if (!field) return null;
  const { check } = field;
  return (
    <form
      class="field-editor needs-script"
      onSubmit={(event) => {
        event.preventDefault();
        onEdit(draft.value);
      }}
    >
      <label for={id}>Write another value</label>
      <div class="row">
        <input
          id={id}
          value={draft.value}
          spellcheck={false}
          autocomplete="off"
          aria-invalid={hint !== ''}
          aria-describedby={hint === '' ? undefined : `${id}-hint`}
          onInput={(event) => {
            draft.value = event.currentTarget.value;
          }}
        />
        <button type="submit" class="button">
          Set
        </button>
        {check && !check.isGood && (
          <button type="button" class="button" onClick={() => onEdit(check.expected)}>
            Set {check.expected}
          </button>
        )}
      </div>
      {hint !== '' && (
        <p class="field-hint" id={`${id}-hint`} role="alert" ref={box}>
          {hint}
        </p>
      )}
    </form>
  );
}

type CardProps = {
  readonly row: Row | undefined;
  readonly bytes: Uint8Array;
  readonly hint?: string;
  /** Missing where nothing can be changed. */
  readonly onEdit?: (text: string) => void;
};

export function FieldCard({ row, bytes, hint = '', onEdit }: CardProps): JSX.Element {
  if (!row) {
    return (
      <div class="field-card">
        <p class="label">Choose a field or a byte</p>
        <p>Here you read what it means{onEdit ? ', and can write something else into it' : ''}.</p>
      </div>
    );
  }
  return (
    <div class={`field-card layer-${row.level}`}>
      <p class="field-title">
        {row.name} {row.text && <code>{row.text}</code>}
      </p>
      <p>
        {placeOf(row)}
        {row.field?.wireshark && (
          <>
            {' · Wireshark calls it '}
            <code>{row.field.wireshark}</code>
          </>
        )}
      </p>
      {row.isMasked && <p>Read without the mask: the bytes beside it are masked.</p>}
      {row.meaning && <p>{row.meaning}</p>}
      {row.problem && <p class="tree-problem">✕ {row.problem}</p>}
      {!row.isMasked && <BitRow row={row} bytes={bytes} />}
      {onEdit && <Editor row={row} hint={hint} onEdit={onEdit} />}
    </div>
  );
}
