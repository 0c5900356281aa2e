/** Protocol, address, port, connection: which packets are listed. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { CaptureState } from './capture-state.ts';
import { NO_FILTER } from './packet-filter.ts';

export function FilterBar({ state }: { readonly state: CaptureState }): JSX.Element {
  const id = useId();
  const filter = state.filter.value;
  const hint = state.hint.value;
  const isOn = Object.values(filter).some((value) => value !== '');
  return (
    <form class="packet-filter needs-script" aria-label="Filter" onSubmit={(event) => event.preventDefault()}>
      <label>
        Protocol
        <select value={filter.protocol} onChange={(event) => state.setFilter({ protocol: event.currentTarget.value })}>
          <option value="">all</option>
          {state.protocols.value.map(({ name, count }) => (
            <option key={name} value={name}>
              {name} ({count.toLocaleString('en-US')})
            </option>
          ))}
        </select>
      </label>
      <label>
        Address
        <input
          value={filter.address}
          placeholder="192.0.2.10"
          spellcheck={false}
          autocomplete="off"
          aria-describedby={`${id}-hint`}
          onInput={(event) => state.setFilter({ address: event.currentTarget.value })}
        />
      </label>
      <label>
        Port
        <input
          value={filter.port}
          placeholder="80"
          inputMode="numeric"
          autocomplete="off"
          aria-describedby={`${id}-hint`}
          onInput={(event) => state.setFilter({ port: event.currentTarget.value })}
        />
      </label>
      <label>
        TCP stream
        <select value={filter.stream} onChange={(event) => state.setFilter({ stream: event.currentTarget.value })}>
          <option value="">all</option>
          {state.streams.value.slice(0, 500).map(({ index, name, packets }) => (
            <option key={index} value={String(index)}>
              {index}: {name}, {packets.toLocaleString('en-US')} packets
            </option>
          ))}
        </select>
      </label>
      {isOn && (
        <button type="button" class="button" onClick={() => state.setFilter(NO_FILTER)}>
          Show all
        </button>
      )}
      <p id={`${id}-hint`} class="filter-hint" role="status">
        {hint}
      </p>
    </form>
  );
}
