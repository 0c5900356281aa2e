import type { Refusal } from './control-plane.ts';

const TEXTS: Record<Refusal, string> = {
  'bad-request': 'The lab server did not understand this page. Reload the page and try again.',
  'too-fast': 'That was too fast for the lab server. Wait a few seconds and try again.',
  'unknown-scenario': 'The lab server does not know this lab. The page may be older than the server: reload it.',
  'unknown-lab': 'This lab is not there any more. Labs end when nobody has used them for a while.',
  'lab-limit': 'The lab server is full. Try again in a minute.',
  'visitor-limit': 'Too many labs are open from your address. Close another page with a lab, or try again in a minute.',
  'lab-full': 'This lab has as many clients as it can take.',
  'unknown-bench': 'These sockets are not there any more. They are closed when nobody has used them for a while.',
  'bench-limit': 'The lab server has no sockets left to lend. Try again in a minute.',
  'bench-full': 'That many sockets may not be open at once. Close one first.',
  'bench-spent': 'These sockets have done all that they may. Start over with new ones.',
  'not-now': 'That cannot be done with these sockets now.',
  'shutting-down': 'The lab server is being stopped. Try again in a minute.',
  unreachable: 'The lab server does not answer.',
  failed: 'The lab server could not do this. Try again.',
};

/** What happened and what to do, for a person. */
export const refusalText = (why: Refusal): string => TEXTS[why];
