import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw, type Sql } from 'sql-template-tag';
import { rows } from '../graph/rows.js';
import { openTransaction } from '../graph/transaction.js';
import type { Session, Statement } from './session.js';

const nothing = () => undefined;

/**
 * The embedded database has one connection, and an open transaction would keep everybody waiting. So the transaction ends
 * as soon as the cursor is declared: it is a held one, whose rows are put aside by then. They are fetched in transactions
 * of their own, which stand in line with those of others: a statement beside one would become part of it, and fail with it.
 */
export async function openOnEmbedded(em: EntityManager): Promise<Session> {
  const transaction = await openTransaction(em, true);
  let open = true;
  const end = async () => {
    if (!open) return;
    open = false;
    await transaction.commit();
  };
  const apart = async <Row>(statement: Sql): Promise<Row[]> => {
    const its = await openTransaction(em, true);
    try {
      return await rows<Row>(its.em, statement);
    } finally {
      await its.commit();
    }
  };
  return {
    query: <Row>(statement: Statement) =>
      open ? rows<Row>(transaction.em, statement as Sql) : apart<Row>(statement as Sql),
    cursor: { options: raw('with hold'), declared: end },
    close: async cursor => {
      await end().catch(nothing);
      if (cursor) await apart(sql`close ${cursor}`).catch(nothing);
    },
  };
}
