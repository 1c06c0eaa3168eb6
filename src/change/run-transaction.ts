import type { EntityManager } from '@mikro-orm/sql';
import type { Context } from '../context.js';
import type { Fork } from '../graph/sql/fork.js';
import { writeError } from '../graph/sql/read-only.js';
import { openTransaction, runCleanups } from '../graph/sql/transaction.js';

/** Rolls back a dry run of an earlier mutation of the same operation, whose open transaction would block this one. */
export async function endDryRun(context: Context): Promise<void> {
  if (context.cleanups.length === 0) return;
  await runCleanups(context);
  // The changes that follow it have higher ids, and are recorded.
  delete context.operationState.dryRunChangeId;
  context.em = context.fork();
}

/**
 * Sends the commit behind the statements that were sent, without waiting for their results: one round trip less, under the lock
 * of the log. Called at most once, after the last statement. If one of them fails, PostgreSQL rolls back. Dry runs ignore
 * it.
 */
export type CommitBehind = () => void;

/**
 * Runs `work` in a transaction: commits it, or leaves a dry run open until the response has been built.
 *
 * @param work Called once, with the EntityManager of the transaction; a throw rolls the transaction back and is rethrown.
 * @returns The result, and the EntityManager that the selection under the mutation reads from: a new fork after a
 *   commit, that of the open transaction in a dry run.
 */
export async function runTransaction<Result>(
  context: Pick<Context, 'em' | 'fork' | 'cleanups'>,
  dryRun: boolean,
  work: (em: EntityManager, commitBehind: CommitBehind) => Promise<Result>,
): Promise<{ em: Fork; result: Result }> {
  const transaction = await openTransaction(context.em);
  let committing: Promise<void> | undefined;
  const commitBehind = () => {
    if (dryRun) return;
    committing = transaction.commit();
    // Handled below, after the statements.
    committing.catch(() => undefined);
  };
  try {
    const result = await work(transaction.em, commitBehind);
    if (dryRun) {
      context.cleanups.push(transaction.rollback);
      return { em: transaction.em, result };
    }
    committing ??= transaction.commit();
    await committing;
    return { em: context.fork(), result };
  } catch (error) {
    await (committing ?? transaction.rollback()).catch(() => undefined);
    throw writeError(error);
  }
}
