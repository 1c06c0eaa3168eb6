import type { EntityManager } from '@mikro-orm/sql';
import type { RegisterRecord } from '../graph/record/register-record.js';
import type { Recordable } from './apply-command.js';
import type { LogPosition } from './cursor.js';
import { type Authorship, recordChanges } from './record-changes.js';

/** The first and the last of the changes that a transaction wrote. */
export interface ChangeRange {
  first: LogPosition;
  last: LogPosition;
}

/** The changes that are written together. Requests of others are answered between two batches. */
const BATCH_SIZE = 20;

/**
 * Writes what follows from many applied commands, batch by batch.
 *
 * @returns The first and the last change; undefined if there is none.
 */
export async function recordAllChanges<Row extends RegisterRecord>(
  em: EntityManager,
  applied: readonly Recordable<Row>[],
  authorship: Authorship,
): Promise<ChangeRange | undefined> {
  let range: ChangeRange | undefined;
  for (let start = 0; start < applied.length; start += BATCH_SIZE) {
    const payloads = await recordChanges(em, applied.slice(start, start + BATCH_SIZE), authorship);
    const changes = payloads.flatMap(({ change }) => change ?? []);
    const [first, last] = [changes[0], changes.at(-1)];
    if (first && last) range = { first: range?.first ?? first, last };
    em.clear();
  }
  return range;
}
