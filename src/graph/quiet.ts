import type { EntityManager } from '@mikro-orm/sql';

/** How many statements of a fork are on their way, and what waits until none is. */
interface Traffic {
  reads: number;
  waiting: (() => void)[];
  scheduled: boolean;
}

const traffic = new WeakMap<EntityManager, Traffic>();

function of(em: EntityManager): Traffic {
  let found = traffic.get(em);
  if (!found) {
    found = { reads: 0, waiting: [], scheduled: false };
    traffic.set(em, found);
  }
  return found;
}

export function beginRead(em: EntityManager): void {
  of(em).reads += 1;
}

export function endRead(em: EntityManager): void {
  const its = of(em);
  its.reads -= 1;
  if (its.reads === 0 && its.waiting.length) schedule(its);
}

/**
 * Runs something once no statement of a fork is on its way and all that waited for one has gone on. Loaders dispatch by
 * it: parts of an operation that read at the same time, several root fields for one, then share the statements of the
 * next level, so that their number depends on the question alone and not on which answer came first.
 */
export function whenQuiet(em: EntityManager, run: () => void): void {
  const its = of(em);
  its.waiting.push(run);
  schedule(its);
}

function schedule(its: Traffic): void {
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
