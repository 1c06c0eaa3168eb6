import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Connection } from '../graph/list/connection.js';
import { decodeCursor, encodeCursor, listFingerprint } from '../graph/list/cursor.js';
import { type PageArgs, pageRequest } from '../graph/list/page.js';
import type { PageSelection } from '../graph/list/page-selection.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { type Difference, DifferenceConnection, type DifferenceFilter, type LogRange } from './difference.js';
import type { Moments } from './difference-args.js';
import { changedRecords, fieldsOfRecord, isDifferent } from './difference-query.js';

/** The values of a cursor: the end of the range, so that all pages are of one range, and the id of the record. */
const CURSOR_KEYS = [{ kind: 'integer' }, { kind: 'text' }] as const;

/** A page of differences: its cursors, decoded. */
interface Position {
  to: number;
  subjectId: string;
}

/**
 * Returns the records that differ between two moments, by id. It sends one statement, when a field of the connection is
 * read.
 *
 * @param newest Called if neither the arguments nor a cursor name the second moment.
 * @throws InputError for page arguments that break a rule, or a cursor of another list.
 */
export async function differencesBetween(
  em: Fork,
  moments: Moments,
  filter: DifferenceFilter,
  args: PageArgs,
  newest: () => Promise<number>,
): Promise<Connection<Difference>> {
  const page = pageRequest(args);
  const fingerprint = listFingerprint(['Query.difference', moments, filter]);
  const positionOf = (argument: 'after' | 'before'): Position | undefined => {
    const cursor = page[argument];
    if (cursor === undefined) return undefined;
    const [to, subjectId] = decodeCursor(cursor, fingerprint, CURSOR_KEYS, argument) as [string, string];
    return { to: Number(to), subjectId };
  };
  const [after, before] = [positionOf('after'), positionOf('before')];
  const to = moments.to ?? after?.to ?? before?.to ?? (await newest());
  const range: LogRange = { from: moments.from, to };
  const conditions: Sql[] = [isDifferent(range, filter)];
  if (after) conditions.push(sql`s.subject_id > ${after.subjectId}`);
  if (before) conditions.push(sql`s.subject_id < ${before.subjectId}`);
  const direction = raw(page.backwards ? 'desc' : 'asc');
  const pageOf = (records: Sql) => sql`
    select s.subject_id as "subjectId", s.subject_type as "subjectType", s.kind, s.changes as "changeCount",
      ${fieldsOfRecord(range)} as fields
    from ${records} s where ${join(conditions, ' and ')} order by s.subject_id ${direction} limit ${page.size + 1}`;
  const counted = sql`select count(*)::int as total from records s where ${isDifferent(range, filter)}`;
  const records = changedRecords(range, filter, direction);
  const read = async ({ totalCount }: PageSelection) => {
    const statement = totalCount
      ? sql`with records as (${records}) select counted.total, page.* from (${counted}) counted
          left join (${pageOf(sql`records`)}) page on true order by page."subjectId" ${direction}`
      : pageOf(sql`(${records})`);
    const rows = await queryRows<Difference & { total?: number }>(em, statement);
    const differing = rows.filter(({ subjectId }) => subjectId !== null);
    return { rows: differing.map(row => ({ ...row, range })), total: rows[0]?.total };
  };
  return new DifferenceConnection<Difference>({
    page,
    read,
    cursorOf: ({ subjectId }) => encodeCursor(fingerprint, [String(to), subjectId]),
    count: async () => {
      const [row] = await queryRows<{ total: number }>(em, sql`with records as (${records}) ${counted}`);
      return row?.total ?? 0;
    },
  });
}
