import { StartError } from '../config/config.js';
import type { Database } from './open.js';

/**
 * Rewrites the files of an embedded database without old rows: a redaction leaves the removed values in them. Statistics hold
 * values of columns, so they are made again first. Also removes its old write-ahead log, and overwrites the files that wait
 * for reuse: files of the log are renamed and not emptied.
 *
 * @throws StartError for PostgreSQL, whose log is the server's, and which skips the tables that the role does not own.
 */
export async function rewriteFiles({ em, embedded }: Database): Promise<void> {
  if (!embedded)
    throw new StartError(
      'npm run vacuum rewrites the files of an embedded database only; nothing was done. On PostgreSQL, a superuser runs the statements of src/change/README.md (Forget).',
    );
  const run = (statement: string) => em.getConnection().execute<{ files: number }[]>(statement);
  await run('set wal_recycle = off');
  await run('analyze');
  await run('vacuum full');
  await run('checkpoint');
  const [wal] = await run('select count(*)::integer as files from pg_ls_waldir()');
  for (let file = 0; file <= (wal?.files ?? 0); file += 1)
    await run(`select pg_logical_emit_message(true, '', ''), pg_switch_wal()`);
  await run('checkpoint');
}
