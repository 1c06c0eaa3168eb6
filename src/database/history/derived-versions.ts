import type { EntityManager } from '@mikro-orm/sql';
import sql, { raw, type Sql } from 'sql-template-tag';
import { CURRENT } from '../../graph/sql/moment.js';
import { queryRows } from '../../graph/sql/query.js';
import type { VersionedTable } from './versioned-tables.js';

/**
 * Fills the versions that no change of a record names: of citations of periods, of sources, and of the words of search
 * documents. Rows that the log does not have, such as those that somebody added to the database, are known from its first
 * change on.
 */
export async function fillDerivedVersions(
  em: EntityManager,
  tables: ReadonlyMap<string, VersionedTable>,
): Promise<void> {
  for (const statement of [periodCitations(tables), sources(tables), words, variants]) await queryRows(em, statement);
  for (const table of tables.values()) await queryRows(em, unlogged(table));
}

/** Citations of a period are written with it, and are never changed. */
function periodCitations(tables: ReadonlyMap<string, VersionedTable>): Sql {
  const { columns } = tables.get('citation') as VersionedTable;
  return sql`insert into history.citation (${list(columns)}, known_from, known_until)
    select ${list(columns, 't.')}, period.known_from, ${CURRENT} from citation t
    join (select id, min(known_from) as known_from from history.status_period group by id) period on period.id = t.status_period_id`;
}

/** A source is written with its first citation, and is never changed. */
function sources(tables: ReadonlyMap<string, VersionedTable>): Sql {
  const { columns } = tables.get('source') as VersionedTable;
  return sql`insert into history.source (${list(columns)}, known_from, known_until)
    select ${list(columns, 't.')}, cited.known_from, ${CURRENT} from source t
    join (select source_id, min(known_from) as known_from from history.citation group by 1) cited on cited.source_id = t.id`;
}

/** Selects the words of Latin letters in a column of the versions of search documents, as the triggers of the table do. */
const latinWords = (column: 'terms' | 'title', pattern: string) =>
  raw(`select word, known_from, known_until from (
    select unnest(tsvector_to_array(${column})) collate "C" as word, known_from, known_until from history.search_document) term
    where word ~ '^[a-z]{${pattern}}$'`);

/** A word is known while documents contain it. Times of several documents that touch or overlap are one. */
const words = sql`
  insert into history.search_word (word, known_from, known_until)
  select word, min(known_from), max(known_until) from (
    select word, known_from, known_until,
      count(*) filter (where known_from > earlier_until) over (partition by word order by known_from, known_until) as period
    from (
      select word, known_from, known_until, max(known_until) over (
        partition by word order by known_from, known_until rows between unbounded preceding and 1 preceding) as earlier_until
      from (${latinWords('terms', '4,30')}) used) ordered) numbered
  group by word, period`;

/** The variants of a word are known from its first use in a name until the word is no longer known. */
const variants = sql`
  insert into history.search_variant (variant, word, known_from, known_until)
  select distinct unnest(spelling_variants(word)), word, known_from, known_until from (
    select w.word, min(named.known_from) as known_from, w.known_until
    from history.search_word w
    join (select distinct word, known_from from (${latinWords('title', '4,20')}) used) named
      on named.word = w.word and named.known_from >= w.known_from and named.known_from < w.known_until
    group by w.word, w.known_from, w.known_until) named`;

function unlogged({ name, columns, key }: VersionedTable): Sql {
  const sameKey = raw(key.map(column => `v."${column}" = t."${column}"`).join(' and '));
  return sql`insert into ${raw(`history.${name}`)} (${list(columns)}, known_from, known_until)
    select ${list(columns, 't.')}, (select coalesce(min(id), 0) from change), ${CURRENT} from ${raw(name)} t
    where not exists (select from ${raw(`history.${name}`)} v where ${sameKey} and v.known_until = ${CURRENT})`;
}

const list = (columns: readonly string[], alias = '') => raw(columns.map(name => `${alias}"${name}"`).join(', '));
