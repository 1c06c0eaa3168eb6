import sql, { type Sql } from 'sql-template-tag';
import { ChangeKind } from '../../change/change.js';
import { MAX_DIFFERENCES } from './difference.js';

/**
 * Checks the order of the log: times never go back, and the changes of a record follow each other, after its withdrawal
 * only redactions.
 */
export const logOrder: Sql = sql`
  select 'change' as "table", subject_id as id, id as change, problem from (
    select id, subject_id, case
      when recorded_at < lag(recorded_at) over log then 'the change was recorded before the one before it'
      when kind_before is null and kind <> ${ChangeKind.RECORDED} then 'the record has no change that created it'
      when not withdrawn and kind = ${ChangeKind.RECORDED} then 'the record was created before'
      when withdrawn and kind <> ${ChangeKind.REDACTED} then 'the record was withdrawn before'
      when subject_version <= version_before then 'the version of the record is not higher than before'
      end as problem
    from (
      select id, subject_id, kind, recorded_at, subject_version, lag(kind) over subject as kind_before,
        lag(subject_version) over subject as version_before,
        bool_or(kind = ${ChangeKind.WITHDRAWN}) over (subject rows between unbounded preceding and 1 preceding) as withdrawn
      from change window subject as (partition by subject_id order by id)) c
    window log as (order by id)) checked
  where problem is not null limit ${MAX_DIFFERENCES}`;
