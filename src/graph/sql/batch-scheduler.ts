import type { EntityManager } from '@mikro-orm/sql';

/** How many statements of a fork are on their way, and what waits until none is. */
interface ForkState {
  reads: number;
  waiting: (() => void)[];
  scheduled: boolean;
}

const traffic = new WeakMap<EntityManager, ForkState>();

function stateOf(em: EntityManager): ForkState {
  let found = traffic.get(em);
  if (!found) {
    found = { reads: 0, waiting: [], scheduled: false };
    traffic.set(em, found);
  }
  return found;
}

export function queryStarted(em: EntityManager): void {
  stateOf(em).reads += 1;
}

export function queryFinished(em: EntityManager): void {
  const its = stateOf(em);
  its.reads -= 1;
  if (its.reads === 0 && its.waiting.length) scheduleFlush(its);
}

/**
 * Runs something once no statement of a fork is on its way and all that waited for one has gone on. Loaders dispatch by
 * it: parts of an operation that read at the same time, several root fields for one, then share the statements of the
 * next level, so that their number depends on the question alone and not on which answer came first.
 */
export function scheduleBatch(em: EntityManager, run: () => void): void {
  const its = stateOf(em);
  its.waiting.push(run);
  scheduleFlush(its);
}

function scheduleFlush(its: ForkState): void {
  if (its.scheduled) return;
  its.scheduled = true;
  // Ticks come after all promise jobs that are due, and those that they add: whoever is to ask has asked by then.
  void Promise.resolve().then(() =>
    process.nextTick(() => {
      its.scheduled = false;
      if (its.reads === 0) for (const run of its.waiting.splice(0)) run();
    }),
  );
}
