import sql, { raw, type Sql } from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { type SourceFacts, sourceId } from './source-id.js';

/** Digits of the hash in the id of a new source: from the second on, only if another source has the shorter id. */
const ID_DIGITS: readonly number[] = [16, 32, 64];

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

/**
 * Stores the sources that are not stored yet, each with the first of its ids that no other source has. One that gets none,
 * because a concurrent transaction stored another source with this id, is not stored. The values are JSON, whose rows
 * PostgreSQL does not estimate: it would plan the statement for each array.
 *
 * @param digits The numbers of digits of the hash to try, in order.
 */
export async function insertSources(
  em: Fork,
  sources: readonly SourceFacts[],
  digits: readonly number[] = ID_DIGITS,
): Promise<void> {
  const longest = Math.max(...digits);
  const places = new Map<string, number>();
  const rows = sources.map(({ publishedOn, ...source }) => {
    const id = sourceId({ publishedOn, ...source }, longest);
    const ids = digits.map(length => id.slice(0, id.length - longest + length));
    const shortest = ids[0] as string;
    // Of new sources with equal short ids, the second begins with the second length.
    return { ...source, published_on: publishedOn, ids: ids.slice(nextPlace(places, shortest)) };
  });
  await queryRows(
    em,
    sql`insert into source (id, title, publisher, url, published_on)
      select free.id, w.title, w.publisher, w.url, w.published_on
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as
        w(ids text[], title text, publisher text, url text, published_on text)
      cross join lateral (
        select own.id from unnest(w.ids) with ordinality as own(id, n)
        where not exists (select from source s where s.id = own.id and not ${hasFactsOf('s', 'w')})
        order by own.n limit 1) free
      on conflict do nothing`,
  );
}

/** Returns how many come before the next one with this key, and counts it. */
export function nextPlace(places: Map<string, number>, key: string): number {
  const place = places.get(key) ?? 0;
  places.set(key, place + 1);
  return place;
}

/**
 * Stores sources that are not stored yet, and returns the ids of all, in the same order. A source is identified by its
 * facts, never by its id. Two statements, also for many sources; concurrent calls with the same source wait for each other.
 *
 * ```sql
 * select s.id, wanted.n from unnest($1, …) with ordinality as wanted join source s on <hash of s> = <hash of wanted>
 * ```
 *
 * @param digits The numbers of digits of the hash to try, in order.
 */
export async function storeSources(
  em: Fork,
  sources: readonly SourceFacts[],
  digits?: readonly number[],
): Promise<string[]> {
  if (sources.length === 0) return [];
  const inserting = insertSources(em, sources, digits);
  const reading = queryRows<{ id: string; n: number }>(
    em,
    sql`select s.id, wanted.n::int as n
      from unnest(${columnsOf(sources)}) with ordinality as wanted(title, publisher, url, published_on, n)
      join source s on ${hasFactsOf('s', 'wanted')}`,
  );
  const [stored] = await Promise.all([reading, inserting]);
  const ids = new Map(stored.map(({ id, n }) => [sources[n - 1], id]));
  return sources.map(source => {
    const id = ids.get(source);
    if (id === undefined)
      throw new Error(`There is no free id for the source ${sourceId(source, ID_DIGITS[0] as number)}.`);
    return id;
  });
}
