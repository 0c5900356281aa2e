/** Metrics for Prometheus. Each app has a registry of its own, so that two in one process do not meet. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

const NS_PER_MS = 1_000_000;

/** Counters for the app to move, and gauges that ask `read` when they are read. */
export function createMetrics(read: { labs(): number; connections(): number; watchers(): number }) {
  const registry = new Registry();
  const registers = [registry];
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const loopDelayMs = () => (delay.count > 0 ? delay.percentile(99) / NS_PER_MS : 0);
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  gauge('wire_labs', 'Labs that are open', read.labs);
  gauge('wire_connections', 'Connections to labs', read.connections);
  gauge('wire_watchers', 'Pages on the control plane', read.watchers);
  gauge('wire_loop_delay_ms', 'Event loop delay since the last reading, 99th percentile', () => {
    const value = loopDelayMs();
    delay.reset();
    return value;
  });
  return {
    registry,
    loopDelayMs,
    labsOpened: new Counter({ name: 'wire_labs_opened_total', help: 'Labs opened', registers }),
    events: new Counter({ name: 'wire_events_total', help: 'Packets of labs', labelNames: ['direction'], registers }),
    refusals: new Counter({ name: 'wire_refusals_total', help: 'Requests refused, by reason', labelNames: ['why'], registers }),
    troubles: new Counter({
      name: 'wire_troubles_total',
      help: 'Faults caught in labs and handlers, by kind',
      labelNames: ['what'],
      registers,
    }),
    stop: () => delay.disable(),
  };
}
