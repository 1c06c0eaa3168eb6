import { CURRENT } from '../../graph/sql/moment.js';
import { versionKeyColumn } from './record-terms.js';
import { versionIndexes } from './version-indexes.js';
import { writeVersions } from './write-versions.js';

/** Keys that a transaction may note of one table; with more, all rows of the table are compared with their versions. */
const MAX_NOTED_CHARACTERS = 60_000;

/**
 * Creates `history.keep_versions(table)`. It makes or extends, from the catalogue of the database, what keeps the versions
 * of one table, so that a migration that changes a table calls it again, and names no column twice:
 *
 * - `history.<table>`: the columns and indexes of the table, generated columns as values, and the ids of the changes since
 *   which (`known_from`) and before which (`known_until`) the row was known so. The current version has `known_until =
 *   2147483647`. A new column gets the values of the rows in current versions, and its default in older ones. Its
 *   B-tree indexes tell the moments of a version, too (`version-indexes.ts`);
 * - `past.<table>`: the versions that were known after the change with the id `register.at`. Of `change`, which is only
 *   appended to, the changes up to that id. Search documents also have the key of the version (`record-terms.ts`);
 * - `history.note_<table>`, a row trigger on the table: notes the keys of written rows in a setting of the transaction,
 *   because the change that they belong to has no id yet. A rollback, also to a savepoint, forgets them;
 * - `history.stamp_<table>`, a trigger on `change`: writes the versions of the rows that were noted, with the id of the
 *   change, or of the first change of its set: a set is known as a whole. A row that was written several times has one
 *   version, and one that is as before none. A change runs it only for noted tables: the condition of the trigger is cheaper
 *   than a statement that finds nothing;
 * - `history.record_<table>(change, keys, again)`: closes the current versions of rows that differ or are gone, and adds those
 *   that lack; of all rows if `keys` is null. With `again`, versions that the same set has written before are replaced.
 *
 * The functions that write versions run as their owner: a role that may write the tables needs no right on versions.
 */
export const keepVersionsFunction = `
create or replace function history.keep_versions(kept name) returns void language plpgsql set client_min_messages = warning as $keep$
declare
  relation constant regclass := kept::text::regclass;
  source constant text := (select format('%I.%I', nspname, relname) from pg_class c
    join pg_namespace n on n.oid = c.relnamespace where c.oid = relation);
  versions constant text := format('history.%I', kept);
  log constant text := (select format('%I.%I', nspname, relname) from pg_class c
    join pg_namespace n on n.oid = c.relnamespace where c.oid = 'change'::regclass);
  -- Computed once a statement, not once a row.
  moment constant text := '(select current_setting(''register.at'')::integer)';
  setting constant text := quote_literal('register.noted_' || kept);
  columns text; of_row text; of_version text; added record; step text; reader name;
  key_columns text; same_key text; noted_rows text; noted_versions text; new_key text; old_key text;
begin
  execute format('drop view if exists past.%I', kept);
  select string_agg(quote_ident(attname), ', ' order by attnum), string_agg('t.' || quote_ident(attname), ', ' order by attnum),
      string_agg('v.' || quote_ident(attname), ', ' order by attnum)
    into columns, of_row, of_version from pg_attribute where attrelid = relation and attnum > 0 and not attisdropped;
  if kept = 'change' then
    execute format('create view past.change as select %s from %s where id <= %s', columns, source, moment);
  else
    ${withVersions()}
  end if;
  for reader in select distinct pg_get_userbyid(grantee) from pg_class, aclexplode(relacl)
    where pg_class.oid = relation and privilege_type = 'SELECT' and grantee not in (0, relowner)
  loop
    execute format('grant usage on schema past to %I', reader);
    execute format('grant select on past.%I to %I', kept, reader);
  end loop;
end $keep$`;

/** The part of `history.keep_versions` for a table whose rows change. */
function withVersions(): string {
  return `
    -- The key of a row as one text, and how the noted keys find rows and versions by their index.
    select string_agg(quote_ident(attname), ', '), string_agg(format('t.%1$I = v.%1$I', attname), ' and '),
        string_agg(format('new.%I', attname), ' || E''\\t'' || '), string_agg(format('old.%I', attname), ' || E''\\t'' || '),
        format('(%s) in (select %s from unnest(keys) key)', string_agg(format('t.%I', attname), ', '),
          string_agg(format('split_part(key, E''\\t'', %s)::%s', place, format_type(atttypid, atttypmod)), ', '))
      into key_columns, same_key, new_key, old_key, noted_rows
      from (select attname, atttypid, atttypmod, row_number() over (order by array_position(indkey::int2[], attnum)) as place from pg_index
        join pg_attribute on attrelid = relation and attnum = any(indkey) where indrelid = relation and indisprimary order by place) keys;
    noted_versions := replace(noted_rows, 't.', 'v.');

    if to_regclass(versions) is null then
      execute format('create table %s (like %s, known_from integer not null, known_until integer not null)', versions, source);
      execute format('alter table %s add primary key (%s, known_from)', versions, key_columns);
    end if;
    for added in select a.attname, a.attnotnull, pg_get_expr(d.adbin, d.adrelid) as value, format_type(a.atttypid, a.atttypmod)
        || case when a.attcollation <> typcollation then ' collate ' || quote_ident(collname) else '' end as type
      from pg_attribute a join pg_type on pg_type.oid = a.atttypid
      left join pg_collation on pg_collation.oid = a.attcollation
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = relation and a.attnum > 0 and not a.attisdropped and not exists (select from pg_attribute v
        where v.attrelid = versions::regclass and v.attname = a.attname and not v.attisdropped)
    loop
      execute format('alter table %s add column %I %s', versions, added.attname, added.type);
      execute format('update %s set %I = %s', versions, added.attname, coalesce(added.value, 'null'));
      execute format('update %s v set %2$I = t.%2$I from %s t where %s and known_until = ${CURRENT}', versions, added.attname, source, same_key);
      if added.attnotnull then execute format('alter table %s alter column %I set not null', versions, added.attname); end if;
    end loop;
    for step in select format('alter table %s drop column %I', versions, v.attname) from pg_attribute v
      where v.attrelid = versions::regclass and v.attnum > 0 and not v.attisdropped and v.attname not in ('known_from', 'known_until')
        and not exists (select from pg_attribute a where a.attrelid = relation and a.attname = v.attname and not a.attisdropped)
      union all
      ${versionIndexes}
    loop
      execute step;
    end loop;

    execute format('create view past.%I as select %s from %s where known_from <= %s and known_until > %4$s', kept,
      columns || case when kept = 'search_document' then ', ${versionKeyColumn}' else '' end, versions, moment);

    execute format($function$
      create or replace function history.note_%1$s() returns trigger language plpgsql as $note$
      declare
        noted constant text := coalesce(current_setting(%2$s, true), '');
      begin
        if noted <> '*' then
          perform set_config(%2$s, case when length(noted) > ${MAX_NOTED_CHARACTERS} then '*'
            else concat_ws(E'\\n', nullif(noted, ''), %3$s, nullif(%4$s, %3$s)) end, true);
        end if;
        return null;
      end $note$ $function$, kept, setting, new_key, old_key);

    execute format($function$
      create or replace function history.record_%1$s(change integer, keys text[], again boolean default false) returns void
        language plpgsql security definer set search_path = pg_catalog
        set enable_seqscan = off set plan_cache_mode = force_generic_plan as $record$
      begin
        if keys is null then
          ${writeVersions()}
        else
          ${writeVersions({ rows: '%6$s', versions: '%7$s' })}
        end if;
      end $record$ $function$, kept, versions, source, same_key, columns, noted_rows, noted_versions, of_row, of_version);

    execute format($function$
      create or replace function history.stamp_%1$s() returns trigger
        language plpgsql security definer set search_path = pg_catalog as $stamp$
      declare
        noted constant text := current_setting(%2$s);
        known_from integer := new.id;
      begin
        -- Of several changes in one statement the first has written the versions.
        if noted <> '' then
          if new.change_set is not null then
            known_from := (select min(id) from %3$s where change_set = new.change_set);
          end if;
          perform set_config(%2$s, '', true), history.record_%1$s(
            known_from, case when noted <> '*' then string_to_array(noted, E'\\n') end, known_from < new.id);
        end if;
        return null;
      end $stamp$ $function$, kept, setting, log);

    execute format('create or replace trigger note_versions after insert or update or delete on %s
      for each row execute function history.note_%s()', source, kept);
    execute format('create or replace trigger stamp_%1$s after insert on change
      for each row when (current_setting(%2$s, true) <> '''') execute function history.stamp_%1$s()', kept, setting);`;
}
