import type { EntityManager } from '@mikro-orm/sql';
import type { Write } from '../change/apply-command.js';
import { asCommand } from '../change/command.js';
import type { ExistingInput, SourceInput, WriteInput } from '../change/input.js';
import { Problems } from '../change/problems.js';
import { rowOf } from '../change/subject.js';
import type { UserError } from '../change/user-error.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import type { Partnership } from '../partnership/partnership.js';
import { inRow, sharedInput, statusOfNew } from './check-item.js';
import type { FactsInput, ProposedField } from './concept.js';
import { conceptOf } from './concepts.js';
import { inputOf } from './item-input.js';
import { acceptedFields, bothKept, supportsOfBoth } from './keep-both.js';
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
  const facts = inputOf(concept, acceptedFields(concept, item), row, item.proposed as FactsInput);
  const shared = sharedInput(proposal);
  const furtherSources = furtherSourcesOf(proposal, item);
  if (!row) {
    const input = { ...shared, ...facts };
    return { command: concept.record(input), input, furtherSources };
  }
  const { fields, decision } = item;
  const keepsBoth = decision === ProposalDecision.KEEP_BOTH;
  if (!keepsBoth && Object.keys(facts).length === 0) return undefined;
  const supports = keepsBoth ? supportsOfBoth(concept, fields) : [];
  const cited = (source: SourceInput): SourceInput => (supports.length ? { ...source, supports } : source);
  const existing: ExistingInput = {
    ...shared,
    ...facts,
    ...(keepsBoth && bothKept(concept, proposal.source, fields, facts, row)),
    source: shared.source ? cited(shared.source) : null,
    id: row.id,
    expectedVersion: row.version,
  };
  const command = asCommand(concept.revise(existing as never), row.id);
  return { command, input: existing, existing, furtherSources: furtherSources.map(cited) };
}

/** Returns the change of status of an item; undefined if it has none. */
function statusChangeOf(
  { subjectId }: WritableItem,
  fields: ProposedField[],
  row: RegisterRecord | null,
): StatusChange | undefined {
  const problems = new Problems();
  return subjectId === null ? statusOfNew(fields, problems) : statusChange(fields, row as never, problems);
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
  const fields = acceptedFields(concept, item);
  const change = concept.isOfStatus && statusChangeOf(item, fields, row);
  if (!change) return [];
  const problems = new Problems();
  await checkStatusChange(em, row as Partnership | null, fields, change, sharedInput(proposal), problems);
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
  const concept = conceptOf(proposal.concept);
  const row = await rowOf(em, concept.subject, id);
  if (!row) return undefined;
  const change = statusChangeOf(item, acceptedFields(concept, item), row);
  if (!change) return undefined;
  const input: WriteInput = sharedInput(proposal);
  const existing: ExistingInput = { ...input, id, expectedVersion: row.version };
  const command = statusChangeCommand(change, { ...existing, since: change.since });
  const furtherSources = furtherSourcesOf(proposal, item);
  return { command: command as never, input: existing, existing, furtherSources };
}
