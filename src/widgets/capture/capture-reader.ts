/** Who reads captures for a page: a worker of its own. */
import type { CaptureAnswer, CaptureRequest } from './capture-service.ts';

export type CaptureReader = {
  ask(request: CaptureRequest): void;
  /** Ends what it is doing, and itself. */
  close(): void;
};

/** How a reader is made: told where its answers go, and where it says that it has failed. */
export type StartReader = (onAnswer: (answer: CaptureAnswer) => void, onFailure: () => void) => CaptureReader;

export const startWorker: StartReader = (onAnswer, onFailure) => {
  const worker = new Worker(new URL('./capture-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<CaptureAnswer>) => onAnswer(data));
  worker.addEventListener('error', onFailure);
  return { ask: (request) => worker.postMessage(request), close: () => worker.terminate() };
};
