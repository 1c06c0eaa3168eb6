import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw, type Sql } from 'sql-template-tag';
import { rows } from '../graph/rows.js';
import { openTransaction } from '../graph/transaction.js';
import type { Session } from './session.js';

const nothing = () => undefined;

/**
 * The embedded database has one connection, and an open transaction would keep everybody waiting. So the transaction ends
 * as soon as the cursor is declared: it is a held one, whose rows are put aside by then, and they are fetched between the
 * statements of others.
 */
export async function openOnEmbedded(em: EntityManager): Promise<Session> {
  const transaction = await openTransaction(em, true);
  let open = true;
  const end = async () => {
    if (!open) return;
    open = false;
    await transaction.commit();
  };
  return {
    query: statement => rows(open ? transaction.em : em, statement as Sql),
    cursor: { options: raw('with hold'), declared: end },
    close: async cursor => {
      await end().catch(nothing);
      if (cursor) await rows(em, sql`close ${cursor}`).catch(nothing);
    },
  };
}
