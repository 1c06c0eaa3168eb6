import type { EntityManager } from '@mikro-orm/sql';
import type { ExistingInput, SourceInput, WriteInput } from '../change/input.js';
import { Problems } from '../change/problems.js';
import { type UserError, UserErrorCode } from '../change/user-error.js';
import { checkTexts } from '../change/validate-texts.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { message } from '../messages/message.js';
import { PartnershipStatus } from '../partnership/partnership.enums.js';
import type { Partnership } from '../partnership/partnership.js';
import type { ProposalConcept, ProposedField } from './concept.js';
import { inputOf, pathInRow } from './item-input.js';
import { cellProblem } from './parsed-row.js';
import type { ProposalRow } from './row.js';
import { checkStatusChange, checkUsed, type StatusChange, statusChange } from './status-change.js';

/** The facts that all rows of a proposal share. */
export interface ItemContext {
  concept: ProposalConcept;
  source: SourceInput | null;
  message: string | null;
}

/** Returns the part of an input that all rows of a proposal share. */
export const sharedInput = ({ source, message: reason }: Pick<ItemContext, 'source' | 'message'>): WriteInput => ({
  dryRun: false,
  source,
  // A change of status needs a reason or a source.
  reason: reason ?? (source ? null : 'Proposal'),
});

/** Returns the change of status of a new partnership. It begins active by its start, or unknown without one. */
export function statusOfNew(fields: readonly ProposedField[], problems: Problems): StatusChange | undefined {
  const proposed = new Map(fields.map(({ field, proposed }) => [field, proposed]));
  const status = proposed.get('status');
  const startedOn = status === PartnershipStatus.ACTIVE ? proposed.get('startedOn') : undefined;
  const isInitial = status === PartnershipStatus.UNKNOWN || startedOn !== undefined;
  if (!isInitial) return statusChange(fields, {}, problems);
  checkUsed(fields, { status, statusSince: startedOn }, problems);
  return undefined;
}

/** Returns the rules that the row of a new record breaks, which are those of its mutation. Reads only. */
export async function checkCreation(
  em: EntityManager,
  context: ItemContext,
  fields: readonly ProposedField[],
  { values }: ProposalRow,
): Promise<UserError[]> {
  const { concept } = context;
  const input = { ...sharedInput(context), ...inputOf(concept, fields, null, values) };
  const problems = new Problems();
  checkTexts(problems, input);
  const proposed = new Set(fields.map(({ field }) => field));
  const names = ['names', 'title'].find(field => concept.leaves.has(`${field}.en`) && !(field in input));
  const missing = concept.required.filter(path => !proposed.has(path));
  const errors = [...missing, ...(names ? [`${names}.en`] : [])].map(path =>
    cellProblem(path, message('ROW_VALUE_MISSING', { field: path })),
  );
  const unfit = concept.problemsOf?.(input, { values }) ?? [];
  errors.push(...unfit.map(([path, problem]) => cellProblem(path, problem)));
  if (errors.length) return [...errors, ...inRow(concept, problems)];
  if (problems.errors.length === 0) await concept.record(input).check?.(em, null, problems);
  const statusProblems = new Problems();
  const change = concept.isOfStatus ? statusOfNew(fields, statusProblems) : undefined;
  if (change) await checkStatusChange(em, null, fields, change, sharedInput(context), statusProblems);
  return [...inRow(concept, problems), ...inRow(concept, statusProblems)];
}

/** Returns the rules that the row of an existing record breaks, which are those of its mutations. Reads only. */
export async function checkRevision(
  em: EntityManager,
  context: ItemContext,
  fields: readonly ProposedField[],
  { values }: ProposalRow,
  record: RegisterRecord,
): Promise<UserError[]> {
  const { concept } = context;
  const { id, version: expectedVersion } = record;
  const input: ExistingInput = {
    ...sharedInput(context),
    ...inputOf(concept, fields, record, values),
    id,
    expectedVersion,
  };
  const unfit = concept.problemsOf?.(input as never, { id, values }) ?? [];
  if (unfit.length) return unfit.map(([path, problem]) => cellProblem(path, problem));
  const problems = new Problems();
  checkTexts(problems, input);
  if (problems.errors.length === 0) await concept.revise(input as never).check?.(em, record, problems);
  const statusProblems = new Problems();
  const change = concept.isOfStatus ? statusChange(fields, record as never, statusProblems) : undefined;
  if (change) await checkStatusChange(em, record as Partnership, fields, change, sharedInput(context), statusProblems);
  return [...inRow(concept, problems), ...inRow(concept, statusProblems)];
}

/** Returns problems of an input as problems of the cells that it was made from. */
export function inRow(concept: ProposalConcept, { errors }: Pick<Problems, 'errors'>): UserError[] {
  return errors.map(({ path, code, rule, params }) =>
    cellProblem(pathInRow(concept, path.slice(1)), { rule, params }, code ?? UserErrorCode.INVALID),
  );
}
