import type { EntityManager } from '@mikro-orm/sql';
import type { Author } from '../access/identity.js';
import { type Applied, applyCommand } from '../change/apply-command.js';
import { boundKeyProblem, isWithinBounds } from '../change/bound-key.js';
import { SubjectType } from '../change/change.js';
import { newChangeSet } from '../change/change-set.js';
import { claimKey, fingerprint, storeResult } from '../change/idempotency.js';
import { lockName } from '../change/locks.js';
import { readIds } from '../change/new-id.js';
import { Problems } from '../change/problems.js';
import { recordAllChanges } from '../change/record-all-changes.js';
import { type UserError, UserErrorCode, WriteRejected } from '../change/user-error.js';
import { checkTexts } from '../change/validate-texts.js';
import { inTransaction } from '../change/write.js';
import type { Context } from '../context.js';
import {
  checkRow,
  checkRowCount,
  type ExchangeBatch,
  inRow,
  readReferencesOf,
  repetitionsOf,
} from './exchange.batch.check.js';
import { recordExchangeCommand } from './exchange.commands.js';
import type { Exchange } from './exchange.js';

/** The result of a batch. */
export interface RecordedExchanges {
  exchangeIds: string[];
  changeSet: string | null;
}

/** The exchanges that are inserted together. */
const BATCH_SIZE = 250;
/** The lock of calls that look for duplicates: two of them would not see those of each other. */
const DUPLICATES = 'exchange.duplicate';

/**
 * Creates exchanges in one transaction and as one set of changes, by the command of `recordExchange`. Checks all of them
 * before it gives up.
 *
 * @throws WriteRejected with the errors of all rows; then nothing is written.
 */
export function recordAllExchanges(context: Context, batch: ExchangeBatch): Promise<RecordedExchanges> {
  const { rows, dryRun, idempotencyKey, ...request } = batch;
  checkRowCount(rows);
  const { identity: author } = context;
  return inTransaction(context, dryRun, [SubjectType.EXCHANGE], async em => {
    const problems = new Problems();
    checkTexts(problems, { idempotencyKey, reason: batch.reason, source: batch.source });
    problems.rejectIfAny();
    if (idempotencyKey != null) {
      const call = fingerprint('recordExchanges', { rows, ...request });
      const earlier = await claimKey<RecordedExchanges>(em, context, idempotencyKey, call, dryRun);
      if (earlier?.record) return { result: earlier.record };
    }
    if (!dryRun && !batch.allowDuplicates) await lockName(em, DUPLICATES);
    const applied = await applyRows(em, batch, author);
    const changeSet = newChangeSet();
    const range = await recordAllChanges(em, applied, { author, dryRun, changeSet });
    if (dryRun && range) context.operationState.dryRunChangeId = range.first.id;
    const record = { exchangeIds: applied.map(({ id }) => id), changeSet };
    if (idempotencyKey != null && !dryRun) {
      await storeResult(em, author.actor, idempotencyKey, { record, change: null, withdrawnId: null, userErrors: [] });
    }
    return { result: record, lastChange: range?.last };
  });
}

/** Applies the command of each row. A broken rule stops none of the others: all errors are reported together. */
async function applyRows(
  em: EntityManager,
  { rows, reason, source, allowDuplicates }: ExchangeBatch,
  { boundTo }: Author,
): Promise<Applied<Exchange>[]> {
  const shared = { dryRun: false, ...(reason != null && { reason }), ...(source && { source }) };
  const repeated = allowDuplicates ? [] : await repetitionsOf(em, rows);
  await readReferencesOf(em, rows);
  const writes = rows.map(row => {
    const input = { ...shared, ...row };
    return { row, command: recordExchangeCommand(input), input };
  });
  const commands = writes.map(({ command }) => command);
  await readIds(em, commands);
  const applied: Applied<Exchange>[] = [];
  const errors: UserError[] = [];
  for (const [index, { row, ...write }] of writes.entries()) {
    const problems = new Problems();
    checkRow(problems, row, repeated[index]);
    // Here for the number of the row; `recordChanges` checks it again.
    if (boundTo && !isWithinBounds(boundTo, SubjectType.EXCHANGE, null, { ...row })) {
      problems.add('', boundKeyProblem(boundTo, null), UserErrorCode.FORBIDDEN);
    }
    try {
      applied.push(await applyCommand(em, write, { isDeferred: true, problems }));
    } catch (error) {
      if (!(error instanceof WriteRejected)) throw error;
      errors.push(...inRow(index, error.errors));
    }
    if ((index + 1) % BATCH_SIZE && index + 1 < rows.length) continue;
    // Rows that are refused together are not inserted.
    if (errors.length === 0) await em.flush();
    em.clear();
  }
  if (errors.length) throw new WriteRejected(errors);
  return applied;
}
