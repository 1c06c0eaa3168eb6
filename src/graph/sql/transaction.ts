import type { EntityManager } from '@mikro-orm/sql';
import { acquireConnection } from './connection-shares.js';
import { beginPipelined } from './transaction-driver.js';

/** An open transaction. Exactly one of `commit` and `rollback` must be called. */
export interface OpenTransaction {
  /** A fork whose statements all run in the transaction. */
  em: EntityManager;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/**
 * Opens a transaction on a new fork.
 *
 * @throws GraphQLError RATE_LIMITED if the client of `em` uses all connections of its share.
 */
export async function openTransaction(em: EntityManager): Promise<OpenTransaction> {
  const fork = em.fork({ clear: true });
  const release = await acquireConnection(em);
  let releaseConnection: () => void;
  try {
    releaseConnection = await beginPipelined(fork);
  } catch (error) {
    release(true);
    throw error;
  }
  // The ORM does not release the connection of a transaction that fails to end.
  const end = (ending: Promise<void>) => ending.finally(releaseConnection);
  return {
    em: fork,
    commit: () =>
      end(fork.commit()).then(
        () => release(),
        (error: unknown) => {
          release(true);
          throw error;
        },
      ),
    // Also called after a time-out: it is no sign that the database answers.
    rollback: () => end(fork.rollback()).finally(() => release(true)),
  };
}

/** Runs the cleanups of an operation, which end the transaction of a dry run. */
export async function runCleanups(context: { cleanups: (() => Promise<void>)[] } | undefined): Promise<void> {
  for (const cleanUp of context?.cleanups.splice(0) ?? []) await cleanUp();
}
