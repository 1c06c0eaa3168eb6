import { afterEach as after } from 'vitest';

/** What Apollo's suite takes from Jest, by the names it has there. */
export { afterAll, beforeAll, beforeEach, describe, expect, it, test, vi as jest } from 'vitest';

/** Jest waits for a hook that takes `done` until it calls it. */
export const afterEach = (hook: (done: () => void) => unknown) =>
  after(hook.length === 0 ? () => hook(() => undefined) : () => new Promise<void>(resolve => void hook(resolve)));
