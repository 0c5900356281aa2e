import type { BenchScript } from '#lab/sockets/script.ts';
import { datagrams } from './datagrams.ts';
import { threeConnections } from './three-connections.ts';

/** Every script that a bench of sockets can be led through. */
export const BENCHES: readonly BenchScript[] = [threeConnections, datagrams];

export const benchOf = (id: string): BenchScript | undefined => BENCHES.find((script) => script.id === id);
