import type { Database } from './open.js';

/**
 * Rewrites the files of the database without old rows: a redaction leaves the removed values in them. Statistics hold
 * values of columns, so they are made again first.
 *
 * The embedded database also removes its old write-ahead log, and overwrites the files that wait for reuse: files of the log
 * are renamed and not emptied. On PostgreSQL the log is the server's (see src/change/README.md).
 */
export async function rewriteFiles({ em, embedded }: Database): Promise<void> {
  const run = (statement: string) => em.getConnection().execute<{ files: number }[]>(statement);
  if (embedded) await run('set wal_recycle = off');
  await run('analyze');
  await run('vacuum full');
  if (!embedded) return;
  await run('checkpoint');
  const [wal] = await run('select count(*)::integer as files from pg_ls_waldir()');
  for (let file = 0; file <= (wal?.files ?? 0); file += 1)
    await run(`select pg_logical_emit_message(true, '', ''), pg_switch_wal()`);
  await run('checkpoint');
}
