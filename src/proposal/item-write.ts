import type { EntityManager } from '@mikro-orm/sql';
import type { Write } from '../change/apply-command.js';
import { asCommand } from '../change/command.js';
import type { ExistingInput, SourceInput, WriteInput } from '../change/input.js';
import { Problems } from '../change/problems.js';
import { rowOf } from '../change/subject.js';
import type { UserError } from '../change/user-error.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import type { Partnership } from '../partnership/partnership.js';
import { Confidence } from '../source/confidence.js';
import { inRow, sharedInput, statusOfNew } from './check-item.js';
import type { FactsInput, ProposedField } from './concept.js';
import { conceptOf } from './concepts.js';
import { inputOf } from './item-input.js';
import { ProposalDecision, ProposalOrigin } from './proposal.enums.js';
import type { Proposal } from './proposal.js';
import type { ProposalItem } from './proposal-item.js';
import { checkStatusChange, type StatusChange, statusChange, statusChangeCommand } from './status-change.js';
import { referenceSources } from './wikidata-statement.js';

/** The part of an item that is needed to write it. */
export type WritableItem = Pick<
  ProposalItem,
  'id' | 'number' | 'place' | 'verdict' | 'decision' | 'subjectId' | 'subjectVersion' | 'fields' | 'proposed'
>;

/** Returns the accepted values of an item: all, or those without a conflict for `KEEP_BOTH`. */
export const acceptedFields = ({ decision, fields }: Pick<WritableItem, 'decision' | 'fields'>): ProposedField[] =>
  decision === ProposalDecision.KEEP_BOTH ? fields.filter(({ isConflict }) => !isConflict) : fields;

/** Returns the sources of a row beside that of its proposal: the references of its statements. */
const furtherSourcesOf = ({ origin }: Proposal, { proposed }: WritableItem): SourceInput[] =>
  origin === ProposalOrigin.WIKIDATA ? referenceSources(proposed) : [];

/**
 * Returns the call of the command that writes an item, without its change of status; undefined if it has nothing to write.
 *
 * @param row The record; null for a new one.
 */
export function writeOf(proposal: Proposal, item: WritableItem, row: RegisterRecord | null): Write | undefined {
  const concept = conceptOf(proposal.concept);
  const fields = acceptedFields(item);
  const facts = inputOf(concept, fields, row, item.proposed as FactsInput);
  const input = { ...sharedInput(proposal), ...facts };
  const furtherSources = furtherSourcesOf(proposal, item);
  if (!row) return { command: concept.record(input), input, furtherSources };
  const existing: ExistingInput = { ...input, id: row.id, expectedVersion: row.version };
  if (item.decision === ProposalDecision.KEEP_BOTH) Object.assign(existing, bothKept(proposal.source, item, row));
  else if (Object.keys(facts).length === 0) return undefined;
  return { command: asCommand(concept.revise(existing as never), row.id), input: existing, existing, furtherSources };
}

/** Returns the input that keeps the value of the register beside another: the confidence, a note, and the other source. */
function bothKept(source: SourceInput | null, { fields }: WritableItem, row: RegisterRecord): FactsInput {
  const conflicts = fields.filter(({ isConflict }) => isConflict);
  const says = source ? `${source.publisher}, ${source.title}` : 'A reader';
  const other = conflicts
    .filter(({ proposed }) => proposed !== null)
    .map(({ field, proposed }) => `${field} is ${typeof proposed === 'string' ? proposed : JSON.stringify(proposed)}`);
  const { notes } = row as { notes?: string | null };
  const note = other.length ? `By ${says}, ${other.join('; ')}.` : undefined;
  const supports = [...new Set(fields.map(({ field }) => field.split('.')[0] as string))];
  return {
    confidence: Confidence.CONFLICTING,
    ...(note && { notes: notes ? `${notes} ${note}` : note }),
    ...(source && { source: { ...source, supports } }),
  };
}

/** Returns the change of status of an item; undefined if it has none. */
function statusChangeOf(item: WritableItem, row: RegisterRecord | null): StatusChange | undefined {
  const [fields, problems] = [acceptedFields(item), new Problems()];
  return item.subjectId === null ? statusOfNew(fields, problems) : statusChange(fields, row as never, problems);
}

/**
 * Returns the rules that the change of status of an item breaks, before anything of the item is written. `KEEP_BOTH` may leave
 * another start than the one that it was compared with.
 *
 * @param row The partnership; null for a new one.
 */
export async function checkStatusWrite(
  em: EntityManager,
  proposal: Proposal,
  item: WritableItem,
  row: RegisterRecord | null,
): Promise<UserError[]> {
  const concept = conceptOf(proposal.concept);
  const change = concept.isOfStatus && statusChangeOf(item, row);
  if (!change) return [];
  const problems = new Problems();
  await checkStatusChange(em, row as Partnership | null, acceptedFields(item), change, sharedInput(proposal), problems);
  return inRow(concept, problems);
}

/**
 * Returns the call of the command that changes the status of a partnership as an item proposes it; undefined if it does not.
 *
 * @param id The partnership, on which the other values of the item have been written.
 */
export async function statusWriteOf(
  em: EntityManager,
  proposal: Proposal,
  item: WritableItem,
  id: string,
): Promise<Write | undefined> {
  const { subject } = conceptOf(proposal.concept);
  const row = await rowOf(em, subject, id);
  if (!row) return undefined;
  const change = statusChangeOf(item, row);
  if (!change) return undefined;
  const input: WriteInput = sharedInput(proposal);
  const existing: ExistingInput = { ...input, id, expectedVersion: row.version };
  const command = statusChangeCommand(change, { ...existing, since: change.since });
  const furtherSources = furtherSourcesOf(proposal, item);
  return { command: command as never, input: existing, existing, furtherSources };
}
