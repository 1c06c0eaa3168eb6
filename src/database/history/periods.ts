import { isDeepStrictEqual } from 'node:util';
import type { Facts } from '../../change/log.js';
import type { RecordedStatus } from '../../partnership/partnership.js';
import { periodId } from '../../partnership/status.js';
import { periodsOf } from '../seed/evidence.js';
import { type LoggedConcept, seedOf } from './concepts.js';

/**
 * Returns the status periods of a partnership after a change. The log has no ids of periods: a period whose start was
 * corrected keeps its id, and a new one has that of its first day, as `partnership/periods.ts` gives them.
 *
 * @param before The periods before the change, oldest first.
 */
export function periodsAfter(
  concept: LoggedConcept,
  facts: Facts,
  before: readonly RecordedStatus[],
): RecordedStatus[] {
  const after = periodsOf({ ...seedOf(concept, facts), statusPeriods: facts.statusPeriods ?? [] } as never);
  const withoutId = ({ id: _, ...period }: RecordedStatus) => period;
  const kept = new Map(
    after.map(period => [period, before.find(old => isDeepStrictEqual(withoutId(old), withoutId(period)))]),
  );
  const moved = before.filter(old => ![...kept.values()].includes(old));
  const taken = new Set(before.map(({ id }) => id));
  return after.map(period => {
    const old = kept.get(period) ?? moved.shift();
    return { ...period, id: old?.id ?? newPeriodId(period, taken) };
  });
}

function newPeriodId({ partnership, fromOn }: RecordedStatus, taken: Set<string>): string {
  let id = periodId(partnership, fromOn);
  while (taken.has(id)) id += '+';
  taken.add(id);
  return id;
}
