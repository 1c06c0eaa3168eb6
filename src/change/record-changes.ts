import sql from 'sql-template-tag';
import type { Author } from '../access/identity.js';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { tableOf } from '../graph/sql/columns.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import type { Recordable } from './apply-command.js';
import { boundKeyProblem, isWithinBounds } from './bound-key.js';
import { cite, type NewCitation, newCitation } from './cite.js';
import { type ChangedRecord, documentsOf, writeDocuments } from './index-record.js';
import { fieldChanges, lockLog, type NewChange, writeChanges } from './log.js';
import type { Payload } from './payload.js';
import type { CommitBehind } from './run-transaction.js';
import { authoritiesOfChange, type RecordStates, statesOf, withCitations } from './subject.js';
import { UserErrorCode, userError, WriteRejected } from './user-error.js';

/** Facts that a source is not cited for beside others by default: the register maintains them itself. */
const UNCITED_FIELDS = new Set(['id', 'confidence', 'citations']);

/** The author of changes, and what they are part of. */
export interface Authorship {
  author: Author;
  dryRun: boolean;
  /** The id of the set that the changes are one of; null for a change that is made alone. */
  changeSet: string | null;
  /** Called when the last statement has been sent. */
  onLastSent?: CommitBehind | undefined;
}

/**
 * Writes what follows from applied commands on records of one concept: citations, versions, search documents and the log.
 * The number of its statements depends on the concept alone for each record, and not on the number of records for all else.
 * A record must be in `applied` once. Every write of facts passes here, and so the bounds of its key are checked here.
 *
 * @returns One payload per command, in their order.
 * @throws WriteRejected FORBIDDEN for records outside the bounds of the key; the caller rolls back.
 */
export async function recordChanges<Row extends RegisterRecord>(
  em: Fork,
  applied: readonly Recordable<Row>[],
  { author, dryRun, changeSet, onLastSent }: Authorship,
): Promise<Payload<Row>[]> {
  const subject = applied[0]?.command.subject;
  if (!subject) return [];
  const ids = applied.map(({ id }) => id);
  const changedBy = (states: RecordStates<Row>) =>
    applied.map(({ id, before }) => fieldChanges(before, states.get(id)?.facts ?? null));
  const areNew = applied.every(({ before }) => before === null);
  const read = new Map(applied.flatMap(({ id, after }) => (after ? [[id, after]] : [])));
  const uncited = read.size === ids.length ? read : await statesOf(em, subject, ids, !areNew);
  checkBounds(applied, uncited, author);
  const citations = newCitations(applied, changedBy(uncited));
  const cited = withCitations(uncited, citations);
  const written = changedBy(cited);
  // Sent together, executed in this order, and awaited with the last statements.
  const citing = citations.length ? cite(em, subject.citationColumn, citations) : undefined;
  citing?.catch(() => undefined);
  const raising = raiseVersions(em, applied, written, uncited);
  const reading = raising && statesOf(em, subject, ids);
  const changed = applied.flatMap(({ id, before }, index): ChangedRecord[] => {
    const ofRecord = written[index] ?? [];
    const isRenamed = before !== null && ofRecord.some(({ field }) => field === 'names');
    return ofRecord.length ? [{ subject: subject as never, id, row: uncited.get(id)?.row ?? null, isRenamed }] : [];
  });
  const lock = () => (changed.length && !dryRun ? lockLog(em) : undefined);
  const readsNames = subject.containsOtherNames || changed.some(({ isRenamed }) => isRenamed);
  // Serialises writers from here on: two that rename both sides of a partnership would each index the old other name.
  const locking = readsNames ? lock() : undefined;
  const building = documentsOf(em, changed);
  const [raised, documents] = await Promise.all([reading, building, raising, locking]);
  const states = raised ?? cited;
  const fields = raised ? changedBy(raised) : written;
  const changes = applied.flatMap(({ id, command, input, before, version }, index): NewChange[] => {
    const state = states.get(id);
    const change = {
      kind: command.kind,
      actor: author.actor,
      reason: input.reason ?? null,
      subjectType: subject.type,
      subjectId: id,
      subjectVersion: state?.row.version ?? (version ?? 0) + 1,
      authorities: authoritiesOfChange(subject, before, state?.facts ?? null, fields[index] ?? []),
      fields: fields[index] ?? [],
      changeSet,
    };
    return change.fields.length ? [change] : [];
  });
  // Of documents that contain no names of others, only the writing needs the lock.
  const lockingLate = readsNames ? undefined : lock();
  const indexing = changes.length ? writeDocuments(em, documents, { dryRun, areNew }) : undefined;
  const writing = writeChanges(em, changes);
  onLastSent?.();
  const [recorded] = await Promise.all([writing, lockingLate, indexing, citing]);
  const changeOf = new Map(recorded.map(change => [change.subjectId, change]));
  return applied.map(({ id }) => {
    const record = states.get(id)?.row ?? null;
    return { record, change: changeOf.get(id) ?? null, withdrawnId: record ? null : id, userErrors: [] };
  });
}

/** @throws WriteRejected FORBIDDEN for each record that is outside the bounds of the key before its command or after it. */
function checkBounds<Row extends RegisterRecord>(
  applied: readonly Recordable<Row>[],
  states: RecordStates<Row>,
  { boundTo }: Author,
): void {
  if (!boundTo) return;
  const errors = applied.flatMap(({ id, before, command: { subject } }) =>
    isWithinBounds(boundTo, subject.type, before, states.get(id)?.facts ?? null)
      ? []
      : userError(UserErrorCode.FORBIDDEN, before ? 'id' : '', boundKeyProblem(boundTo, before ? id : null)),
  );
  if (errors.length) throw new WriteRejected(errors);
}

/** Returns the citations of the sources of each command, for the facts that it changed; if none, those that `supports` names. */
function newCitations<Row extends RegisterRecord>(
  applied: readonly Recordable<Row>[],
  written: readonly ReturnType<typeof fieldChanges>[],
): NewCitation[] {
  return applied.flatMap(({ id, input: { source }, furtherSources = [] }, index) => {
    const fields = (written[index] ?? []).map(({ field }) => field);
    const facts = fields.filter(field => !UNCITED_FIELDS.has(field));
    const sources = [...(source ? [source] : []), ...furtherSources];
    const cited = fields.length ? sources : sources.filter(({ supports }) => supports?.length);
    return cited.map(citedSource => newCitation(id, citedSource, facts.length ? facts : fields));
  });
}

/**
 * Raises the version of records whose row is unchanged: rows of other tables, such as a period or a citation, do not raise
 * it by themselves. Returns undefined if there is none.
 */
function raiseVersions<Row extends RegisterRecord>(
  em: Fork,
  applied: readonly Recordable<Row>[],
  written: readonly ReturnType<typeof fieldChanges>[],
  states: RecordStates<Row>,
): Promise<unknown> | undefined {
  const ids = applied
    .filter(({ id, version }, index) => written[index]?.length && states.get(id)?.row.version === version)
    .map(({ id }) => id);
  const [first] = applied;
  if (!first || ids.length === 0) return undefined;
  return queryRows(
    em,
    sql`update ${tableOf(em, first.command.subject.listing.entity)} set version = version + 1, updated_at = now()
      where id = any(${ids}::text[])`,
  );
}
