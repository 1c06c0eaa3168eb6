import sql, { raw, type Sql } from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { type SourceFacts, sourceId } from './source-id.js';

/** Digits of the hash in the id of a new source: from the second on, only if another source has the shorter id. */
const ID_DIGITS = [16, 32, 64] as const;

/** Digits in the ids of seeds: the short ids that the register published first stay, where they are unique. */
export const SEED_ID_DIGITS: readonly number[] = [6, ...ID_DIGITS];

/** SQL: the hash of the facts of a source, the expression of the unique index `source_facts`. */
const factsHash = (row: string): string => {
  const facts = ['title', 'publisher', 'url', 'published_on::text'].map(fact => `quote_nullable(${row}.${fact})`);
  return `sha256((${facts.join(" || ' ' || ")})::bytea)`;
};

/** SQL: the condition that a row of `source` and another one have the same facts. */
export const hasFactsOf = (source: string, other: string): Sql => raw(`${factsHash(source)} = ${factsHash(other)}`);

const columnsOf = (sources: readonly SourceFacts[]): Sql =>
  sql`${sources.map(({ title }) => title)}::text[], ${sources.map(({ publisher }) => publisher)}::text[],
    ${sources.map(({ url }) => url)}::text[], ${sources.map(({ publishedOn }) => publishedOn)}::text[]`;

/** Stores the sources that are not stored yet, except those whose id of so many digits another source has. */
export async function insertSources(
  em: Fork,
  sources: readonly SourceFacts[],
  digits: number = ID_DIGITS[0],
): Promise<void> {
  const ids = sources.map(source => sourceId(source, digits));
  await queryRows(
    em,
    sql`insert into source (id, title, publisher, url, published_on)
      select * from unnest(${ids}::text[], ${columnsOf(sources)}) on conflict do nothing`,
  );
}

/**
 * Stores sources that are not stored yet, and returns the ids of all, in the same order. A source is identified by its
 * facts, never by its id: if two have the same id, the second one gets a longer hash. Two statements, also for many
 * sources; concurrent calls with the same source wait for each other.
 *
 * ```sql
 * insert into source (id, title, publisher, url, published_on) select * from unnest($1, …) on conflict do nothing;
 * select s.id, wanted.n from unnest($2, …) with ordinality as wanted join source s on <hash of s> = <hash of wanted>
 * ```
 *
 * @param digits The numbers of digits of the hash to try, in order.
 */
export async function storeSources(
  em: Fork,
  sources: readonly SourceFacts[],
  digits: readonly number[] = ID_DIGITS,
): Promise<string[]> {
  const ids = new Map<SourceFacts, string>();
  for (const length of digits) {
    const missing = sources.filter(source => !ids.has(source));
    if (missing.length === 0) break;
    const inserting = insertSources(em, missing, length);
    const reading = queryRows<{ id: string; n: number }>(
      em,
      sql`select s.id, wanted.n::int as n
        from unnest(${columnsOf(missing)}) with ordinality as wanted(title, publisher, url, published_on, n)
        join source s on ${hasFactsOf('s', 'wanted')}`,
    );
    const [stored] = await Promise.all([reading, inserting]);
    for (const { id, n } of stored) ids.set(missing[n - 1] as SourceFacts, id);
  }
  return sources.map(source => {
    const id = ids.get(source);
    if (id === undefined)
      throw new Error(`There is no free id for the source ${sourceId(source, Math.max(...digits))}.`);
    return id;
  });
}
