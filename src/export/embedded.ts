import sql, { raw, type Sql } from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { enterMoment, momentOf, textAtMoment } from '../graph/sql/moment.js';
import { queryRows } from '../graph/sql/query.js';
import { type OpenTransaction, openTransaction } from '../graph/sql/transaction.js';
import type { SnapshotSession, Statement } from './snapshot-session.js';

const ignore = () => undefined;

/** Ends a transaction of which a statement failed, and rethrows its error: a commit would fail with another one. */
async function rollBack({ rollback }: OpenTransaction, error: unknown): Promise<never> {
  await rollback().catch(ignore);
  throw error;
}

/**
 * Opens a session on the embedded database. It has one connection, so an open transaction would block all others:
 * `declare … with hold` materialises the rows of the cursor, and the transaction ends right after it. Each `fetch` then
 * runs in a separate transaction, queued behind others; without one it would join, and fail with, an open transaction.
 *
 * @param em A fork; one that reads the past opens a session that reads the same moment.
 */
export async function openOnEmbedded(em: Fork): Promise<SnapshotSession> {
  const moment = momentOf(em);
  const atMoment = ({ text, values }: Statement): Statement => ({
    text: moment === undefined ? text : textAtMoment(text),
    values,
  });
  const transaction = await openTransaction(em);
  let open = true;
  const endTransaction = async () => {
    if (!open) return;
    open = false;
    await transaction.commit();
  };
  const inOwnTransaction = async <Row>(statement: Sql): Promise<Row[]> => {
    const own = await openTransaction(em);
    const rows = await queryRows<Row>(own.em, statement).catch(error => rollBack(own, error));
    await own.commit();
    return rows;
  };
  if (moment !== undefined)
    await queryRows(transaction.em, sql`${raw(enterMoment(moment))}`).catch(error => rollBack(transaction, error));
  return {
    query: <Row>(statement: Statement) =>
      open ? queryRows<Row>(transaction.em, atMoment(statement)) : inOwnTransaction<Row>(statement as Sql),
    cursor: { options: raw('with hold'), declared: endTransaction },
    close: async cursors => {
      await endTransaction().catch(ignore);
      for (const cursor of cursors) await inOwnTransaction(sql`close ${cursor}`).catch(ignore);
    },
  };
}
