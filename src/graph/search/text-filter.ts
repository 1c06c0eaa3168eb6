import sql from 'sql-template-tag';
import type { Condition } from '../list/filter.js';
import type { SortExpression } from '../list/order.js';
import { matches, RANKS, rankOf } from './matching.js';
import { hasWords, parseSearch } from './search-terms.js';

/** The description of the filter field `text`. */
export const TEXT_DESCRIPTION =
  'Filters by full-text search, as `search` does. Sort by `RELEVANCE` for the best match first.';

/** The condition of the filter field `text`: `search` finds the record. A text with nothing to search for is ignored. */
export const textCondition: Condition<string> = (row, text, { path }) => {
  const terms = parseSearch(text, path);
  return terms && sql`${row}.id in (select d.id from search_document d where ${matches(sql`d`, terms)})`;
};

/** The description of the order `RELEVANCE`. */
export const RELEVANCE_DESCRIPTION =
  'By how well the record matches `filter.text`, best match first: its name or code equals the text, its name begins with it, its names or those of its sides contain the words, other texts contain them, only other spellings are found. `DESC` reverses. Ignored without `filter.text`; a `text` inside `and`, `or`, `not` or a relation does not count.';

/** The order by relevance: 0 for the best match, such that it comes first. */
export const relevanceOrder: SortExpression<{ text?: string | null }> = {
  kind: 'integer',
  applies: filter => filter?.text != null && hasWords(filter.text),
  by: (row, filter) => {
    const terms = parseSearch(filter?.text ?? '', 'filter.text');
    // Called only where `applies` is true.
    return terms
      ? sql`(select ${RANKS.NAME} - ${rankOf(sql`d`, terms)} from search_document d where d.id = ${row}.id)`
      : sql`0`;
  },
};
