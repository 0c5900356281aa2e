/** Metrics for Prometheus. Each app has a registry of its own, so that two in one process do not meet. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

const NS_PER_MS = 1_000_000;
/** How far back the delay of the event loop is looked at, milliseconds: what was long ago says nothing about now. */
const WINDOW_MS = 10_000;

/** Watches the event loop's delay, in windows: `readMs` is the 99th percentile of this one and the last, the worse of both. */
function watchLoopDelay() {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const currentMs = () => (delay.count > 0 ? delay.percentile(99) / NS_PER_MS : 0);
  let lastMs = 0;
  const window = setInterval(() => {
    lastMs = currentMs();
    delay.reset();
  }, WINDOW_MS).unref();
  return {
    readMs: () => Math.max(lastMs, currentMs()),
    stop() {
      clearInterval(window);
      delay.disable();
    },
  };
}

/** Counters for the app to move, and gauges that ask `read` when they are read. */
export function createMetrics(read: { labs(): number; connections(): number; watchers(): number; benches(): number }) {
  const registry = new Registry();
  const registers = [registry];
  const loopDelay = watchLoopDelay();
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
  gauge('wire_benches', 'Benches of plain sockets', read.benches);
  gauge('wire_loop_delay_ms', 'Event loop delay of the last seconds, 99th percentile', loopDelay.readMs);
  const packets = { in: 0, out: 0 };
  new Counter({
    name: 'wire_events_total',
    help: 'Packets of labs',
    labelNames: ['direction'],
    registers,
    collect() {
      this.reset();
      this.inc({ direction: 'in' }, packets.in);
      this.inc({ direction: 'out' }, packets.out);
    },
  });
  return {
    /** Plain numbers, read when somebody asks: each packet moves one, and a labelled counter is a look-up in a table. */
    registry,
    loopDelayMs: loopDelay.readMs,
    labsOpened: new Counter({ name: 'wire_labs_opened_total', help: 'Labs opened', registers }),
    packets,
    refusals: new Counter({ name: 'wire_refusals_total', help: 'Requests refused, by reason', labelNames: ['why'], registers }),
    troubles: new Counter({
      name: 'wire_troubles_total',
      help: 'Faults caught in labs and handlers, by kind',
      labelNames: ['what'],
      registers,
    }),
    stop: loopDelay.stop,
  };
}
