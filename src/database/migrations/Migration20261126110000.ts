import { Migration } from '@mikro-orm/migrations';
import { LOG_LOCK } from '../../change/log.js';

/**
 * Makes the times of the log never go back, so that an instant names one prefix of it for ever. Times of an existing log
 * that went back, because a clock was set, become the time of the change before.
 */
export class Migration20261126110000 extends Migration {
  override name = 'Migration20261126110000';

  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }

  override down(): void {
    this.addSql('alter table change alter column recorded_at set default clock_timestamp()');
    this.addSql('drop function change_known_at(timestamptz)');
    this.addSql('drop function next_change_time()');
    this.addSql('drop index change_recorded_at');
    this.addSql('drop table log_clock');
  }
}

const NEWEST_TIME = '(select c.recorded_at from change c order by c.id desc limit 1)';

const statements = [
  `update change c set recorded_at = earlier.newest
    from (select id, max(recorded_at) over (order by id) as newest from change) earlier
    where c.id = earlier.id and c.recorded_at < earlier.newest`,
  'create index change_recorded_at on change (recorded_at, id)',

  // One row: the newest instant for which a prefix of the log was answered. No later change may have that time or an
  // earlier one, also if the clock is set back meanwhile.
  'create table log_clock (answered_until timestamptz(3) not null)',
  `insert into log_clock values ('-infinity')`,

  // Called under the log lock. A volatile function also sees the changes that its own transaction wrote.
  `create function next_change_time() returns timestamptz(3) language plpgsql volatile as $$
    begin
      return greatest(
        date_trunc('milliseconds', clock_timestamp()),
        ${NEWEST_TIME} + interval '1 ms',
        (select l.answered_until from log_clock l) + interval '1 ms');
    end $$`,
  'alter table change alter column recorded_at set default next_change_time()',

  // Finds the last change of the prefix that an instant names; change_id is null if the instant is before the first change,
  // or after known_until. An instant after all changes that are visible waits for the writers that may have taken an earlier
  // time, and is then reserved: later changes get later times. A replica cannot reserve, and knows less.
  //
  // With the search path of its creation: a read of the past has another one. With the rights of its owner: a role that may
  // only read asks for instants, too.
  `create function change_known_at(
      instant timestamptz, out change_id integer, out change_mark text, out change_time timestamptz,
      out first_time timestamptz, out known_until timestamptz)
    language plpgsql volatile security definer set search_path from current as $$
    declare
      can_reserve constant boolean := current_setting('transaction_read_only') = 'off';
    begin
      known_until := greatest(${NEWEST_TIME}, (select l.answered_until from log_clock l));
      if can_reserve and instant > known_until and instant <= clock_timestamp() then
        perform pg_advisory_xact_lock(${LOG_LOCK});
        update log_clock l set answered_until = greatest(
          l.answered_until, date_trunc('milliseconds', clock_timestamp()));
        known_until := greatest(${NEWEST_TIME}, (select l.answered_until from log_clock l));
      end if;
      first_time := (select c.recorded_at from change c order by c.id limit 1);
      if instant <= known_until then
        select c.id, c.mark, c.recorded_at into change_id, change_mark, change_time
          from change c where c.recorded_at <= instant order by c.recorded_at desc, c.id desc limit 1;
      elsif can_reserve then
        known_until := greatest(known_until, date_trunc('milliseconds', clock_timestamp()));
      end if;
    end $$`,
];
