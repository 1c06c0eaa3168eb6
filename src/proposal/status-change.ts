import type { EntityManager } from '@mikro-orm/sql';
import { asCommand, type Command } from '../change/command.js';
import type { StatusInput } from '../change/input.js';
import { Problems } from '../change/problems.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { message } from '../messages/message.js';
import { checkStatus } from '../partnership/lifecycle.js';
import { statusCommand } from '../partnership/partnership.commands.js';
import { PartnershipStatus } from '../partnership/partnership.enums.js';
import type { Partnership } from '../partnership/partnership.js';
import { newestPeriodStart } from '../partnership/periods.js';
import type { ProposedField } from './concept.js';
import { isSameValue, type Leaf, leavesOf } from './leaf.js';

/** The values of a partnership that only a change of its status can change. */
const STATUS_PATHS: ReadonlySet<string> = new Set(['status', 'statusSince', 'endedOn']);

export const statusLeaves: ReadonlyMap<string, Leaf> = leavesOf({
  status: [() => PartnershipStatus, ''],
  statusSince: [() => PartialDate, ''],
  endedOn: [() => PartialDate, ''],
});

/** Returns whether a proposed value belongs to a change of status. */
export const isOfStatus = ({ field }: Pick<ProposedField, 'field'>): boolean => STATUS_PATHS.has(field);

/**
 * Returns whether proposed values have another end of a partnership that ended, and no status beside it. No row writes that: a
 * reviewer rejects it, or keeps both.
 */
export function isOtherEnd(fields: readonly ProposedField[], status: unknown): boolean {
  const [end, ...others] = fields.filter(isOfStatus);
  const isEnd = end?.field === 'endedOn' && end.proposed !== null && others.length === 0;
  return isEnd && status === PartnershipStatus.ENDED;
}

/** A change of the status of a partnership, as a row proposes it. */
export interface StatusChange {
  status: PartnershipStatus.ACTIVE | PartnershipStatus.DORMANT | PartnershipStatus.ENDED;
  since: string;
}

/**
 * Returns the change of status that proposed values come to; undefined if there is none. Problems are added: a status without
 * its first day, or a value that follows from another or is not written.
 *
 * @param now The values of the record; empty for a new one.
 */
export function statusChange(
  fields: readonly ProposedField[],
  now: Readonly<Record<string, unknown>>,
  problems: Problems,
): StatusChange | undefined {
  const proposed = new Map(fields.filter(isOfStatus).map(field => [field.field, field.proposed]));
  if (proposed.size === 0 || isOtherEnd(fields, now.status)) return undefined;
  const valueAt = (path: string) => (proposed.has(path) ? proposed.get(path) : (now[path] ?? null));
  const status = valueAt('status') as PartnershipStatus | null;
  const isRenewal = status === PartnershipStatus.ACTIVE && proposed.has('statusSince');
  const isPossible =
    status === PartnershipStatus.ACTIVE || status === PartnershipStatus.DORMANT || status === PartnershipStatus.ENDED;
  if (!isPossible || !(proposed.has('status') || isRenewal)) {
    const [path = 'status'] = proposed.keys();
    problems.add(path, message('ROW_COLUMN_READ_ONLY', { field: path }));
    return undefined;
  }
  const since =
    (status === PartnershipStatus.ENDED ? valueAt('endedOn') : null) ??
    valueAt('statusSince') ??
    (status === PartnershipStatus.ACTIVE ? startOf(fields, now) : null);
  if (typeof since !== 'string') {
    problems.add('status', message('ROW_STATUS_DAY', { value: status }));
    return undefined;
  }
  const isEnd = status === PartnershipStatus.ENDED;
  // A status that is active from its start has no other day: that start, or none, is the same.
  const isSinceStart = status === PartnershipStatus.ACTIVE && since === startOf(fields, now);
  const statusSince = isSinceStart && valueAt('statusSince') === null ? null : since;
  checkUsed(fields, { status, statusSince, endedOn: isEnd ? since : now.endedOn }, problems);
  return { status, since };
}

/**
 * Adds a problem for each proposed value of a status that is not written, such as the day of an end beside the status ACTIVE.
 *
 * @param written The values that the partnership gets.
 */
export function checkUsed(
  fields: readonly ProposedField[],
  written: Readonly<Record<string, unknown>>,
  problems: Problems,
): void {
  for (const { field, proposed } of fields.filter(isOfStatus)) {
    if (!isSameValue(proposed, written[field])) problems.add(field, message('ROW_COLUMN_READ_ONLY', { field }));
  }
}

/** Returns the start of a partnership: without another day, it is active from it, as a new one is. */
const startOf = (fields: readonly ProposedField[], now: Readonly<Record<string, unknown>>): unknown =>
  (fields.find(({ field }) => field === 'startedOn') ?? { proposed: now.startedOn }).proposed;

/** Returns the command of a change of status. */
export const statusChangeCommand = (change: StatusChange, input: StatusInput): Command<Partnership> =>
  asCommand(statusCommand(change.status, input), input.id);

/**
 * Adds the rules that a change of status breaks, under the paths of the row. It is checked on the partnership as the other
 * values of the row leave it, on which it is written.
 *
 * @param record The partnership before both; null for a new one.
 */
export async function checkStatusChange(
  em: EntityManager,
  record: Partnership | null,
  fields: readonly ProposedField[],
  change: StatusChange,
  input: Pick<StatusInput, 'reason' | 'source'>,
  problems: Problems,
): Promise<void> {
  const startedOn = (startOf(fields, { startedOn: record?.startedOn }) ?? null) as string | null;
  // A new partnership is active from its start, with which its first period begins.
  const status = record?.status ?? (startedOn ? PartnershipStatus.ACTIVE : PartnershipStatus.UNKNOWN);
  const newestPeriod = record ? await newestPeriodStart(em, record, startedOn) : startedOn;
  const { id = '', statusSince = null, endedOn = null } = record ?? {};
  const revised = { id, status, startedOn, statusSince, endedOn };
  const broken = new Problems();
  await checkStatus(broken, em, revised, change.status, { ...input, since: change.since }, newestPeriod);
  for (const { code, rule, params, path } of broken.errors) {
    problems.add(path.at(-1) === 'since' ? 'statusSince' : 'status', { rule, params }, code);
  }
}
