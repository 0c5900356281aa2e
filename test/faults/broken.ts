import { scenario } from '../../server/app.fixture.ts';

/** Its options cannot be read: opening it makes the control plane's own handler reject. */
export const BROKEN = {
  ...scenario('broken', () => undefined),
  get options(): never {
    throw new Error('a fault');
  },
};
