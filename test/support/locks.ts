import type { Client } from 'pg';
import { until } from './feed.js';

/** Returns the process id of a client's backend, which `pg` has but does not declare. */
const processIdOf = (client: Client) => (client as unknown as { processID: number }).processID;

/**
 * Resolves once a transaction of the watcher's database waits for a lock. Sessions of other databases on the same
 * server, such as those of other test files, do not count.
 *
 * @param watcher Looks at the locks, and waits for none itself.
 * @param options `client`: only this one counts; `except`: these do not count.
 */
export async function untilBlocked(
  watcher: Client,
  { client, except = [] }: { client?: Client; except?: readonly Client[] } = {},
): Promise<void> {
  const text = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
    and ($1::int is null or pid = $1) and pid <> all($2::int[])`;
  const values = [client ? processIdOf(client) : null, except.map(processIdOf)];
  await until('a transaction waits for a lock', async () => {
    // In a transaction, the sessions would be those of the first look, without any opened later.
    await watcher.query('select pg_stat_clear_snapshot()');
    return (await watcher.query(text, values)).rows.length > 0;
  });
}
