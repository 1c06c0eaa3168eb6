/** A table with its alias, if it has one: the words that can follow a table without an alias are none. */
const TABLE = /\b(from|join) (\w+)\b(?: (?!(?:where|join|left|cross|inner|on|order|group|limit|union)\b)(\w+))?/g;

/**
 * Returns the text of a statement with each table replaced by its versions at a moment: `join authority d` becomes
 * `join lateral (select * from history.authority known where …) d`, which PostgreSQL plans as a join with a further condition.
 * Unlike a fork with a moment (`graph/sql/moment.ts`), the moment is an expression of the statement, so that one statement
 * reads records at many moments.
 *
 * @param text SQL in which a word after `from` or `join` is a table. One without versions makes the statement fail.
 * @param moment SQL of the id of the last change that is visible: `line.at`.
 */
export const atMoment = (text: string, moment: string): string =>
  text.replace(
    TABLE,
    (_, keyword: string, table: string, alias: string = table) =>
      `${keyword} lateral (select * from history.${table} known where known.known_from <= ${moment} and known.known_until > ${moment}) ${alias}`,
  );
