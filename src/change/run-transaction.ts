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
 * @param onCommitted Called with the result after the commit, before the client is answered. Must not throw.
 * @returns The result, and the EntityManager that the selection under the mutation reads from: a new fork after a
 *   commit, that of the open transaction in a dry run.
 */
export async function runTransaction<Result>(
  context: Pick<Context, 'em' | 'fork' | 'cleanups' | 'changes'>,
  dryRun: boolean,
  work: (em: EntityManager, commitBehind: CommitBehind) => Promise<Result>,
  onCommitted: (result: Result) => void,
): Promise<{ em: Fork; result: Result }> {
  const transaction = await openTransaction(context.em);
  let committing: Promise<void> | undefined;
  const commit = () => {
    context.changes.onCommitSent(transaction.processId);
    committing = transaction.commit();
    // Handled below, after the statements.
    committing.catch(() => undefined);
    return committing;
  };
  const commitBehind = () => {
    if (!dryRun) void commit();
  };
  try {
    const result = await work(transaction.em, commitBehind);
    if (dryRun) {
      context.cleanups.push(transaction.rollback);
      return { em: transaction.em, result };
    }
    await (committing ?? commit());
    onCommitted(result);
    return { em: context.fork(), result };
  } catch (error) {
    await (committing ?? transaction.rollback()).catch(() => undefined);
    throw writeError(error);
  } finally {
    if (committing) context.changes.onCommitEnded(transaction.processId);
  }
}
