// Measures the number of SQL statements of a request, as PostgreSQL counts them.
import { ask } from './load.mjs';

const REQUESTS = 50;

/**
 * @param client A client on the server, on another database than the one measured, so that it does not count itself.
 * @param ready Called between requests that warm up and those that count.
 */
export async function statementsPerRequest(client, database, hasStatements, url, body) {
  // The first requests of a process may also learn types or begin a connection.
  for (let i = 0; i < 3; i += 1) await ask(url, body);
  const before = await counted(client, database, hasStatements);
  for (let i = 0; i < REQUESTS; i += 1) await ask(url, body);
  return ((await counted(client, database, hasStatements)) - before) / REQUESTS;
}

async function counted(client, database, hasStatements) {
  if (hasStatements) {
    const { rows } = await client.query(
      'select coalesce(sum(calls), 0)::float8 as count from pg_stat_statements s join pg_database d on d.oid = s.dbid where datname = $1',
      [database],
    );
    return rows[0].count;
  }
  // Without the extension: each statement outside a transaction is a transaction, reported with a delay of up to a second.
  await new Promise(resolve => setTimeout(resolve, 1_200));
  const { rows } = await client.query(
    'select (xact_commit + xact_rollback)::float8 as count from pg_stat_database where datname = $1',
    [database],
  );
  return rows[0].count;
}
