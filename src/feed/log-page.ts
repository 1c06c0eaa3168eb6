import sql, { raw } from 'sql-template-tag';
import { ChangeKind } from '../change/change.js';
import type { LogPosition } from '../change/cursor.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import type { LoggedChange, Step } from './logged-change.js';
import { REFERENCES } from './references.js';

/** The changes in one page of the feed; fewer if a set of changes would be cut, more if one set is larger. */
const PAGE_CHANGES = 2_000;

/** A page of the log in whole steps. */
export interface LogPage {
  steps: Step[];
  /** The position after the page. */
  end: LogPosition;
  /** More changes follow: the page is the same for ever, unless a redaction rewrites it. */
  isFull: boolean;
  /** The id of the newest redaction, which can rewrite every page; null if there is none. */
  redactionId: number | null;
}

const COLUMNS =
  raw(`c.id, c.mark, c.kind, c.subject_type as "subjectType", c.subject_id as "subjectId", c.change_set as "changeSet",
  to_char(c.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt",
  (select coalesce(jsonb_agg(f), '[]') from jsonb_array_elements(c.fields) f
    where f->>'field' = any('{${REFERENCES.join(',')}}')) as fields`);

/**
 * Reads the steps after a position. A position inside of a set counts as the one before it: a client receives a set as a
 * whole. One statement, or two if a set is larger than a page.
 */
export async function readLogPage(em: Fork, position: LogPosition): Promise<LogPage> {
  const rows = await queryRows<LoggedChange & { redactionId: number | null }>(
    em,
    sql`select ${COLUMNS}, (select max(id) from change where kind = ${ChangeKind.REDACTED}) as "redactionId"
      from change c where c.id > coalesce((select min(s.id) - 1 from change given join change s on s.change_set = given.change_set
        where given.id = ${position.id} having max(s.id) > ${position.id}), ${position.id})
      order by c.id limit ${PAGE_CHANGES + 1}`,
  );
  const redactionId = rows[0]?.redactionId ?? null;
  const isFull = rows.length > PAGE_CHANGES;
  const steps = stepsOf(isFull ? rows.slice(0, -1) : rows);
  // The change behind the page tells whether its last set is whole.
  const behind = isFull ? rows.at(-1)?.changeSet : undefined;
  const last = steps.at(-1);
  if (last && behind != null && behind === last[0].changeSet) {
    steps.pop();
    if (steps.length === 0) return { ...(await readSet(em, behind)), redactionId };
  }
  const end = steps.at(-1)?.at(-1) ?? position;
  return { steps, end: { id: end.id, mark: end.mark }, isFull, redactionId };
}

/** Reads the page of a set that is larger than a page. */
async function readSet(em: Fork, changeSet: string): Promise<Omit<LogPage, 'redactionId'>> {
  const rows = await queryRows<LoggedChange & { newest: number }>(
    em,
    sql`select ${COLUMNS}, (select max(id) from change) as newest
      from change c where c.change_set = ${changeSet} order by c.id`,
  );
  const { id, mark, newest } = rows.at(-1) as (typeof rows)[number];
  return { steps: [rows as unknown as Step], end: { id, mark }, isFull: newest > id };
}

function stepsOf(changes: readonly LoggedChange[]): Step[] {
  const steps: [LoggedChange, ...LoggedChange[]][] = [];
  for (const change of changes) {
    const last = steps.at(-1);
    if (last && change.changeSet !== null && last[0].changeSet === change.changeSet) last.push(change);
    else steps.push([change]);
  }
  return steps;
}
