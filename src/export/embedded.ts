import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw, type Sql } from 'sql-template-tag';
import { queryRows } from '../graph/sql/query.js';
import { openTransaction } from '../graph/sql/transaction.js';
import type { SnapshotSession, Statement } from './snapshot-session.js';

const nothing = () => undefined;

/**
 * The embedded database has one connection, and an open transaction would keep everybody waiting. So the transaction ends
 * as soon as the cursor is declared: it is a held one, whose rows are put aside by then. They are fetched in transactions
 * of their own, which stand in line with those of others: a statement beside one would become part of it, and fail with it.
 */
export async function openOnEmbedded(em: EntityManager): Promise<SnapshotSession> {
  const transaction = await openTransaction(em, true);
  let open = true;
  const endTransaction = async () => {
    if (!open) return;
    open = false;
    await transaction.commit();
  };
  const inOwnTransaction = async <Row>(statement: Sql): Promise<Row[]> => {
    const its = await openTransaction(em, true);
    try {
      return await queryRows<Row>(its.em, statement);
    } finally {
      await its.commit();
    }
  };
  return {
    query: <Row>(statement: Statement) =>
      open ? queryRows<Row>(transaction.em, statement as Sql) : inOwnTransaction<Row>(statement as Sql),
    cursor: { options: raw('with hold'), declared: endTransaction },
    close: async cursor => {
      await endTransaction().catch(nothing);
      if (cursor) await inOwnTransaction(sql`close ${cursor}`).catch(nothing);
    },
  };
}
