import { afterEach as after } from 'vitest';

/** Exports the functions that Apollo's suite imports from Jest, by their names in Jest. */
export { afterAll, beforeAll, beforeEach, describe, expect, it, test, vi as jest } from 'vitest';

/** Supports hooks with a `done` callback, as Jest does: waits until it is called. */
export const afterEach = (hook: (done: () => void) => unknown) =>
  after(hook.length === 0 ? () => hook(() => undefined) : () => new Promise<void>(resolve => void hook(resolve)));
