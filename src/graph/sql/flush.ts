import type { EntityManager } from '@mikro-orm/sql';
import type { PipelinedTransaction } from './pipelined-transaction.js';

/**
 * Flushes, and reads what was written: both are sent together if the flush has one statement, which saves a round trip.
 *
 * @param em That of a transaction.
 * @param read Called behind the statement, and once more after the flush if there are none or several. Must only read.
 */
export async function flushAndRead<T>(em: EntityManager, read: () => Promise<T>): Promise<T> {
  const transaction = em.getTransactionContext<PipelinedTransaction>();
  if (!transaction) throw new Error('A flush that is read needs a transaction.');
  let statements = 0;
  let reading: Promise<T> | undefined;
  transaction.onOrmStatement = () => {
    statements += 1;
    reading ??= read();
    // Of a statement that fails, the flush has the error.
    reading.catch(() => undefined);
  };
  try {
    await em.flush();
  } finally {
    transaction.onOrmStatement = undefined;
  }
  return reading && statements === 1 ? reading : read();
}
