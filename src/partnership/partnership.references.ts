import sql from 'sql-template-tag';
import { referenceByKey } from '../federation/reference.js';
import { recordById } from '../graph/record/record-loader.js';
import { columnsOf } from '../graph/sql/columns.js';
import { inOrder, loader } from '../graph/sql/loader.js';
import { queryRows } from '../graph/sql/query.js';
import { Partnership } from './partnership.js';
import { partnerships } from './partnership.listing.js';

const sides = (dutch: string, chinese: string) => JSON.stringify([dutch, chinese]);

/** The tie of two authorities; where they had several over time, the one that is not over, else the last. */
const partnershipBySides = loader<string, Partnership | null>(async (em, keys) => {
  const pairs = keys.map(key => JSON.parse(key) as [string, string]);
  const [dutch, chinese] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
  const query = sql`
    select distinct on (p.dutch_id, p.chinese_id) ${columnsOf(em, Partnership, 'p')}
    from unnest(${dutch}::text[], ${chinese}::text[]) as pair(dutch, chinese)
    join partnership p on p.dutch_id = pair.dutch and p.chinese_id = pair.chinese
    order by p.dutch_id, p.chinese_id, p.ended_day desc nulls first, p.started_day desc nulls last, p.id`;
  return inOrder(keys, await queryRows<Partnership>(em, query), its => sides(its.dutch, its.chinese));
});

/** How another graph refers to a partnership. */
export const partnershipReferences = [
  referenceByKey<{ id: string }>('Partnership', 'id', ({ id }, { em }) => recordById(em, partnerships, id)),
  referenceByKey<Record<'dutch' | 'chinese', { id: string }>>(
    'Partnership',
    'dutch { id } chinese { id }',
    ({ dutch, chinese }, { em }) => partnershipBySides(em).load(sides(dutch.id, chinese.id)),
  ),
];
