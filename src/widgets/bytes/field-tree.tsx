/** Layers, their fields and the parts of those, as a tree. Source of its keys: WAI-ARIA Authoring Practices, "Tree View". */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { BytesState } from './bytes-state.ts';
import type { Row } from './field-rows.ts';

function Item({ state, row, isStop }: { state: BytesState; row: Row; isStop: boolean }): JSX.Element {
  const isFoldable = state.isFoldable(row.key);
  const isOpen = state.open.value.has(row.key);
  const isChosen = state.chosenKey.value === row.key;
  const marks = [
    'tree-row',
    `depth-${row.depth}`,
    `layer-${row.level}`,
    isChosen ? 'is-chosen' : '',
    state.pointedKey.value === row.key ? 'is-pointed' : '',
    row.problem ? 'is-wrong' : '',
  ];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles keys
    <div
      role="treeitem"
      class={marks.filter(Boolean).join(' ')}
      aria-level={row.depth + 1}
      aria-selected={isChosen}
      aria-expanded={isFoldable ? isOpen : undefined}
      tabIndex={isStop ? 0 : -1}
      data-key={row.key}
      onClick={() => {
        if (isFoldable) state.setOpen(row.key, isChosen ? !isOpen : true);
        state.choose(row.key);
      }}
      onPointerEnter={() => (state.pointedKey.value = row.key)}
    >
      <span class="fold" aria-hidden="true">
        {isFoldable ? (isOpen ? '▾' : '▸') : ''}
      </span>
      <span class="tree-name">{row.name}</span>
      {row.text && ' '}
      {row.text && <code>{row.text}</code>}
      {row.meaning && (
        <span class="tree-meaning">
          {row.text ? ' ' : ', '}
          {row.meaning}
        </span>
      )}
      {row.problem && <strong class="tree-problem"> ✕ {row.problem}</strong>}
    </div>
  );
}

export function FieldTree({ state, label }: { state: BytesState; label: string }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const visible = state.visible.value;
  const stop = visible.find(({ key }) => key === state.chosenKey.value) ?? visible[0];
  const go = (row: Row | undefined) => {
    if (!row) return;
    state.choose(row.key);
    box.current?.querySelector<HTMLElement>(`[data-key="${row.key}"]`)?.focus();
  };
  const fold = (row: Row) => {
    if (state.open.value.has(row.key)) state.setOpen(row.key, false);
    else go(state.around(row.key));
  };
  const unfold = (row: Row, here: number) => {
    if (!state.isFoldable(row.key)) return;
    if (state.open.value.has(row.key)) go(visible[here + 1]);
    else state.setOpen(row.key, true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const key = event.target instanceof HTMLElement ? event.target.dataset['key'] : undefined;
    const here = visible.findIndex((row) => row.key === key);
    const row = visible[here];
    if (!row) return;
    const act: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(visible[here + 1]),
      ArrowUp: () => go(visible[here - 1]),
      ArrowRight: () => unfold(row, here),
      ArrowLeft: () => fold(row),
      Home: () => go(visible[0]),
      End: () => go(visible.at(-1)),
      Enter: () => state.setOpen(row.key, !state.open.value.has(row.key)),
      ' ': () => state.setOpen(row.key, !state.open.value.has(row.key)),
    };
    const chosen = act[event.key];
    if (!chosen) return;
    event.preventDefault();
    chosen();
  };
  return (
    <div
      class="tree"
      role="tree"
      aria-label={label}
      ref={box}
      onKeyDown={onKeyDown}
      onPointerLeave={() => (state.pointedKey.value = undefined)}
    >
      {visible.map((row) => (
        <Item key={row.key} state={state} row={row} isStop={row === stop} />
      ))}
    </div>
  );
}
