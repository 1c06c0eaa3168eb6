import type { SourceInput } from '../change/input.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { Confidence } from '../source/confidence.js';
import type { FactsInput, ProposalConcept, ProposedField } from './concept.js';
import { isSameValue } from './leaf.js';
import { ProposalDecision } from './proposal.enums.js';
import type { ProposalItem } from './proposal-item.js';

/**
 * Returns the values of a row that `KEEP_BOTH` leaves to the register: those in conflict. The values of a change of status are
 * one: the day of a status that is not written is not written either.
 */
function keptFields({ isOfStatus }: ProposalConcept, fields: readonly ProposedField[]): ProposedField[] {
  const keepsStatus = fields.some(field => field.isConflict && isOfStatus?.(field));
  return fields.filter(field => field.isConflict || (keepsStatus && isOfStatus?.(field)));
}

/** Returns the values of an item that are written: all, or for `KEEP_BOTH` those that it does not leave to the register. */
export function acceptedFields(
  concept: ProposalConcept,
  { decision, fields }: Pick<ProposalItem, 'decision' | 'fields'>,
): ProposedField[] {
  if (decision !== ProposalDecision.KEEP_BOTH) return fields;
  const kept = new Set(keptFields(concept, fields));
  return fields.filter(field => !kept.has(field));
}

/**
 * Returns the facts of a record that keeps its values beside those of a row: the confidence, and a note of the others.
 *
 * @param facts The facts that are written of the row.
 */
export function bothKept(
  concept: ProposalConcept,
  source: SourceInput | null,
  fields: readonly ProposedField[],
  facts: FactsInput,
  row: RegisterRecord,
): FactsInput {
  const says = source ? `${source.publisher}, ${source.title}` : 'A reader';
  const others = keptFields(concept, fields)
    .filter(({ proposed }) => !isSameValue(proposed, null))
    .map(({ field, proposed }) => `${field} is ${typeof proposed === 'string' ? proposed : JSON.stringify(proposed)}`);
  const { notes = (row as { notes?: string | null }).notes } = facts as { notes?: string | null };
  const note = `By ${says}, ${others.join('; ')}.`;
  return {
    confidence: Confidence.CONFLICTING,
    // The note of a second decision would be the same.
    ...(others.length > 0 && !notes?.includes(note) && { notes: notes ? `${notes} ${note}` : note }),
  };
}

/**
 * Returns the facts that the source of a row is cited for beside values of the register that it contradicts: those, and what
 * is written of the row. A change of status is written, and cited, by a command of its own.
 */
export const supportsOfBoth = ({ isOfStatus, leaves }: ProposalConcept, fields: readonly ProposedField[]): string[] => {
  const cited = fields.filter(field => (field.isConflict ? !isSameValue(field.now, null) : !isOfStatus?.(field)));
  return [...new Set(cited.map(({ field }) => leaves.get(field)?.field ?? field))];
};
