/** The tables that lines are read from. All have versions in schema `history`. */
const TABLES = [
  'authority',
  'citation',
  'exchange',
  'organisation',
  'partnership',
  'programme',
  'programme_authority',
  'programme_organisation',
  'programme_partnership',
  'source',
  'status_period',
];

/** The words that can follow a table without an alias. */
const NO_ALIAS = 'where|join|left|cross|inner|on|order|group|limit|union';

const TABLE = new RegExp(`\\b(from|join) (${TABLES.join('|')})\\b(?: (?!(?:${NO_ALIAS})\\b)(\\w+))?`, 'g');

/**
 * Returns the text of a statement with each table replaced by its versions at a moment: `join authority d` becomes
 * `join (select * from history.authority known where …) d`. Unlike a fork with a moment (`graph/sql/moment.ts`), the moment
 * is an expression of the statement, so that one statement reads records at many moments.
 *
 * @param moment SQL of the id of the last change that is visible: `line.at`.
 */
export const atMoment = (text: string, moment: string): string =>
  text.replace(
    TABLE,
    (_, keyword: string, table: string, alias: string | undefined) =>
      `${keyword} (select * from history.${table} known where known.known_from <= ${moment} and known.known_until > ${moment}) ${alias ?? table}`,
  );

const JOIN = new RegExp(`\\bjoin (${TABLES.join('|')}) (\\w+) on\\b`, 'g');

/**
 * Returns the text of joins with each table replaced by its versions at a moment, as a condition of the join: `join authority d
 * on d.id = e.dutch_id` becomes `join history.authority d on d.known_from <= … and d.id = e.dutch_id`. So PostgreSQL reads a
 * small table once for all lines; as a part of a table (`atMoment`), a moment makes it read the table once for each line.
 *
 * @param text Joins whose conditions have no `or`.
 */
export function joinsAtMoment(text: string, moment: string): string {
  if (/\bor\b/.test(text)) throw new Error(`The moment cannot be added to conditions with "or": ${text}`);
  return text.replace(
    JOIN,
    (_, table: string, alias: string) =>
      `join history.${table} ${alias} on ${alias}.known_from <= ${moment} and ${alias}.known_until > ${moment} and`,
  );
}
