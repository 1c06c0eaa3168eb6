import type { EntityManager } from '@mikro-orm/sql';
import { acquireConnection, type Release } from './connection-shares.js';
import { beginPipelined } from './transaction-driver.js';

/** Serialises the transactions on an embedded database, by connection: it has one, on which two would mix. */
const transactionQueues = new WeakMap<object, Promise<unknown>>();

/** An open transaction. Exactly one of `commit` and `rollback` must be called. */
export interface OpenTransaction {
  /** A fork whose statements all run in the transaction. */
  em: EntityManager;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/**
 * Opens a transaction on a new fork; on an embedded database, after the previous transaction ended.
 *
 * @throws GraphQLError RATE_LIMITED if the client of `em` uses all connections of its share.
 */
export async function openTransaction(em: EntityManager, embedded: boolean): Promise<OpenTransaction> {
  const fork = em.fork({ clear: true });
  const release = embedded ? await acquireTurn(em.getConnection()) : await acquireConnection(em);
  let releaseConnection: (() => void) | undefined;
  try {
    if (embedded) await fork.begin();
    else releaseConnection = await beginPipelined(fork);
  } catch (error) {
    release(true);
    throw error;
  }
  // The ORM does not release the connection of a transaction that fails to end.
  const end = (ending: Promise<void>) => ending.finally(() => releaseConnection?.());
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

async function acquireTurn(connection: object): Promise<Release> {
  const previous = transactionQueues.get(connection) ?? Promise.resolve();
  let release = () => {};
  transactionQueues.set(
    connection,
    new Promise<void>(resolve => {
      release = resolve;
    }),
  );
  await previous;
  return release;
}

/** Runs the cleanups of an operation, which end the transaction of a dry run. */
export async function runCleanups(context: { cleanups: (() => Promise<void>)[] } | undefined): Promise<void> {
  for (const cleanUp of context?.cleanups.splice(0) ?? []) await cleanUp();
}
