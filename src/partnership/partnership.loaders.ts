import sql from 'sql-template-tag';
import { columnsOf } from '../graph/sql/columns.js';
import type { Fork } from '../graph/sql/fork.js';
import { grouped, inOrder, loader } from '../graph/sql/loader.js';
import { queryRows } from '../graph/sql/query.js';
import { earliestDay } from '../graph/types/partial-date.js';
import { isOfProvinces } from './nesting.js';
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
      and ${isOfProvinces(sql`p`)}
    order by child.id, p.started_day, p.id`;
  return inOrder(ids, await queryRows<Partnership & { nestedId: string }>(em, query), ({ nestedId }) => nestedId);
});

/** Loads the status of partnerships on days: one statement, however many days are asked for. */
const statusByDayAndId = loader<string, PartnershipStatus>(async (em, keys) => {
  const days = keys.map(key => key.slice(0, DAY_LENGTH));
  const ids = keys.map(key => key.slice(DAY_LENGTH));
  const query = sql`
    select asked.day || p.id as key, ${statusOn(sql`p`, sql`asked.day collate "C"`)} as status
    from unnest(${days}::text[], ${ids}::text[]) asked(day, id) join partnership p on p.id = asked.id`;
  const rows = await queryRows<{ key: string; status: PartnershipStatus }>(em, query);
  return inOrder(keys, rows, ({ key }) => key).map(row => row?.status as PartnershipStatus);
});
const DAY_LENGTH = 'YYYY-MM-DD'.length;

/** Loads the status of a partnership on the first day of a date. */
export const statusOnDate = (em: Fork, date: string, id: string): Promise<PartnershipStatus> =>
  statusByDayAndId(em).load(earliestDay(date) + id);

/** Loads the status periods of each partnership, oldest first. A period lasts until the next one begins. */
export const periodsByPartnership = loader<string, StatusPeriod[]>(async (em, ids) => {
  const query = sql`
    select id, partnership_id as partnership, status, from_on as "from", reason, decided_by as "decidedBy",
      lead(from_on) over (partition by partnership_id order by from_day) as "until"
    from status_period where partnership_id = any(${[...ids]}::text[]) order by partnership_id, from_day`;
  return grouped(
    ids,
    await queryRows<StatusPeriod & { partnership: string }>(em, query),
    ({ partnership }) => partnership,
  );
});
