import type { EntityManager } from '@mikro-orm/sql';

/** Transactions on the embedded database stand in line: it has one connection, and its driver cannot tell two apart. */
const transactionQueues = new WeakMap<object, Promise<unknown>>();

/** An open transaction. Exactly one of `commit` and `rollback` must be called. */
export interface OpenTransaction {
  /** A fork of its own: whatever is read or written through it happens inside. */
  em: EntityManager;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/** Opens a transaction on a fork of its own; on the embedded database once the one before it has ended. */
export async function openTransaction(em: EntityManager, embedded: boolean): Promise<OpenTransaction> {
  const fork = em.fork({ clear: true });
  const leave = embedded ? await acquireTurn(em.getConnection()) : () => undefined;
  try {
    await fork.begin();
  } catch (error) {
    leave();
    throw error;
  }
  return {
    em: fork,
    commit: () => fork.commit().finally(leave),
    rollback: () => fork.rollback().finally(leave),
  };
}

async function acquireTurn(connection: object): Promise<() => void> {
  const before = transactionQueues.get(connection) ?? Promise.resolve();
  let leave = () => {};
  transactionQueues.set(
    connection,
    new Promise<void>(resolve => {
      leave = resolve;
    }),
  );
  await before;
  return leave;
}

/** Ends what an operation left open: the transaction of a dry run. */
export async function runCleanups(context: { cleanups: (() => Promise<void>)[] } | undefined): Promise<void> {
  for (const end of context?.cleanups.splice(0) ?? []) await end();
}
