import sql from 'sql-template-tag';
import { referenceByKey } from '../federation/reference.js';
import { recordById } from '../graph/record/record-loader.js';
import { columnsOf } from '../graph/sql/columns.js';
import { inOrder, loader } from '../graph/sql/loader.js';
import { queryRows } from '../graph/sql/query.js';
import { Partnership } from './partnership.js';
import { partnerships } from './partnership.listing.js';

const sides = (dutch: string, chinese: string) => JSON.stringify([dutch, chinese]);

/** Loads the partnership of two authorities; of several over time, the one without an end date, else the last. */
const partnershipBySides = loader<string, Partnership | null>(async (em, keys) => {
  const pairs = keys.map(key => JSON.parse(key) as [string, string]);
  const [dutch, chinese] = [pairs.map(pair => pair[0]), pairs.map(pair => pair[1])];
  const query = sql`
    select distinct on (p.dutch_id, p.chinese_id) ${columnsOf(em, Partnership, 'p')}
    from unnest(${dutch}::text[], ${chinese}::text[]) as pair(dutch, chinese)
    join partnership p on p.dutch_id = pair.dutch and p.chinese_id = pair.chinese
    order by p.dutch_id, p.chinese_id, p.ended_day desc nulls first, p.started_day desc nulls last, p.id`;
  return inOrder(keys, await queryRows<Partnership>(em, query), row => sides(row.dutch, row.chinese));
});

/** Federation: resolves references to a partnership from other subgraphs, one resolver per `@key`. */
export const partnershipReferences = [
  referenceByKey<{ id: string }>('Partnership', 'id', ({ id }, { em }) => recordById(em, partnerships, id)),
  referenceByKey<Record<'dutch' | 'chinese', { id: string }>>(
    'Partnership',
    'dutch { id } chinese { id }',
    ({ dutch, chinese }, { em }) => partnershipBySides(em).load(sides(dutch.id, chinese.id)),
  ),
];
