import sql, { raw, type Sql } from 'sql-template-tag';
import { metadataOf, selectListOf, storedProperties } from '../graph/sql/columns.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { Change } from './change.js';
import { LOG_START, type LogPosition } from './cursor.js';
import { changesWhere, type ResolvedFilter } from './filter.js';

/** The changes that a subscriber receives, and what it reads of them. */
export interface ChangeSelection {
  filter: ResolvedFilter;
  /** False reads no `fields`, which are most of a change; they are empty then. */
  withFields: boolean;
}

/** All changes, whole. */
export const ALL_CHANGES: ChangeSelection = { filter: {}, withFields: true };

/**
 * Reads the changes after a position, oldest first, up to a limit. Undefined if the position is not in the log: the log
 * has another history since. The check takes no statement of its own:
 *
 * ```sql
 * (select c."id", …, '[]'::jsonb as "fields" from change c where c.id = $1)
 * union all
 * (select c."id", …, c.fields as "fields" from change c where c.id > $1 and … order by c.id limit $2)
 * order by id
 * ```
 */
export async function changesAfter(
  em: Fork,
  { id, mark }: LogPosition,
  limit: number,
  { filter, withFields }: ChangeSelection = ALL_CHANGES,
): Promise<Change[] | undefined> {
  const rows = await queryRows<Change>(
    em,
    sql`(select ${columns(em, false)} from change c where c.id = ${id})
      union all
      (select ${columns(em, withFields)} from change c where c.id > ${id} and ${changesWhere(filter, sql`c`)} order by c.id limit ${limit})
      order by id`,
  );
  if (id === LOG_START.id) return rows;
  return rows[0]?.id === id && rows[0].mark === mark ? rows.slice(1) : undefined;
}

function columns(em: Fork, withFields: boolean): Sql {
  const others = storedProperties(metadataOf(em, Change)).filter(({ name }) => name !== 'fields');
  return raw(`${selectListOf(others, 'c')}, ${withFields ? 'c.fields' : `'[]'::jsonb`} as "fields"`);
}

/** Reads the position of the newest change; the start of the log if there is none. */
export async function latestPosition(em: Fork): Promise<LogPosition> {
  const query = sql`select id, mark from change order by id desc limit 1`;
  return (await queryRows<LogPosition>(em, query))[0] ?? LOG_START;
}

/**
 * Returns the position before the change set that a position is inside of: a set is read as a whole. The position itself if
 * no set continues after it.
 */
export async function beforeChangeSet(em: Fork, position: LogPosition): Promise<LogPosition> {
  const [start] = await queryRows<LogPosition>(
    em,
    sql`select coalesce(p.id, 0) as id, coalesce(p.mark, '') as mark from change c
      left join change p on p.id = (
        select max(id) from change where id < (select min(s.id) from change s where s.change_set = c.change_set))
      where c.id = ${position.id} and exists (select from change s where s.change_set = c.change_set and s.id > c.id)`,
  );
  return start ?? position;
}

/** Finds the newest of some positions that is in the log. Undefined if none is. */
export async function newestInLog(em: Fork, positions: readonly LogPosition[]): Promise<LogPosition | undefined> {
  const [ids, marks] = [positions.map(({ id }) => id), positions.map(({ mark }) => mark)];
  const [newest] = await queryRows<LogPosition>(
    em,
    sql`select c.id, c.mark from change c
      join unnest(${ids}::int[], ${marks}::text[]) as p(id, mark) on c.id = p.id and c.mark = p.mark
      order by c.id desc limit 1`,
  );
  return newest;
}
