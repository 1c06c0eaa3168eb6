import sql from 'sql-template-tag';
import type { Context } from '../context.js';
import { graphqlError, InputError } from '../graph/errors.js';
import type { PageArgs } from '../graph/list/page.js';
import { forkOfPresent } from '../graph/sql/connection-shares.js';
import type { Fork } from '../graph/sql/fork.js';
import { inOrder, loader } from '../graph/sql/loader.js';
import { momentOf } from '../graph/sql/moment.js';
import { queryRows } from '../graph/sql/query.js';
import { leaveReplica } from '../graph/sql/replicas.js';
import { message } from '../messages/message.js';
import { changeCursor, decodeChangeCursor, LOG_START, type LogPosition } from './cursor.js';

/** Changes by id, without their content: `select c.id, c.mark from change c where c.id = any($1)`. */
const positions = loader<number, LogPosition | null>(async (em, ids) => {
  const rows = await queryRows<LogPosition>(
    em,
    sql`select c.id, c.mark from change c where c.id = any(${[...ids]}::int[])`,
  );
  return inOrder(ids, rows, ({ id }) => id);
});

/**
 * Finds the change of a cursor in the log, by its primary key; one statement for all cursors of a level.
 *
 * @throws GraphQLError INVALID_CURSOR if the cursor is malformed, or its change is not in the log, or after the moment that
 *   the fork reads.
 */
export async function resumePosition(
  { em, changes }: Pick<Context, 'em' | 'changes'>,
  cursor: string,
  argument: 'after' | 'before' | 'until' | 'offset' | 'Register-Read-After' = 'after',
): Promise<LogPosition> {
  const position = decodeChangeCursor(cursor);
  const stored = await storedPosition(em, position);
  if (!position.mark && stored && stored !== LOG_START) changes.reportUnmarkedCursor();
  if (stored) return stored;
  // A change that the replica lacks may be on the primary, from where the page after it is read then, too.
  if (momentOf(em) === undefined && leaveReplica(em))
    return resumePosition({ em: forkOfPresent(em), changes }, cursor, argument);
  if (momentOf(em) !== undefined && (await storedPosition(forkOfPresent(em), position)))
    throw graphqlError('INVALID_CURSOR', message('CHANGE_AFTER_KNOWN_AT', { argument }));
  const lastCommon = changes.lastCommonWith(position);
  throw graphqlError(
    'INVALID_CURSOR',
    message('CHANGE_NOT_IN_LOG', { argument }),
    lastCommon && { lastCommon: changeCursor(lastCommon) },
  );
}

/**
 * Finds the change of a cursor in the log that a transaction reads.
 *
 * @throws InputError INVALID_CURSOR if the cursor is malformed, or its change is not in the log.
 */
export async function positionInLog(em: Fork, cursor: string, argument: 'basis'): Promise<LogPosition> {
  const stored = await storedPosition(em, decodeChangeCursor(cursor));
  if (stored) return stored;
  throw new InputError(message('CHANGE_NOT_IN_LOG', { argument }), 'INVALID_CURSOR');
}

/**
 * Finds the changes of both cursors of a page. Returns the position of `after`; undefined, without a promise, for a page
 * that has no cursors.
 *
 * @throws GraphQLError INVALID_CURSOR as `resumePosition` does.
 */
export function checkCursors(
  context: Pick<Context, 'em' | 'changes'>,
  { after, before }: PageArgs,
): Promise<LogPosition | undefined> | undefined {
  if (after == null && before == null) return undefined;
  const position = after == null ? undefined : resumePosition(context, after);
  return Promise.all([position, before == null ? undefined : resumePosition(context, before, 'before')]).then(
    ([start]) => start,
  );
}

/** Finds the change of a position in the log that a fork reads. */
async function storedPosition(em: Fork, { id, mark }: LogPosition): Promise<LogPosition | undefined> {
  if (!mark) return id === LOG_START.id ? LOG_START : unmarkedPosition(em, id);
  const stored = await positions(em).load(id);
  return stored?.mark === mark ? stored : undefined;
}

/** Finds the change of a cursor of an older version, which has no mark. Its id may be of a write that was rolled back. */
async function unmarkedPosition(em: Fork, id: number): Promise<LogPosition | undefined> {
  const [position] = await queryRows<LogPosition>(
    em,
    sql`select c.id, c.mark from change c where c.id <= ${id} and ${id} <= (select max(id) from change)
      order by c.id desc limit 1`,
  );
  return position;
}
