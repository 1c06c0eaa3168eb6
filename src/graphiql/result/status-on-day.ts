import { STATUS_ORDER } from './chart-data.js';
import { fieldsNamed, textOf, walkObjects } from './objects.js';
import { earliestDay, latestDay } from './sort.js';
import type { ResultObject, ResultValue } from './typed-result.js';

/** Returns `status(on:)` of a partnership for a day; null if it is not selected. */
export function statusOn(partnership: ResultObject, day: string | undefined): string | null {
  for (const { args, value } of fieldsNamed(partnership, 'status')) {
    if (day !== undefined && args.on === day && typeof value === 'string') return value;
  }
  return null;
}

/** Partnership with its status on a day. */
export interface TieOnDay {
  readonly status: string;
  /** True if it had begun for certain: on the last day that its start can mean, or later. */
  readonly hadBegun: boolean;
  readonly record: ResultObject;
}

/** Returns the partnerships of a result with their status on a day, by id. */
export function tiesOnDay(root: ResultValue, day: string): Map<string, TieOnDay> {
  const ties = new Map<string, TieOnDay>();
  for (const [record] of walkObjects(root)) {
    const [id, status] = [textOf(record, 'id'), statusOn(record, day)];
    if (record.type !== 'Partnership' || !id || !status || ties.has(id)) continue;
    const startedOn = textOf(record, 'startedOn');
    ties.set(id, { status, hadBegun: startedOn !== null && latestDay(startedOn) <= earliestDay(day), record });
  }
  return ties;
}

/** Numbers of partnerships by status, in the order of statuses, and how many of the unknown ones had begun. */
export interface DayCounts {
  readonly byStatus: readonly (readonly [status: string, count: number])[];
  readonly unknownBegun: number;
  readonly total: number;
}

/** Counts the partnerships of a day that meet a condition: all by default. */
export function countTies(ties: ReadonlyMap<string, TieOnDay>, isCounted = (_: TieOnDay): boolean => true): DayCounts {
  const all = [...ties.values()].filter(isCounted);
  const byStatus = [...Map.groupBy(all, ({ status }) => status)].map(([status, members]): [string, number] => [
    status,
    members.length,
  ]);
  return {
    byStatus: byStatus.sort(([a], [b]) => STATUS_ORDER.indexOf(a) - STATUS_ORDER.indexOf(b)),
    unknownBegun: all.filter(({ status, hadBegun }) => status === 'UNKNOWN' && hadBegun).length,
    total: all.length,
  };
}

/** The changes of a partnership between two days. */
export const CHANGES = ['added', 'gone', 'stayed', 'unknown', 'neither'] as const;
export type ChangeBetween = (typeof CHANGES)[number];

/** Partnership with its statuses on two days. */
export interface ComparedTie {
  readonly record: ResultObject;
  readonly before: string;
  readonly after: string;
}

/** A dormant partnership is there: nobody ended it. */
const THERE = new Set(['ACTIVE', 'DORMANT']);

function changeOf({ before, after }: ComparedTie): ChangeBetween {
  if (before === 'UNKNOWN' || after === 'UNKNOWN') return 'unknown';
  if (THERE.has(before)) return THERE.has(after) ? 'stayed' : 'gone';
  return THERE.has(after) ? 'added' : 'neither';
}

/** Compares the partnerships of two days; each is in one list. The status of one that a day lacks is not known there. */
export function compareDays(
  before: ReadonlyMap<string, TieOnDay>,
  after: ReadonlyMap<string, TieOnDay>,
): Readonly<Record<ChangeBetween, readonly ComparedTie[]>> {
  const lists: Record<ChangeBetween, ComparedTie[]> = { added: [], gone: [], stayed: [], unknown: [], neither: [] };
  // A filter on the day leaves out other partnerships of each day.
  for (const [id, { record }] of new Map([...before, ...after])) {
    const [was, is] = [before, after].map(ties => ties.get(id)?.status ?? 'UNKNOWN') as [string, string];
    const tie = { record, before: was, after: is };
    lists[changeOf(tie)].push(tie);
  }
  return lists;
}
