import { Migration } from '@mikro-orm/migrations';
import { ChangeKind, SubjectType } from '../../change/change.js';
import { newChangeSet } from '../../change/change-set.js';
import { LOG_LOCK } from '../../change/log.js';
import { forRoles, oneOf } from './ddl.js';

/**
 * Adds proposals to the log, and versions of them, so that they are read at past moments, too. The proposals of an existing
 * register are known from one set of changes on, which records them as they are: their earlier states are lost. Roles that
 * read or write records get the same rights on proposals.
 */
export class Migration20261127100000 extends Migration {
  override name = 'Migration20261127100000';

  override up(): void {
    this.addSql('alter table change drop constraint change_subject_type_check');
    this.addSql(`alter table change add constraint change_subject_type_check ${oneOf('subject_type', SubjectType)}`);
    this.addSql(grantTables);
    for (const table of ['proposal', 'proposal_item']) this.addSql(`select history.keep_versions('${table}')`);
    this.addSql(grantVersions);
    this.addSql(recordProposals(newChangeSet()));
  }

  override down(): void {
    for (const table of ['proposal_item', 'proposal']) {
      this.addSql(`drop trigger note_versions on ${table}`);
      this.addSql(`drop trigger stamp_${table} on change`);
      for (const name of ['note', 'stamp']) this.addSql(`drop function history.${name}_${table}()`);
      this.addSql(`drop function history.record_${table}(integer, text[], boolean)`);
      this.addSql(`drop view past.${table}`);
      this.addSql(`drop table history.${table}`);
    }
    const { PROPOSAL, ...types } = SubjectType;
    this.addSql(`delete from change where subject_type = '${PROPOSAL}'`);
    this.addSql('alter table change drop constraint change_subject_type_check');
    this.addSql(`alter table change add constraint change_subject_type_check ${oneOf('subject_type', types)}`);
  }
}

/** Roles that may read the log read proposals. `keep_versions` lets those read the past. */
const grantTables = `do $$
declare
  grantee name;
begin
  ${forRoles('SELECT', 'select on proposal, proposal_item')}
  ${forRoles('INSERT', 'insert, update, delete on proposal, proposal_item')}
end $$`;

/** A redaction removes texts from versions. */
const grantVersions = `do $$
declare
  grantee name;
begin
  ${forRoles('INSERT', 'usage on schema history', 'select, update, delete on history.proposal, history.proposal_item')}
end $$`;

/** Records the proposals that there are, but for reports that no reviewer took up (see `proposal/log-proposal.ts`). */
const recordProposals = (changeSet: string) => `do $$
declare
  known_from integer;
begin
  perform pg_advisory_xact_lock(${LOG_LOCK});
  with now as materialized (select next_change_time() as time)
  insert into change (kind, actor, reason, subject_type, subject_id, subject_version, authorities, fields, change_set, recorded_at)
    select '${ChangeKind.RECORDED}', p.proposer, null, '${SubjectType.PROPOSAL}', p.id, p.version, '{}',
      (select jsonb_agg(jsonb_build_object('field', field, 'before', null, 'after', value) order by place)
        from (values (1, 'id', to_jsonb(p.id)), (2, 'state', to_jsonb(p.state)), (3, 'counts', p.counts),
          (4, 'concept', to_jsonb(p.concept)), (5, 'changeSet', to_jsonb(p.change_set)),
          (6, 'revertChangeSet', to_jsonb(p.revert_change_set)),
          (7, 'decisions', (select jsonb_build_object('accept', count(*) filter (where decision = 'ACCEPT'),
            'reject', count(*) filter (where decision = 'REJECT'), 'keepBoth', count(*) filter (where decision = 'KEEP_BOTH'),
            'choose', count(*) filter (where decision = 'CHOOSE'))
            from proposal_item i where i.proposal_id = p.id and i.decision is not null having count(*) > 0)))
          as facts(place, field, value) where value is not null),
      '${changeSet}', now.time
    from now, proposal p where p.origin <> 'REPORT' or p.triaged_at is not null order by p.created_at, p.id;
  known_from := (select min(id) from change where change_set = '${changeSet}');
  if known_from is not null then
    perform history.record_proposal(known_from, array(select subject_id from change where change_set = '${changeSet}')),
      history.record_proposal_item(known_from, array(select i.id from proposal_item i
        join change c on c.subject_id = i.proposal_id and c.change_set = '${changeSet}'));
  end if;
end $$`;
