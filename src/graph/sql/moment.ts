import type { EntityManager } from '@mikro-orm/sql';

const momentByFork = new WeakMap<EntityManager, number>();

/**
 * Makes a fork read the register as it was known after a change, and returns the fork. All other forks read the present.
 *
 * @param changeId The id of the last change that is visible: the fork sees the changes with this id and lower ones.
 */
export function readAt(em: EntityManager, changeId: number): EntityManager {
  momentByFork.set(em, changeId);
  return em;
}

/** Returns the id of the last change that a fork sees, or `undefined` if it reads the present. */
export const momentOf = (em: EntityManager): number | undefined => momentByFork.get(em);
