// Measures the SQL statements of a request, and the blocks that they read, as PostgreSQL counts them.
import { ask } from './load.mjs';

const REQUESTS = 50;

/** The first requests of a process may also learn types, begin a connection or plan a statement. */
const WARM_REQUESTS = 10;

/** @param client A client on the server, on another database than the one measured, so that it does not count itself. */
export const statementsPerRequest = (client, database, hasStatements, url, body) =>
  perRequest(() => (hasStatements ? summed(client, database, 'calls') : transactions(client, database)), url, body);

/** Blocks do not depend on what else the machine does. Needs pg_stat_statements. */
export const blocksPerRequest = (client, database, url, body) =>
  perRequest(() => summed(client, database, 'shared_blks_hit + shared_blks_read'), url, body);

async function perRequest(counted, url, body) {
  for (let i = 0; i < WARM_REQUESTS; i += 1) await ask(url, body);
  const before = await counted();
  for (let i = 0; i < REQUESTS; i += 1) await ask(url, body);
  return ((await counted()) - before) / REQUESTS;
}

async function summed(client, database, columns) {
  const { rows } = await client.query(
    `select coalesce(sum(${columns}), 0)::float8 as count from pg_stat_statements s join pg_database d on d.oid = s.dbid where datname = $1`,
    [database],
  );
  return rows[0].count;
}

/** Without the extension: each statement outside a transaction is a transaction, reported with a delay of up to a second. */
async function transactions(client, database) {
  await new Promise(resolve => setTimeout(resolve, 1_200));
  const { rows } = await client.query(
    'select (xact_commit + xact_rollback)::float8 as count from pg_stat_database where datname = $1',
    [database],
  );
  return rows[0].count;
}
