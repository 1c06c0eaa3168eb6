import type { EntityManager } from '@mikro-orm/sql';
import sql from 'sql-template-tag';
import { CURRENT } from '../../graph/sql/moment.js';
import { queryRows } from '../../graph/sql/query.js';

/** The records that the rows of a table belong to: a row is known from their first change. */
const OWNERS: Record<string, string[]> = {
  authority: ['id'],
  organisation: ['id'],
  partnership: ['id'],
  programme: ['id'],
  exchange: ['id'],
  search_document: ['id'],
  status_period: ['partnership_id'],
  programme_organisation: ['programme_id'],
  programme_authority: ['programme_id'],
  // A fact of the partnership; one that exists is linked afterwards, by a change of its own.
  programme_partnership: ['partnership_id', 'programme_id'],
};

/** Stands for the columns of `t` in the statements below. */
const COLUMNS = '<columns>';

/** Selects the rows of a table that have an owner among the new changes, with the change since which they are known. */
const ownedRows = (table: string, [owner, other = owner]: string[]) => `
  select ${COLUMNS}, coalesce(c.id, o.id) from ${table} t
  left join new_change c on c.subject_id = t.${owner} left join new_change o on o.subject_id = t.${other}
  where coalesce(c.id, o.id) is not null`;

const citations = `
  select ${COLUMNS}, c.id from citation t left join status_period p on p.id = t.status_period_id
  join new_change c on c.subject_id =
    coalesce(t.authority_id, t.organisation_id, t.partnership_id, p.partnership_id, t.programme_id, t.exchange_id)`;

/** Selects the rows of a table that have no version yet, with the first change that used them. */
const firstUses = (table: string, key: string, uses: string) => `
  select ${COLUMNS}, used.since from ${table} t
  join (select key, min(since) as since from (${uses}) use(key, since) group by 1) used on used.key = t.${key}
  where not exists (select from history.${table} v where v.${key} = t.${key} and v.known_until = ${CURRENT})`;

const wordsOf = (column: 'terms' | 'title') => `
  select unnest(tsvector_to_array(d.${column})) collate "C", c.id from search_document d join new_change c on c.subject_id = d.id`;

/** The statements in their order, by table: later ones read the versions that earlier ones wrote. */
const STATEMENTS: [table: string, rows: string][] = [
  ...Object.entries(OWNERS).map(([table, owners]): [string, string] => [table, ownedRows(table, owners)]),
  ['citation', citations],
  [
    'source',
    firstUses(
      'source',
      'id',
      'select v.source_id, v.known_from from history.citation v join new_change c on c.id = v.known_from',
    ),
  ],
  ['search_word', firstUses('search_word', 'word', wordsOf('terms'))],
  ['search_variant', firstUses('search_variant', 'word', wordsOf('title'))],
];

/**
 * Creates `history.record_seeds(first)`, which writes the versions of the rows of records that were recorded by the changes
 * from the first on: each row from the change of its own record, where the triggers would take all from the first change.
 */
export const recordSeedsFunction = `
create function history.record_seeds(first integer) returns void
  language plpgsql security definer set search_path from current as $record$
declare
  kept text; new_rows text; column_names text;
begin
  create temporary table new_change on commit drop as select id, subject_id from change where id >= first;
  analyze new_change;
  for kept, new_rows in values ${STATEMENTS.map(([table, rows]) => `('${table}', $rows$${rows}$rows$)`).join(', ')}
  loop
    select string_agg(quote_ident(attname), ', ') into column_names from pg_attribute
      where attrelid = kept::regclass and attnum > 0 and not attisdropped;
    execute format('insert into history.%I (%s, known_from, known_until) select *, ${CURRENT} from (%s) new_row',
      kept, column_names, replace(new_rows, '${COLUMNS}', 't.' || replace(column_names, ', ', ', t.')));
  end loop;
  drop table new_change;
end $record$`;

/** Forgets which rows the transaction has written, so that its next change writes no versions of them. */
export async function forgetWrites(em: EntityManager): Promise<void> {
  await queryRows(
    em,
    sql`select set_config('register.noted_' || relname, '', true) from pg_class where relnamespace = 'history'::regnamespace and relkind = 'r'`,
  );
}

/** Writes the versions of new records, whose changes are the newest ones of the log. */
export async function recordSeeds(em: EntityManager, count: number): Promise<void> {
  if (count === 0) return;
  await queryRows(
    em,
    sql`select history.record_seeds((select min(id) from (select id from change order by id desc limit ${count}) newest))`,
  );
}
