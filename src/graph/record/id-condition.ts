import type { Sql } from 'sql-template-tag';
import type { Condition, FilterScope } from '../list/filter.js';
import { checkId } from './node.js';

/**
 * Returns the condition of a filter field whose value is an id, as a select box sends it: an empty text asks for nothing.
 *
 * @throws InputError for any other text that is no id.
 */
export const idCondition =
  (condition: (row: Sql, id: string, scope: FilterScope) => Sql): Condition<string> =>
  (row, id, scope) =>
    id.trim() === '' ? undefined : condition(row, checkId(id, scope.path), scope);
