import type { EntityManager } from '@mikro-orm/sql';
import { applyCommand, type Recordable, recordable, type Write } from '../change/apply-command.js';
import { Problems } from '../change/problems.js';
import type { RecordState } from '../change/subject.js';
import { type UserError, WriteRejected } from '../change/user-error.js';
import { checkTexts } from '../change/validate-texts.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { inRow } from './check-item.js';
import { conceptOf } from './concepts.js';
import { checkStatusWrite, type WritableItem, writeOf } from './item-write.js';
import type { Outcome } from './items.js';
import type { Proposal } from './proposal.js';

/** The call of the command of an item; none if it has nothing to write. */
export interface PlannedWrite {
  write: Write | undefined;
  state: RecordState<RegisterRecord> | undefined;
}

/** Returns the call of an item; undefined if its record was changed since it was compared. */
export function plannedWrite(
  proposal: Proposal,
  item: WritableItem,
  states: ReadonlyMap<string, RecordState<RegisterRecord>>,
): PlannedWrite | undefined {
  const { subjectId, subjectVersion } = item;
  const state = subjectId === null ? undefined : states.get(subjectId);
  if (subjectId !== null && state?.row.version !== subjectVersion) return undefined;
  return { write: writeOf(proposal, item, state?.row ?? null), state };
}

/** Applies one item, or tells why it cannot be written any more. */
export async function applyItem(
  em: EntityManager,
  proposal: Proposal,
  item: WritableItem,
  planned: PlannedWrite | undefined,
  applied: Recordable[],
): Promise<Outcome> {
  const { id, subjectId } = item;
  const stale = (problems: UserError[]): Outcome => ({ id, subject: subjectId, isApplied: false, problems });
  if (!planned) return stale([]);
  const { write, state } = planned;
  const broken = await checkStatusWrite(em, proposal, item, state?.row ?? null);
  if (broken.length) return stale(broken);
  if (!write) return { id, subject: subjectId, isApplied: true, problems: [] };
  try {
    // A redaction may have made a text of the proposal longer since it was decided on.
    const problems = new Problems();
    checkTexts(problems, write.input);
    const written = await applyCommand(em, write, { state, isDeferred: true, problems });
    applied.push(recordable(written));
    return { id, subject: written.id, isApplied: true, problems: [] };
  } catch (error) {
    // Thrown by the rules, before anything is written: another change made the item impossible.
    if (error instanceof WriteRejected) return stale(inRow(conceptOf(proposal.concept), error));
    throw error;
  }
}
