import sql, { type Sql } from 'sql-template-tag';
import { message } from '../../messages/message.js';
import { abbreviate, InputError } from '../errors.js';
import { fold, compact as foldWithoutSpaces, isStorable, withApostrophes } from '../types/text.js';

const MAX_QUERY_LENGTH = 200;
const MAX_WORDS = 12;
const HAN_RUNS = /\p{Script=Han}+|[^\p{Script=Han}]+/gu;
export const HAN = /^\p{Script=Han}/u;

/** Splits a folded text into words and runs of hanzi, which are written without spaces. */
export const tokensOfFolded = (folded: string): string[] =>
  folded.split(' ').flatMap(word => word.match(HAN_RUNS) ?? []);

const tokens = (text: string): string[] => tokensOfFolded(fold(text));

/**
 * Splits a run of hanzi into pairs and, if `smallest` is 1, single characters. PostgreSQL takes a run as one token, which
 * would only match as a whole.
 */
function ngrams(run: string, smallest: 1 | 2): string[] {
  const characters = [...run];
  const pairs = characters.slice(1).map((character, i) => `${characters[i]}${character}`);
  return smallest === 1 || pairs.length === 0 ? [...characters, ...pairs] : pairs;
}

/** PostgreSQL limits a lexeme to 2 kB. */
const MAX_TERM_LENGTH = 100;

/** Truncates a term, without splitting a surrogate pair. */
const truncateTerm = (term: string) =>
  term.length > MAX_TERM_LENGTH ? term.slice(0, MAX_TERM_LENGTH).toWellFormed() : term;

/** A text as the search index has it. */
export interface IndexedText {
  folded: string;
  compact: string;
  /** The terms by which a text is found: its words, and its hanzi as single characters and pairs. */
  terms: readonly string[];
  /** The terms of a name: those of a text, and the name without spaces, so that "shang hai" finds Shanghai. */
  termsOfName: readonly string[];
}

function indexedText(text: string): IndexedText {
  const folded = fold(text);
  const compact = folded.replaceAll(' ', '');
  const terms = tokensOfFolded(folded).flatMap(token => (HAN.test(token) ? ngrams(token, 1) : [truncateTerm(token)]));
  return { folded, compact, terms, termsOfName: [...terms, truncateTerm(compact)] };
}

/**
 * The texts of documents that are written together, each indexed once: many have the same sides. It ends with them, so that no
 * text stays in memory after it was redacted.
 */
export class IndexedTexts {
  readonly #texts = new Map<string, IndexedText>();

  of(text: string): IndexedText {
    const stored = this.#texts.get(text);
    if (stored) return stored;
    const indexed = indexedText(text);
    this.#texts.set(text, indexed);
    return indexed;
  }
}

export const termsOf = (text: string): readonly string[] => indexedText(text).terms;

export const termsOfName = (name: string): readonly string[] => indexedText(name).termsOfName;

/** Returns terms as a tsvector literal: `'rotterdam' 'shanghai'`. Terms are letters and digits, so quotes suffice. */
export function tsvector(terms: Iterable<string>): string {
  // A name without letters and digits folds to an empty text.
  return [...new Set(terms)].flatMap(term => (term ? `'${term}'` : [])).join(' ');
}

/** Returns whether a text holds a letter, a digit or a hanzi to search for. */
export const hasWords = (text: string): boolean => tokens(text).length > 0;

/** A parsed search query. */
export interface SearchTerms {
  /** The record must contain all of them: prefixes of words, or one or two hanzi. */
  words: string[];
  /** The query without spaces, which may be the prefix of a name. */
  compactQuery: string;
}

/**
 * Parses a search query. Returns `undefined` if it has nothing to search for: no letter, digit or hanzi.
 *
 * @throws InputError for more than 200 characters, also after each is replaced by those that it stands for (㌖ by
 * キロメートル), or for more than 12 words.
 */
export function parseSearch(text: string, argument: string): SearchTerms | undefined {
  if (text.length > MAX_QUERY_LENGTH)
    throw new InputError(message('SEARCH_TEXT_TOO_LONG', { argument, limit: MAX_QUERY_LENGTH, length: text.length }));
  if (!isStorable(text)) throw new InputError(message('TEXT_NOT_STORABLE', { argument, value: abbreviate(text) }));
  const spelt = withApostrophes(text);
  const words = tokens(spelt);
  const folded = words.reduce((sum, word) => sum + word.length, 0);
  if (folded > MAX_QUERY_LENGTH)
    throw new InputError(message('SEARCH_TEXT_EXPANDS', { argument, limit: MAX_QUERY_LENGTH, length: folded }));
  if (words.length === 0) return undefined;
  if (words.length > MAX_WORDS)
    throw new InputError(message('TOO_MANY_WORDS', { argument, limit: MAX_WORDS, count: words.length }));
  return {
    words: [...new Set(words.flatMap(word => (HAN.test(word) ? ngrams(word, 2) : [truncateTerm(word)])))],
    compactQuery: foldWithoutSpaces(spelt),
  };
}

/** Returns a word of a query as a term of a tsquery. Folded words are letters and digits, so quotes suffice. */
export const queryTerm = (word: string): string => (HAN.test(word) ? `'${word}'` : `'${word}':*`);

/**
 * Returns a query as a tsquery: all words, or the query as the prefix of a name: `('shang':* & 'hai':*) | 'shanghai':*`. Of one
 * word both are the same, and said once: its index entries would be read twice.
 */
export function tsquery({ words, compactQuery }: SearchTerms): Sql {
  const [all, name] = [words.map(queryTerm).join(' & '), `'${truncateTerm(compactQuery)}':*`];
  return sql`${all === name ? name : `(${all}) | ${name}`}::tsquery`;
}

/** Returns whether a folded text has hanzi, or a word that begins with others: also directly behind hanzi. Splits few texts. */
export const contains = (text: string, word: string): boolean =>
  text.includes(word) &&
  (HAN.test(word) || [text, ...tokensOfFolded(text)].some(part => ` ${part}`.includes(` ${word}`)));

/**
 * Returns the fields that match a query: those with all its words or the query without spaces; if there are none, those
 * with any of its words.
 *
 * @param fields Folded texts by field.
 */
export function matchedFields(fields: Record<string, string>, { words, compactQuery }: SearchTerms): string[] {
  const fieldsWhere = (matches: (text: string) => boolean) =>
    Object.entries(fields).flatMap(([field, text]) => (matches(text) ? [field] : []));
  const complete = fieldsWhere(
    text =>
      words.every(word => contains(text, word)) ||
      contains(text, compactQuery) ||
      text.replaceAll(' ', '').startsWith(compactQuery),
  );
  return complete.length > 0 ? complete : fieldsWhere(text => words.some(word => contains(text, word)));
}

/** Returns the folded names of a record, from its search document. */
export const foldedNames = (row: Sql): Sql => sql`(select names from search_document where id = ${row}.id)`;
