/** The worker that reads captures. Nothing leaves it but answers to its page. */
import { type CaptureRequest, CaptureService } from './capture-service.ts';

const service = new CaptureService();

globalThis.addEventListener('message', ({ data }: MessageEvent<CaptureRequest>) => {
  for (const answer of service.answer(data)) globalThis.postMessage(answer);
});
