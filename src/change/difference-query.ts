import sql, { empty, join, type Sql } from 'sql-template-tag';
import { ChangeKind } from './change.js';
import { type DifferenceFilter, DifferenceKind, type LogRange } from './difference.js';
import { changesWhere } from './filter.js';

/** Returns the condition on the changes of a range: `c.id > $1 and c.id <= $2`. */
export const inRange = ({ from, to }: LogRange): Sql =>
  to === null ? sql`c.id > ${from}` : sql`c.id > ${from} and c.id <= ${to}`;

/**
 * Selects the records with changes in a range, by id, each with what happened to it on the whole. A record that was
 * recorded and withdrawn in the range is at neither end of it, and is left out:
 *
 * ```sql
 * select c.subject_id, …, case when bool_or(c.kind = 'RECORDED') then 'CREATED' … end as kind
 * from change c where c.id > $1 and c.id <= $2 group by c.subject_id having not (bool_or(…) and bool_or(…))
 * ```
 */
export function changedRecords(range: LogRange, filter: DifferenceFilter, direction: Sql = empty): Sql {
  const { subjectTypes = null, subjectIds = null, authority } = filter;
  const isOfKind = (kind: ChangeKind) => sql`bool_or(c.kind = ${kind})`;
  const [isCreated, isWithdrawn] = [isOfKind(ChangeKind.RECORDED), isOfKind(ChangeKind.WITHDRAWN)];
  const isOfAuthority = authority == null ? empty : sql` and bool_or(c.authorities @> ${[authority]}::text[])`;
  return sql`select c.subject_id, min(c.subject_type) as subject_type, count(*)::int as changes,
      case when ${isCreated} then ${DifferenceKind.CREATED} when ${isWithdrawn} then ${DifferenceKind.WITHDRAWN}
        else ${DifferenceKind.REVISED} end as kind
    from change c where ${inRange(range)} and ${changesWhere({ subjectTypes, subjectIds }, sql`c`)}
    group by c.subject_id having not (${isCreated} and ${isWithdrawn})${isOfAuthority} order by c.subject_id ${direction}`;
}

/** Selects the fields of a record `s` that differ: of each the first value before and the last one after in the range. */
const differingFields = (range: LogRange): Sql => sql`
  select f.field, f.before, f.after, f.place from (
    select item->>'field' as field, min(array[c.id, place]) as place,
      (array_agg(item->'before' order by c.id))[1] as before, (array_agg(item->'after' order by c.id desc))[1] as after
    from change c, jsonb_array_elements(c.fields) with ordinality as items(item, place)
    where c.subject_id = s.subject_id and ${inRange(range)} group by item->>'field') f
  where f.before is distinct from f.after`;

/** Returns the condition of a filter on a record `s`; true only if fields differ. A record at one end differs in its id. */
export function isDifferent(range: LogRange, { kinds, fields }: DifferenceFilter): Sql {
  const ofFields = fields ? sql` where f.field = any(${fields}::text[])` : empty;
  const differs = sql`exists (select from (${differingFields(range)}) f${ofFields})`;
  const parts = [fields ? differs : sql`(s.kind <> ${DifferenceKind.REVISED} or ${differs})`];
  if (kinds) parts.unshift(sql`s.kind = any(${kinds}::text[])`);
  return join(parts, ' and ');
}

/** Selects the differing fields of a record `s` as a JSON array, in the order of the log. */
export const fieldsOfRecord = (range: LogRange): Sql =>
  sql`(select jsonb_agg(jsonb_build_object('field', f.field, 'before', f.before, 'after', f.after) order by f.place)
    from (${differingFields(range)}) f)`;
