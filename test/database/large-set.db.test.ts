import sql, { raw } from 'sql-template-tag';
import { expect, test } from 'vitest';
import { queryRows } from '../../src/graph/sql/query.js';
import { openTransaction } from '../../src/graph/sql/transaction.js';
import { testApi } from '../support/api.js';

const { database } = testApi();
const BATCHES = 100;
const BATCH_ROWS = 20;

const cite = `insert into citation (source_id, exchange_id, supports, position)
  select (select min(id) from source), (select min(id) from exchange), '{}', n from generate_series(1, ${BATCH_ROWS}) n`;
const change = `insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields, change_set)
  select 'REVISED', 'test', 'EXCHANGE', min(id), 1, '{}', '[]', 'large-set' from exchange`;

test('a batch of a large set of changes visits the versions of its own rows only', async () => {
  const transaction = await openTransaction(database().em.fork());
  const run = <Row>(text: string) => queryRows<Row>(transaction.em, sql`${raw(text)}`);
  try {
    for (let batch = 0; batch < BATCHES; batch += 1) {
      await run(cite);
      await run(change);
    }
    const [visited] = await run<{ rows: number }>(
      `select (seq_tup_read + idx_tup_fetch)::int as rows from pg_stat_xact_user_tables
        where schemaname = 'history' and relname = 'citation'`,
    );
    // For each row the versions of its key, in each of the three statements that write versions.
    expect(visited?.rows).toBeLessThan(BATCHES * BATCH_ROWS * 3);
  } finally {
    await transaction.rollback();
  }
});
