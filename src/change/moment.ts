import { LRUCache } from 'lru-cache';
import sql from 'sql-template-tag';
import { abbreviate, type ErrorCode, graphqlError } from '../graph/errors.js';
import { forkOfPresent } from '../graph/sql/connection-shares.js';
import type { Fork } from '../graph/sql/fork.js';
import { momentOf } from '../graph/sql/moment.js';
import { queryRows } from '../graph/sql/query.js';
import { replicaRunnerOf } from '../graph/sql/replicas.js';
import { message } from '../messages/message.js';
import { changeCursor, LOG_START, type LogPosition } from './cursor.js';
import { type ParsedMoment, parseMoment } from './moment-text.js';

/** A moment at which the register can be read: its last change that is visible then, the last one of its set if it is of one. */
export interface Moment {
  changeId: number;
  /** The cursor of that change. */
  cursor: string;
  /** The time of that change, in RFC 3339. */
  recordedAt: string;
}

/** Limits the memory of moments. The change that a moment names never becomes another one. */
const MAX_MOMENTS_BYTES = 500_000;
const MOMENT_BYTES = 500;

const momentsByConnection = new WeakMap<object, LRUCache<string, Moment>>();

function momentsOf(em: Fork): LRUCache<string, Moment> {
  const connection = em.getConnection();
  let moments = momentsByConnection.get(connection);
  if (!moments) {
    moments = new LRUCache({ max: MAX_MOMENTS_BYTES / MOMENT_BYTES });
    momentsByConnection.set(connection, moments);
  }
  return moments;
}

/** Forgets the moments of a database: its log has another history since. */
export function forgetMoments(em: Fork): void {
  momentsByConnection.delete(em.getConnection());
}

/**
 * Resolves an instant or a change cursor to the last change that it names: for ever, on every instance. A set of changes is
 * one step: the cursor of one of its changes names its last. One statement at most, which reads the present also if the fork
 * reads a past moment.
 *
 * @param text An instant with an offset, in RFC 3339, or the cursor of a change.
 * @throws GraphQLError INVALID_MOMENT, INVALID_CURSOR, MOMENT_IN_FUTURE or MOMENT_BEFORE_REGISTER.
 */
export async function resolveMoment(em: Fork, text: string): Promise<Moment> {
  const parsed = parseMoment(text);
  const key = 'instant' in parsed ? `${parsed.instant}` : changeCursor(parsed);
  const moments = momentsOf(em);
  const resolved = moments.get(key);
  if (resolved) return resolved;
  // On the primary, where an instant is reserved, and a cursor is known before it is on a replica.
  const present = momentOf(em) === undefined && !replicaRunnerOf(em) ? em : forkOfPresent(em);
  const moment = await readMoment(present, parsed, abbreviate(text));
  // A transaction may be rolled back, with the instant that it reserved.
  if (!em.getTransactionContext()) moments.set(key, moment);
  return moment;
}

/** The change that a moment names; all null if there is none. */
interface NamedChange {
  id: number | null;
  mark: string;
  recordedAt: string;
  /** The time of the first change; null in an empty log. */
  firstAt: string | null;
}

function readMoment(em: Fork, moment: ParsedMoment, value: string): Promise<Moment> {
  return 'instant' in moment ? momentOfInstant(em, moment.instant, value) : momentOfCursor(em, moment, value);
}

/**
 * Finds the last change at or before an instant. The function reserves an instant that is later than all changes, so that
 * no later change gets that time (see Migration20261126110000).
 */
async function momentOfInstant(em: Fork, instant: number, value: string): Promise<Moment> {
  const [row] = await queryRows<NamedChange & { until: string }>(
    em,
    sql`select change_id as id, change_mark as mark, change_time as "recordedAt", first_time as "firstAt",
      known_until as until from change_known_at(to_timestamp(${instant / 1_000}::double precision))`,
  );
  checkNotBefore(value, row?.firstAt, firstAt => instant < firstAt.getTime());
  if (row && row.id !== null) return asMoment(row as NamedChange & { id: number });
  throw graphqlError('MOMENT_IN_FUTURE', message('MOMENT_IN_FUTURE', { value, until: rfc3339(row?.until as string) }));
}

/** Finds the last change of the set of the change of a cursor, or itself. It must have its mark: one of another register may have the same id. */
async function momentOfCursor(em: Fork, { id, mark }: LogPosition, value: string): Promise<Moment> {
  const [row] = await queryRows<NamedChange & { newestId: number }>(
    em,
    sql`select known.id, known.mark, known.recorded_at as "recordedAt", log.first_at as "firstAt", log.newest_id as "newestId"
      from (select (select recorded_at from change order by id limit 1) as first_at, max(id) as newest_id from change) log
      left join change c on c.id = ${id} and c.mark = ${mark}
      left join change known on known.id = coalesce((select max(s.id) from change s where s.change_set = c.change_set), c.id)`,
  );
  checkNotBefore(value, row?.firstAt, () => id === LOG_START.id);
  if (row && row.id !== null) return asMoment(row as NamedChange & { id: number });
  const isNewer = id > (row?.newestId ?? 0);
  throw graphqlError(
    'INVALID_CURSOR',
    message(isNewer ? 'MOMENT_CURSOR_TOO_NEW' : 'MOMENT_CURSOR_OF_OTHER_REGISTER', { value }),
  );
}

/** @throws GraphQLError MOMENT_BEFORE_REGISTER if the log is empty, or a moment is before its first change. */
function checkNotBefore(value: string, firstAt: string | null | undefined, isBefore: (firstAt: Date) => boolean): void {
  const code: ErrorCode = 'MOMENT_BEFORE_REGISTER';
  if (firstAt == null) throw graphqlError(code, message('MOMENT_OF_EMPTY_REGISTER', { value }));
  if (!isBefore(new Date(firstAt))) return;
  throw graphqlError(code, message('MOMENT_BEFORE_REGISTER', { value, first: rfc3339(firstAt) }));
}

const rfc3339 = (time: string): string => new Date(time).toISOString();

const asMoment = ({ id, mark, recordedAt }: NamedChange & { id: number }): Moment => ({
  changeId: id,
  cursor: changeCursor({ id, mark }),
  recordedAt: rfc3339(recordedAt),
});
