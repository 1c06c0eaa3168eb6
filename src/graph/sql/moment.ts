import sql, { type Sql } from 'sql-template-tag';
import { type Fork, ForkProperty } from './fork.js';

/** The number in `known_until` of a version that is current. Ids of changes are lower. */
export const CURRENT = 2_147_483_647;

const momentByFork = new ForkProperty<number>('moment');

/**
 * Makes a fork read the register as it was known after a change, and returns the fork. All other forks read the present.
 *
 * @param changeId The id of the last change that is visible: the fork sees the changes with this id and lower ones.
 */
export function readAt(em: Fork, changeId: number): Fork {
  momentByFork.set(em, changeId);
  return em;
}

/** Returns the id of the last change that a fork sees, or `undefined` if it reads the present. */
export const momentOf = (em: Fork): number | undefined => momentByFork.get(em);

/**
 * SQL that makes the rest of a transaction read the register as it was known after a change: the views of the schema `past`
 * hide the tables, and read the setting. Nothing can be written. Statements keep the plan for all values: the planner cannot
 * see the moment, so a plan for some values is no better, and making it costs as much as a search.
 */
export const enterMoment = (changeId: number): string =>
  `select set_config('transaction_read_only', 'on', true), set_config('register.at', '${changeId}', true),
    set_config('plan_cache_mode', 'force_generic_plan', true),
    set_config('search_path', 'past, ' || current_setting('search_path'), true)`;

/** Returns the condition that the terms of a row match the query of a search, with comments for `textAtMoment`. */
export const sought = (row: Sql, query: Sql): Sql => sql`(${row}.terms @@ /*sought*/${query}/*in ${row}*/)`;

/**
 * Returns the text that a statement is sent with in the past. It has a name and a plan of its own, also in a pooler. A search
 * first finds the versions of the moment whose record ever had the words, because an index on terms cannot tell moments:
 *
 *     (d.terms @@ … and d.version_key in (select version_key from record_terms where terms @@ …))
 */
export function textAtMoment(text: string): string {
  const [start, ...searches] = text.split('/*sought*/');
  const ofVersions = searches.map(search => {
    const [query = '', ...rest] = search.split('/*in ');
    const [row, ...end] = rest.join('/*in ').split('*/');
    return `${query} and ${row}.version_key in (select version_key from record_terms where terms @@ ${query})${end.join('*/')}`;
  });
  return `/* past */ ${start}${ofVersions.join('')}`;
}
