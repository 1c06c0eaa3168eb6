import sql, { type Sql } from 'sql-template-tag';
import { ChangeKind, SubjectType } from '../../change/change.js';
import { PartnershipStatus } from '../../partnership/partnership.enums.js';
import { MAX_DIFFERENCES } from './difference.js';

/**
 * Finds first periods that an earlier release moved with the corrected start of their partnership, although they do not begin
 * with it: only an ACTIVE one does. Row, versions and log agree on them.
 */
export const movedPeriods: Sql = sql`
  select distinct on (p.id) 'status_period' as "table", p.id, c.id as change,
    format('the %s period moved from %s to %s with the start of its partnership', p.status, before->>'from', p.from_on) as problem
  from change c
  cross join lateral (
    select f->'before'->0 as before, f->'after'->0 as after from jsonb_array_elements(c.fields) f
    where f->>'field' = 'statusPeriods') moved
  join status_period p on p.partnership_id = c.subject_id and p.status = after->>'status' and p.from_on = after->>'from'
  where c.subject_type = ${SubjectType.PARTNERSHIP} and c.kind = ${ChangeKind.REVISED}
    and p.status <> ${PartnershipStatus.ACTIVE} and before->>'status' = p.status and before->>'from' <> p.from_on
  order by p.id, c.id desc limit ${MAX_DIFFERENCES}`;
