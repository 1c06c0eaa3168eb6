import sql from 'sql-template-tag';
import { columnsOf } from '../graph/sql/columns.js';
import { grouped, inOrder, loader, loaderByArguments } from '../graph/sql/loader.js';
import { queryRows } from '../graph/sql/query.js';
import { earliestDay } from '../graph/types/partial-date.js';
import type { PartnershipStatus } from './partnership.enums.js';
import { Partnership } from './partnership.js';
import { statusOn } from './status.js';
import type { StatusPeriod } from './status-period.js';

/** Loads the provincial partnership in which each partnership is nested, the oldest of several; see `isNestedIn`. */
export const outerPartnershipById = loader<string, Partnership | null>(async (em, ids) => {
  const query = sql`
    select distinct on (child.id) child.id as "nestedId", ${columnsOf(em, Partnership, 'p')}
    from partnership child
    join authority dutch on dutch.id = child.dutch_id
    join authority chinese on chinese.id = child.chinese_id
    join partnership p on p.dutch_id = coalesce(dutch.parent_id, dutch.id) and p.chinese_id = coalesce(chinese.parent_id, chinese.id)
    where child.id = any(${[...ids]}::text[]) and (dutch.parent_id is not null or chinese.parent_id is not null)
    order by child.id, p.started_day, p.id`;
  return inOrder(ids, await queryRows<Partnership & { nestedId: string }>(em, query), ({ nestedId }) => nestedId);
});

/** Loads the status of each partnership on a day. */
export const statusOnDay = loaderByArguments<string, string, PartnershipStatus>(
  day => day,
  async (em, day, ids) => {
    const query = sql`select p.id, ${statusOn(sql`p`, sql`${earliestDay(day)}`)} as status from partnership p where p.id = any(${[...ids]}::text[])`;
    const rows = await queryRows<{ id: string; status: PartnershipStatus }>(em, query);
    return inOrder(ids, rows, ({ id }) => id).map(row => row?.status as PartnershipStatus);
  },
);

/** Loads the status periods of each partnership, oldest first. A period lasts until the next one begins. */
export const periodsByPartnership = loader<string, StatusPeriod[]>(async (em, ids) => {
  const query = sql`
    select id, partnership_id as partnership, status, from_on as "from", reason,
      lead(from_on) over (partition by partnership_id order by from_day) as "until"
    from status_period where partnership_id = any(${[...ids]}::text[]) order by partnership_id, from_day`;
  return grouped(
    ids,
    await queryRows<StatusPeriod & { partnership: string }>(em, query),
    ({ partnership }) => partnership,
  );
});
