import type { EntityManager } from '@mikro-orm/sql';
import type { RegisterRecord } from '../graph/record/register-record.js';
import { flushAndRead } from '../graph/sql/flush.js';
import { ChangeKind } from './change.js';
import { checkRecord } from './check-input.js';
import type { Command } from './command.js';
import type { ExistingInput, SourceInput, WriteInput } from './input.js';
import { lockName, lockRecords } from './locks.js';
import type { Facts } from './log.js';
import { Problems } from './problems.js';
import { type RecordState, statesOf } from './subject.js';

/** A call of a command. */
export interface Write<Row extends RegisterRecord = RegisterRecord> {
  command: Command<Row>;
  input: WriteInput;
  /** The record to update, and the version that the client has read; undefined for a command that creates one. */
  existing?: ExistingInput | undefined;
  /** Sources of the written values beside that of the input. */
  furtherSources?: readonly SourceInput[] | undefined;
}

/** A command that was applied, and is not in the log yet. */
export interface Applied<Row extends RegisterRecord = RegisterRecord> extends Write<Row> {
  id: string;
  /** The facts before it; null for a new record. */
  before: Facts | null;
  /** The version before it; undefined for a new record. */
  version: number | undefined;
  /** The state after it, if it was read. */
  after?: RecordState<Row> | undefined;
}

/** The part of an applied command that its change records. A set of thousands keeps it, and not the inputs. */
export interface Recordable<Row extends RegisterRecord = RegisterRecord>
  extends Pick<Applied<Row>, 'id' | 'before' | 'version' | 'after' | 'furtherSources'> {
  command: Pick<Command<Row>, 'kind' | 'subject'>;
  input: { source?: WriteInput['source'] | undefined; reason?: WriteInput['reason'] | undefined };
}

/** Returns the part of an applied command that its change records. */
export const recordable = <Row extends RegisterRecord>({
  id,
  before,
  version,
  command: { kind, subject },
  input: { source, reason },
  furtherSources,
}: Applied<Row>): Recordable<Row> => ({
  id,
  before,
  version,
  command: { kind, subject },
  input: { source, reason },
  furtherSources,
});

/**
 * Locks what the rules of commands read, then their records: in this order in every transaction. All statements are sent at
 * once, and those that the caller sends next are executed after them.
 */
export async function lockWrites(em: EntityManager, writes: readonly Write[]): Promise<void> {
  const names = new Set(writes.flatMap(({ command }) => command.locks ?? []));
  const locks = [...names].sort().map(name => lockName(em, name));
  const [first] = writes;
  const ids = writes.flatMap(({ existing }) => existing?.id ?? []);
  const withdraws = writes.some(({ command }) => command.kind === ChangeKind.WITHDRAWN);
  if (first && ids.length) locks.push(lockRecords(em, first.command.subject.listing.entity, ids, withdraws));
  await Promise.all(locks);
}

/**
 * Checks a command and applies it, after `lockWrites`. What follows from it, from the citation to the log, is written by
 * `recordChanges`, for several commands together.
 *
 * @param options.state The record before it, if it has been read since it was locked.
 * @param options.isDeferred Whether the caller flushes, for several commands together. A command that reads other records is
 *   flushed regardless, and what was deferred before it.
 * @param options.isReadBack Whether to read the state after it, if it is one row.
 * @param options.problems The rules that are broken already: those of the command are added, so that all are reported.
 * @throws WriteRejected for broken rules, before anything is written.
 */
export async function applyCommand<Row extends RegisterRecord>(
  em: EntityManager,
  write: Write<Row>,
  {
    state,
    isDeferred = false,
    isReadBack = false,
    problems = new Problems(),
  }: { state?: RecordState<Row> | undefined; isDeferred?: boolean; isReadBack?: boolean; problems?: Problems } = {},
): Promise<Applied<Row>> {
  const { command, existing } = write;
  const readsOthers = (command.locks?.length ?? 0) > 0;
  if (isDeferred && readsOthers) await em.flush();
  const existingId = problems.has('id') ? undefined : existing?.id;
  // Sent with the statement that loads the record.
  const reading = state || existingId === undefined ? undefined : statesOf(em, command.subject, [existingId]);
  const [record, states] = await Promise.all([checkRecord(em, command, existing, problems), reading]);
  problems.rejectIfAny();
  const before = record ? (state ?? states?.get(record.id)) : undefined;
  const version = record?.version;
  const id = await command.apply(em, record);
  const applied = { ...write, id, before: before?.facts ?? null, version };
  if (isReadBack && !command.subject.parts && command.kind !== ChangeKind.WITHDRAWN) {
    const after = await flushAndRead(em, () => statesOf(em, command.subject, [id], record !== null));
    return { ...applied, after: after.get(id) };
  }
  if (!isDeferred || readsOthers) await em.flush();
  return applied;
}
