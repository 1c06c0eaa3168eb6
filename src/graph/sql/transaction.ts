import type { EntityManager } from '@mikro-orm/sql';
import { acquireConnection } from './connection-shares.js';
import type { Fork } from './fork.js';
import { PipelinedTransaction } from './pipelined-transaction.js';
import { poolOf } from './pool.js';

/** An open transaction. Exactly one of `commit` and `rollback` must be called. */
export interface OpenTransaction {
  /** A fork whose statements all run in the transaction. */
  em: EntityManager;
  /** The PostgreSQL process that executes it. */
  processId: number;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/**
 * Opens a transaction on a new fork.
 *
 * @throws GraphQLError RATE_LIMITED if the client of `em` uses all connections of its share.
 */
export async function openTransaction(em: Fork): Promise<OpenTransaction> {
  const fork = em.fork({ clear: true });
  const release = await acquireConnection(em);
  let transaction: PipelinedTransaction;
  try {
    transaction = await PipelinedTransaction.begin(await poolOf(em));
  } catch (error) {
    release(true);
    throw error;
  }
  // That of the ORM takes more time: it is made of a transaction, an executor and a connection of kysely.
  fork.setTransactionContext(transaction);
  const close = (failed: boolean) => {
    transaction.release();
    fork.resetTransactionContext();
    release(failed);
  };
  return {
    em: fork,
    processId: transaction.processId,
    commit: async () => {
      let failed = true;
      try {
        await fork.flush();
        await transaction.end('commit');
        failed = false;
      } finally {
        close(failed);
      }
    },
    // Also called after a time-out: it is no sign that the database answers.
    rollback: () => transaction.end('rollback').finally(() => close(true)),
  };
}

/** Runs the cleanups of an operation, which end the transaction of a dry run. */
export async function runCleanups(context: { cleanups: (() => Promise<void>)[] } | undefined): Promise<void> {
  for (const cleanUp of context?.cleanups.splice(0) ?? []) await cleanUp();
}
