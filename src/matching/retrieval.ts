import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { spellingVariants } from '../graph/search/matching.js';
import { namesOfToday } from '../graph/search/older-names.js';
import type { SearchType } from '../graph/search/search-document.js';
import { HAN, termsOf } from '../graph/search/search-terms.js';
import { spellingsOfHanzi } from '../graph/search/traditional-characters.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { isOneSlip } from './compare-names.js';
import type { NameForms } from './name-forms.js';

/** Limits the records that one name is compared with. Those of equal name come first. */
const MAX_RECORDS = 20;
/** Limits the words by which one name is sought. */
const MAX_TERMS = 60;
/** The words of names that PostgreSQL keeps variants of; see `spelling_variants` of the database. */
const CORRECTABLE = /^[a-z]{4,20}$/;
/** Words of names that do not tell names apart. */
const FREQUENT = new Set('aan bij den het van voor the and of for en voor international'.split(' '));

/** Words of the register by a word that is one slip away. */
export type Corrections = ReadonlyMap<string, readonly string[]>;

/** Returns the words of the names of the register that are one slip away from words of these names, in one statement. */
export async function correctionsOf(em: Fork, names: readonly NameForms[]): Promise<Corrections> {
  const words = new Set(names.flatMap(({ coreWords, core }) => [...coreWords.split(' '), core]));
  const byVariant = new Map<string, string[]>();
  for (const word of words) {
    if (!CORRECTABLE.test(word)) continue;
    for (const variant of spellingVariants(word)) byVariant.set(variant, [...(byVariant.get(variant) ?? []), word]);
  }
  const statement = sql`select variant, word from search_variant where variant = any(${[...byVariant.keys()]}::text[])`;
  const rows = await queryRows<{ variant: string; word: string }>(em, statement);
  const corrections = new Map<string, string[]>();
  for (const { variant, word: similar } of rows) {
    for (const word of byVariant.get(variant) ?? []) {
      const list = corrections.get(word) ?? [];
      if (isOneSlip(word, similar) && !list.includes(similar)) corrections.set(word, [...list, similar]);
    }
  }
  return corrections;
}

/** Returns the words of a name by which it is sought. */
function tellingWords(name: string): string[] {
  const words = termsOf(name).filter(term => (term.length > 2 && !FREQUENT.has(term)) || HAN.test(term));
  // Single hanzi are in too many names, unless the name is one.
  return words.filter(word => !HAN.test(word) || word.length > 1 || words.length === 1);
}

/**
 * Returns the tsquery of the records that a name may mean; undefined for a name without letters, digits and hanzi. Any word is
 * enough, because the names are compared afterwards:
 *
 *     'sudwestfrylan' | 'sudwestfryslan' | 'sudwest' | 'frylan' | 'fryslan'
 */
export function tsqueryOf(name: NameForms, corrections: Corrections): string | undefined {
  const { compact, coreWords, core, traditional = '' } = name;
  const words = tellingWords(coreWords);
  const spellings = [compact, core, ...words, ...tellingWords(traditional)];
  const others = spellings.flatMap(term => [...namesOfToday(term), ...(corrections.get(term) ?? [])]);
  const terms = [...spellings, ...others, ...words.filter(word => HAN.test(word)).flatMap(spellingsOfHanzi)];
  const distinct = [...new Set(terms)].filter(term => term !== '' && term.length <= 100);
  // Folded words are letters and digits, so quotes suffice.
  return distinct.length === 0
    ? undefined
    : distinct
        .slice(0, MAX_TERMS)
        .map(term => `'${term}'`)
        .join(' | ');
}

/** The words and codes by which a statement finds the records of one query. */
export interface Sought {
  /** The place of the query in the batch. */
  n: number;
  /** The tsquery of its name. */
  query: string | undefined;
  /** Its names, folded and compact, as search documents have them. */
  keys: readonly string[];
  /** Its codes of any list. */
  codes: readonly string[];
}

/** The table of a type, and the columns by which its records are found and read. */
export interface Source {
  type: SearchType;
  /** The table of the type. */
  table: Sql;
  /** The columns with official codes. */
  codes: readonly string[];
  /** The columns to read of `r`, a row of the table, and of the joins. */
  columns: Sql;
  joins?: Sql;
}

/** The types with names of their own: the predicate of the index `search_document_named`. */
const NAMED = sql`d.type in ('AUTHORITY', 'ORGANISATION', 'PROGRAMME')`;

/**
 * Reads the records of a type that a batch of queries may mean, each with the place of its query, in one statement: those
 * with a code, and those with a word of the name, equal names first.
 */
export function recordsFor<Row>(
  em: Fork,
  { type, table, codes, columns, joins = empty }: Source,
  batch: readonly Sought[],
): Promise<(Row & { n: number })[]> {
  const byCode = codes.map(code => sql`select coded.n, r.id from coded join ${table} r on r.${raw(code)} = coded.code`);
  const statement = sql`with asked as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(batch)}::jsonb)
        as asked(n int, query text, keys text[], codes text[])),
    coded as materialized (select asked.n, unnest(asked.codes) as code from asked),
    found as (
      select asked.n, named.id from asked cross join lateral (
        select d.id from search_document d
        where ${NAMED} and d.type = ${type} and d.title @@ asked.query::tsquery
        order by d.names && asked.keys desc, ts_rank(d.title, asked.query::tsquery) desc, d.sort_name, d.id
        limit ${raw(String(MAX_RECORDS))}) named
      where asked.query is not null
      union ${join(byCode, ' union ')})
    select found.n, ${columns} from found join ${table} r on r.id = found.id ${joins}`;
  return queryRows(em, statement);
}
