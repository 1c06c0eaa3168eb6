import sql, { raw, type Sql } from 'sql-template-tag';
import { ChangeKind } from '../../change/change.js';
import { CURRENT } from '../../graph/sql/moment.js';
import { knownFrom } from '../history/log-pages.js';
import type { VersionedTable } from '../history/versioned-tables.js';
import { MAX_DIFFERENCES } from './difference.js';

const list = (alias: string, columns: readonly string[]) => columns.map(column => `${alias}."${column}"`).join(', ');

const REPORT = `p.origin = 'REPORT' and p.triaged_at is null`;

/** The condition of rows `t` that have no versions, by table: reports that no reviewer took up. */
const UNVERSIONED: Readonly<Record<string, string>> = {
  proposal: REPORT.replaceAll('p.', 't.'),
  proposal_item: `exists (select from proposal p where p.id = t.proposal_id and ${REPORT})`,
};

/** Compares the rows of a table with their newest versions. */
export function newestVersions({ name, key, columns }: VersionedTable): Sql {
  const sameKey = key.map(column => `t."${column}" = v."${column}"`).join(' and ');
  const id = key.map(column => `coalesce(t."${column}", v."${column}")`).join(', ');
  return sql`
    select ${name} as "table", concat_ws(' ', ${raw(id)}) as id, v.known_from as change,
      case when v.known_from is null then 'the row has no version'
        when t."${raw(key[0] as string)}" is null then 'the newest version has no row'
        else 'the row differs from its newest version in ' || ${raw(differing(columns))} end as problem
    from (select * from ${raw(name)} t where not (${raw(UNVERSIONED[name] ?? 'false')})) t
    full join (select * from ${raw(`history.${name}`)} where known_until = ${CURRENT}) v on ${raw(sameKey)}
    where v.known_from is null or t."${raw(key[0] as string)}" is null
      or (${raw(list('t', columns))}) is distinct from (${raw(list('v', columns))})
    limit ${MAX_DIFFERENCES}`;
}

const differing = (columns: readonly string[]) =>
  `concat_ws(', ', ${columns.map(column => `case when t."${column}" is distinct from v."${column}" then '${column}' end`).join(', ')})`;

/** The newest id of the log, also of no change. A role of a server may not read it: for such a role no id is too new. */
const NEWEST_ID = raw(`(select case when has_sequence_privilege(name, 'select, usage')
  then coalesce(pg_sequence_last_value(name), 0) else ${CURRENT} end from pg_get_serial_sequence('change', 'id') name)`);

/**
 * Checks that the versions of each row follow each other. A record comes back as little as its id: its versions have no
 * gap, and only a withdrawal ends the last one; that of a citation or a period, any change that undid others. Links and words
 * come and go.
 */
export function chains({ name, key }: VersionedTable): Sql {
  const isOfRecord = name === 'citation' || name === 'status_period';
  const isRecord = key.length === 1 && key[0] === 'id';
  const gap = isRecord
    ? sql`when next > known_until then 'a version is missing after this one'
        when next is null and known_until <> ${CURRENT} and not exists (
          select from change c where (c.kind = ${ChangeKind.WITHDRAWN} or ${isOfRecord}::boolean) and (c.id = known_until
            or c.change_set = (select s.change_set from change s where s.id = known_until))) then 'the newest version is missing'`
    : sql``;
  return sql`
    select ${name} as "table", id, known_from as change, problem from (
      select id, known_from, case
        when known_until <= known_from then 'the version ends before it begins'
        when next < known_until then 'the version overlaps the next one'
        when known_from > newest or known_until > newest and known_until <> ${CURRENT} then 'the version names a change that is not written yet'
        ${gap} end as problem
      from (
        select concat_ws(' ', ${raw(list('v', key))}) as id, known_from, known_until,
          lead(known_from) over (partition by ${raw(list('v', key))} order by known_from) as next,
          ${NEWEST_ID} as newest
        from ${raw(`history.${name}`)} v) version) checked
    where problem is not null limit ${MAX_DIFFERENCES}`;
}

/**
 * Compares the versions of records with the changes of the log: of several in one set, with the last one. The redaction of
 * a withdrawn record writes no version. A version from an id that no change has was written by a migration
 * (`history.restate`), and repeats the version of its record.
 */
export function versionsOfChanges(table: string, subjectType: string): Sql {
  return sql`
    select ${table} as "table", coalesce(c.subject_id, v.id) as id, coalesce(c.id, v.known_from) as change,
      case when v.id is null then 'the change has no version' when c.id is null then 'the version has no change'
        else 'the version has number ' || v.version || ', and its change ' || c.subject_version end as problem
    from (
      select distinct on (subject_id, id) * from (
        select ${knownFrom('change')} as id, change.id as change, subject_id, subject_version,
          bool_or(kind = ${ChangeKind.WITHDRAWN}) over (partition by subject_id order by change.id) as is_withdrawn
        from change where subject_type = ${subjectType}) logged
      order by subject_id, id, change desc) c
    full join (
      select id, known_from, version, lag(version) over (partition by id order by known_from) as before
      from ${raw(`history.${table}`)}) v on v.id = c.subject_id and v.known_from = c.id
    where v.id is null and not c.is_withdrawn or v.version <> c.subject_version
      or c.id is null and (v.version is distinct from v.before or exists (select from change other where other.id = v.known_from))
    limit ${MAX_DIFFERENCES}`;
}

/** Compares the runs of versions of search documents with the versions: their changes, and the terms of all of them. */
export const recordTerms = sql`
  select 'record_terms' as "table", coalesce(r.id, v.id) as id, coalesce(r.known_from, v.newest) as change,
    case when r.id is null then 'a version is in no run' when v.id is null then 'the run has no version'
      when r.versions <> v.versions then 'the versions of the run are others'
      else 'the run has other terms than its versions' end as problem
  from history.record_terms r
  full join (
    select d.id, run.known_from, max(d.known_from) as newest, array_agg(d.known_from order by d.known_from) as versions,
      history.all_terms(strip(d.terms)) as terms
    from history.search_document d
    left join history.record_terms run on run.id = d.id and d.known_from >= run.known_from and d.known_from < run.known_until
    group by 1, 2) v on v.id = r.id and v.known_from = r.known_from
  where r.id is null or v.id is null or r.versions <> v.versions or r.terms <> v.terms
  limit ${MAX_DIFFERENCES}`;
