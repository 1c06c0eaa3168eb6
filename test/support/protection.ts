import { defaultProtection, type Protection } from '../../src/config/protection.js';

/** As it stands when nothing is set, but for what bounds one client: a test is many at one address. */
export const UNBOUNDED: Protection = {
  ...defaultProtection(),
  rate: { perAddress: undefined, perKey: undefined, store: 'memory' },
  socketsPerAddress: 10_000,
  clientShare: 1,
};

/** Nor is what one operation may cost: tests compare whole lists. */
export const WITHOUT_COST: Protection = { ...UNBOUNDED, maxCost: 1_000_000 };
