import sql, { raw, type Sql } from 'sql-template-tag';
import { abbreviate, InputError } from '../errors.js';
import type { Condition } from '../list/filter.js';
import { fold, compact as foldWithoutSpaces, isStorable } from '../types/text.js';

const MAX_QUERY_LENGTH = 200;
const MAX_WORDS = 12;
const HAN_RUNS = /\p{Script=Han}+|[^\p{Script=Han}]+/gu;
const HAN = /^\p{Script=Han}/u;

/** Folded text in pieces: words, and runs of hanzi, which are written without spaces. */
function tokens(text: string): string[] {
  return fold(text)
    .split(' ')
    .flatMap(word => word.match(HAN_RUNS) ?? []);
}

/** One or two neighbouring hanzi each: a run of them is one token to PostgreSQL, and would only match whole. */
function ngrams(run: string, smallest: 1 | 2): string[] {
  const characters = [...run];
  const pairs = characters.slice(1).map((character, i) => `${characters[i]}${character}`);
  return smallest === 1 || pairs.length === 0 ? [...characters, ...pairs] : pairs;
}

/** PostgreSQL keeps no longer lexeme than 2 kB; nobody types a word of this length either. */
const MAX_TERM_LENGTH = 100;

/** Cut where it may be, but not to half a character. */
const truncateTerm = (term: string) =>
  term.length > MAX_TERM_LENGTH ? term.slice(0, MAX_TERM_LENGTH).toWellFormed() : term;

/** The terms a text is found by: its words, and each hanzi alone and with the next. */
export function termsOf(text: string): string[] {
  return tokens(text).flatMap(piece => (HAN.test(piece) ? ngrams(piece, 1) : [truncateTerm(piece)]));
}

/** The terms of a name: as of a text, and the whole without spaces, so that "shang hai" finds Shanghai. */
export function termsOfName(name: string): string[] {
  return [...termsOf(name), truncateTerm(foldWithoutSpaces(name))];
}

/** Terms as PostgreSQL's tsvector; they are letters and digits only, so quoting them is all it takes. */
export function tsvector(terms: Iterable<string>): string {
  // A name of signs alone folds to nothing.
  return [...new Set(terms)].flatMap(term => (term ? `'${term}'` : [])).join(' ');
}

/** What somebody searches for, taken apart. */
export interface SearchTerms {
  /** Each must be in the record: a beginning of a word, or one or two hanzi. */
  words: string[];
  /** The whole query without spaces, which may be the beginning of a name. */
  compactQuery: string;
}

/**
 * Takes a search text apart.
 *
 * @throws InputError for a text longer than 200 characters, one of more than 12 words, or one without letter or digit.
 */
export function parseSearch(text: string, argument: string): SearchTerms {
  if (text.length > MAX_QUERY_LENGTH) {
    throw new InputError(`${argument} is at most ${MAX_QUERY_LENGTH} characters; got ${text.length}.`);
  }
  if (!isStorable(text)) throw new InputError(`${argument} holds a NUL or half a surrogate pair: ${abbreviate(text)}.`);
  const found = tokens(text);
  if (found.length === 0) {
    throw new InputError(`${argument} must hold a letter, a digit or a hanzi; got ${abbreviate(text)}.`);
  }
  if (found.length > MAX_WORDS) {
    throw new InputError(`${argument} is at most ${MAX_WORDS} words; got ${found.length}.`);
  }
  return {
    words: found.flatMap(piece => (HAN.test(piece) ? ngrams(piece, 2) : [piece])),
    compactQuery: foldWithoutSpaces(text),
  };
}

/** The terms as PostgreSQL's tsquery: all words, or the whole as the beginning of a name. */
export function tsquery({ words, compactQuery }: SearchTerms): Sql {
  // Folded words are letters and digits only, so quoting them is all it takes.
  const term = (word: string) => (HAN.test(word) ? `'${word}'` : `'${word}':*`);
  return sql`${`(${words.map(term).join(' & ')}) | '${compactQuery}':*`}::tsquery`;
}

/**
 * The fields that carry a search: those that hold all its words or the whole of it; where none does, those that hold
 * some of its words.
 *
 * @param fields Folded texts by field.
 */
export function matchedFields(fields: Record<string, string>, { words, compactQuery }: SearchTerms): string[] {
  const holds = (text: string, word: string) => ` ${text}`.includes(HAN.test(word) ? word : ` ${word}`);
  const by = (carries: (text: string) => boolean) =>
    Object.entries(fields).flatMap(([field, text]) => (carries(text) ? [field] : []));
  const all = by(
    text =>
      words.every(word => holds(text, word)) ||
      holds(text, compactQuery) ||
      text.replaceAll(' ', '').startsWith(compactQuery),
  );
  return all.length > 0 ? all : by(text => words.some(word => holds(text, word)));
}

/** The filter field `text`: what `search` would find the record by. */
export const textCondition: Condition<string> = (row, text, { path }) =>
  sql`${row}.id in (select id from search_document where terms @@ ${tsquery(parseSearch(text, path))})`;

/** The folded names of a record, as its search document keeps them. */
export const foldedNames = (row: Sql): Sql => sql`(select names from search_document where id = ${row}.id)`;

/** A column of the row a filter or an order looks at. */
export const column =
  (name: string) =>
  (row: Sql): Sql =>
    sql`${row}.${raw(name)}`;
