import sql, { raw, type Sql } from 'sql-template-tag';
import { InputError, shown } from './errors.js';
import type { Condition } from './filter.js';
import { compact, fold, isStorable } from './text.js';

const LONGEST_QUERY = 200;
const MOST_WORDS = 12;
const HAN_RUNS = /\p{Script=Han}+|[^\p{Script=Han}]+/gu;
const HAN = /^\p{Script=Han}/u;

/** Folded text in pieces: words, and runs of hanzi, which are written without spaces. */
function pieces(text: string): string[] {
  return fold(text)
    .split(' ')
    .flatMap(word => word.match(HAN_RUNS) ?? []);
}

/** One or two neighbouring hanzi each: a run of them is one token to PostgreSQL, and would only match whole. */
function grams(run: string, smallest: 1 | 2): string[] {
  const characters = [...run];
  const pairs = characters.slice(1).map((character, i) => `${characters[i]}${character}`);
  return smallest === 1 || pairs.length === 0 ? [...characters, ...pairs] : pairs;
}

/** PostgreSQL keeps no longer lexeme than 2 kB; nobody types a word of this length either. */
const LONGEST_TERM = 100;

/** Cut where it may be, but not to half a character. */
const shortened = (term: string) => (term.length > LONGEST_TERM ? term.slice(0, LONGEST_TERM).toWellFormed() : term);

/** The terms a text is found by: its words, and each hanzi alone and with the next. */
export function termsOf(text: string): string[] {
  return pieces(text).flatMap(piece => (HAN.test(piece) ? grams(piece, 1) : [shortened(piece)]));
}

/** The terms of a name: as of a text, and the whole without spaces, so that "shang hai" finds Shanghai. */
export function termsOfName(name: string): string[] {
  return [...termsOf(name), shortened(compact(name))];
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
  whole: string;
}

/**
 * Takes a search text apart.
 *
 * @throws InputError for a text longer than 200 characters, one of more than 12 words, or one without letter or digit.
 */
export function parseSearch(text: string, argument: string): SearchTerms {
  if (text.length > LONGEST_QUERY) {
    throw new InputError(`${argument} is at most ${LONGEST_QUERY} characters; got ${text.length}.`);
  }
  if (!isStorable(text)) throw new InputError(`${argument} holds a NUL or half a surrogate pair: ${shown(text)}.`);
  const found = pieces(text);
  if (found.length === 0) {
    throw new InputError(`${argument} must hold a letter, a digit or a hanzi; got ${shown(text)}.`);
  }
  if (found.length > MOST_WORDS) {
    throw new InputError(`${argument} is at most ${MOST_WORDS} words; got ${found.length}.`);
  }
  return { words: found.flatMap(piece => (HAN.test(piece) ? grams(piece, 2) : [piece])), whole: compact(text) };
}

/** The terms as PostgreSQL's tsquery: all words, or the whole as the beginning of a name. */
export function tsquery({ words, whole }: SearchTerms): Sql {
  // Folded words are letters and digits only, so quoting them is all it takes.
  const term = (word: string) => (HAN.test(word) ? `'${word}'` : `'${word}':*`);
  return sql`${`(${words.map(term).join(' & ')}) | '${whole}':*`}::tsquery`;
}

/**
 * The fields that carry a search: those that hold all its words or the whole of it; where none does, those that hold
 * some of its words.
 *
 * @param fields Folded texts by field.
 */
export function carriers(fields: Record<string, string>, { words, whole }: SearchTerms): string[] {
  const holds = (text: string, word: string) => ` ${text}`.includes(HAN.test(word) ? word : ` ${word}`);
  const by = (carries: (text: string) => boolean) =>
    Object.entries(fields).flatMap(([field, text]) => (carries(text) ? [field] : []));
  const all = by(
    text => words.every(word => holds(text, word)) || holds(text, whole) || text.replaceAll(' ', '').startsWith(whole),
  );
  return all.length > 0 ? all : by(text => words.some(word => holds(text, word)));
}

/** The filter field `text`: what `search` would find the record by. */
export const found: Condition<string> = (row, text, { path }) =>
  sql`${row}.id in (select id from search_document where terms @@ ${tsquery(parseSearch(text, path))})`;

/** The folded names of a record, as its search document keeps them. */
export const foldedNames = (row: Sql): Sql => sql`(select names from search_document where id = ${row}.id)`;

/** A column of the row a filter or an order looks at. */
export const column =
  (name: string) =>
  (row: Sql): Sql =>
    sql`${row}.${raw(name)}`;
