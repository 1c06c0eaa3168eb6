import sql, { raw, type Sql } from 'sql-template-tag';
import { sought } from '../sql/moment.js';
import { namesOfToday } from './older-names.js';
import { contains, HAN, matchedFields, queryTerm, type SearchTerms, tokensOfFolded, tsquery } from './search-terms.js';
import { spellingsOfHanzi } from './traditional-characters.js';

/** The words that are corrected: letters without accents, as folding leaves them. In shorter words a slip is another word. */
const CORRECTABLE = /^[a-z]{5,20}$/;
/** Limits the words that one misspelt word may stand for, and so the candidates of a search. */
const MAX_CORRECTIONS = 10;

/** The rank of each kind of match; a higher one comes first. */
export const RANKS = { NAME: 4, NAME_START: 3, TITLE: 2, TEXT: 1, SIMILAR: 0 } as const;

/** Returns other spellings of a word, which are sought besides it: today's names of a place, other characters. */
function otherSpellings(word: string): readonly string[] {
  return HAN.test(word) ? spellingsOfHanzi(word).filter(spelling => spelling !== word) : namesOfToday(word);
}

const isCorrected = (word: string) => CORRECTABLE.test(word) && otherSpellings(word).length === 0;

/**
 * Returns the tsquery of the other spellings of a query; undefined if it can have none. Null in the database if no word has
 * one: a word is only corrected if no word of the register begins with it, so that a known word finds what it always found.
 * The words that are similar have a spelling in common with it, when one letter of either is left out (`spelling_variants`):
 *
 *     ('roterdam':* | rotterdam) & ('shanghai':*)
 */
function otherSpellingsQuery({ words }: SearchTerms): Sql | undefined {
  const spellings = words.map(otherSpellings);
  const hasOthers = spellings.some(others => others.length > 0);
  const corrected = words.map(word => (isCorrected(word) ? word : ''));
  if (!hasOthers && corrected.every(word => word === '')) return undefined;
  const terms = words.map((word, i) => [queryTerm(word), ...(spellings[i] ?? [])].join(' | '));
  return sql`(select string_agg('(' || concat_ws(' | ', asked.term, corrections.words) || ')', ' & ')::tsquery
    from unnest(${corrected}::text[], ${terms}::text[]) asked(word, term)
    cross join lateral (select case when asked.word = '' or exists (
        select 1 from search_word known where known.word >= asked.word and known.word < asked.word || '~'
      ) then null else spelling_variants(asked.word) end as variants offset 0) misspelt
    cross join lateral (select string_agg(first.word, ' | ') as words from (
      select distinct word from search_variant where variant = any(misspelt.variants)
      order by word limit ${raw(String(MAX_CORRECTIONS))}) first) corrections
    having ${raw(String(hasOthers))} or count(corrections.words) > 0)`;
}

/**
 * Returns the condition that a search document matches a query, or another spelling of it. One tsquery rather than two
 * conditions: `or` made the planner read every document.
 *
 *     (d.terms @@ (select 'rotterdam':*::tsquery || coalesce((select …), '')))
 */
export function matches(row: Sql, terms: SearchTerms): Sql {
  const others = otherSpellingsQuery(terms);
  const query = others ? sql`(select ${tsquery(terms)} || coalesce(${others}, ''))` : tsquery(terms);
  return sought(row, query);
}

/**
 * Returns how well a search document that matches a query does so: one of `RANKS`. The names are one text, a line each (folding
 * leaves no other line feeds): PostgreSQL would compute a subquery over them once for the row and again for the order.
 */
export function rankOf(row: Sql, terms: SearchTerms): Sql {
  const query = tsquery(terms);
  const isText = otherSpellingsQuery(terms) ? sql`case when ${row}.terms @@ ${query} then 1 else 0 end` : sql`1`;
  return sql`(case
  when ${row}.names @> array[${terms.compactQuery}] or ${row}.fields->>'code' = ${terms.compactQuery} then 4
  when strpos(chr(10) || array_to_string(${row}.names, chr(10)), ${`\n${terms.compactQuery}`}) > 0 then 3
  when ${row}.title @@ ${query} then 2
  else ${isText} end)`;
}

/** Returns the spellings of a word with one letter left out, and the word itself; as `spelling_variants` of the database. */
export const spellingVariants = (word: string): string[] => [
  word,
  ...Array.from(word, (_, i) => word.slice(0, i) + word.slice(i + 1)),
];

/**
 * Returns the fields that match a query in another spelling.
 *
 * @param fields Folded texts by field.
 */
export function fieldsOfOtherSpellings(fields: Record<string, string>, terms: SearchTerms): string[] {
  const asked = terms.words.map(word => ({
    others: otherSpellings(word),
    variants: new Set(isCorrected(word) ? spellingVariants(word) : []),
  }));
  const isMatch = (text: string) =>
    asked.some(({ others, variants }) => {
      const isOther = others.some(other => contains(text, other));
      return (
        isOther ||
        (variants.size > 0 && tokensOfFolded(text).some(word => spellingVariants(word).some(v => variants.has(v))))
      );
    });
  const similar = Object.entries(fields).flatMap(([field, text]) => (isMatch(text) ? [field] : []));
  return [...new Set([...similar, ...matchedFields(fields, terms)])];
}
