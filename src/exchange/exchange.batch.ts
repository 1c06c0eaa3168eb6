import type { EntityManager } from '@mikro-orm/sql';
import type { Author } from '../access/identity.js';
import { type Applied, applyCommand } from '../change/apply-command.js';
import { boundKeyProblem, isWithinBounds } from '../change/bound-key.js';
import { SubjectType } from '../change/change.js';
import { newChangeSet } from '../change/change-set.js';
import { claimKey, fingerprint, storeResult } from '../change/idempotency.js';
import type { WriteInput } from '../change/input.js';
import { lockName } from '../change/locks.js';
import { readIds } from '../change/new-id.js';
import { Problems } from '../change/problems.js';
import { recordAllChanges } from '../change/record-all-changes.js';
import { readReferences } from '../change/references.js';
import { rejectField, type UserError, UserErrorCode, WriteRejected } from '../change/user-error.js';
import { checkTexts } from '../change/validate-texts.js';
import { inTransaction } from '../change/write.js';
import type { Context } from '../context.js';
import { message } from '../messages/message.js';
import { type ExchangeIdentity, exchangeKeys, findExchanges } from './duplicates.js';
import { recordExchangeCommand } from './exchange.commands.js';
import type { ExchangeFacts } from './exchange.input.js';
import type { Exchange } from './exchange.js';

/** One of several new exchanges. */
export type ExchangeRow = ExchangeFacts;

/** Several new exchanges. */
export interface ExchangeBatch extends WriteInput {
  rows: ExchangeRow[];
  allowDuplicates: boolean;
}

/** The result of a batch. */
export interface RecordedExchanges {
  exchangeIds: string[];
  changeSet: string | null;
}

/** Limits the exchanges of one call. */
const MAX_ROWS = 1_000;
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
  if (rows.length === 0 || rows.length > MAX_ROWS) {
    const rule = rows.length
      ? message('TOO_MANY_VALUES', { field: 'rows', limit: MAX_ROWS, length: rows.length })
      : message('PROPOSAL_EMPTY', {});
    throw rejectField(UserErrorCode.INVALID, 'rows', rule);
  }
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
  const duplicates = allowDuplicates ? [] : await duplicatesOf(em, rows);
  const references = rows.flatMap(row => [row.dutch, row.chinese, row.partnership, row.programme]);
  await readReferences(
    em,
    references.filter(id => typeof id === 'string'),
  );
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
    checkTexts(problems, row);
    const duplicate = duplicates[index];
    if (duplicate !== undefined) {
      problems.add('title', message('EXCHANGE_DUPLICATE', { id: duplicate }), UserErrorCode.DUPLICATE);
    }
    // Here for the number of the row; `recordChanges` checks it again.
    if (boundTo && !isWithinBounds(boundTo, SubjectType.EXCHANGE, null, { ...row })) {
      problems.add('', boundKeyProblem(boundTo, null), UserErrorCode.FORBIDDEN);
    }
    try {
      applied.push(await applyCommand(em, write, { isDeferred: true, problems }));
    } catch (error) {
      if (!(error instanceof WriteRejected)) throw error;
      errors.push(...error.errors.map(({ path, ...other }) => ({ ...other, path: inRow(index, path) })));
    }
    if ((index + 1) % BATCH_SIZE && index + 1 < rows.length) continue;
    // Rows that are refused together are not inserted.
    if (errors.length === 0) await em.flush();
    em.clear();
  }
  if (errors.length) throw new WriteRejected(errors);
  return applied;
}

const inRow = (index: number, path: readonly string[]): string[] => ['input', 'rows', String(index), ...path.slice(1)];

/** Returns per row the exchange that it repeats: one of the register, or an earlier row. */
async function duplicatesOf(em: EntityManager, rows: readonly ExchangeRow[]): Promise<(string | undefined)[]> {
  const identities = rows.map(identityOf);
  const existing = await findExchanges(em, identities);
  const earlier = new Map<string, number>();
  return identities.map((identity, index) => {
    const keys = exchangeKeys(identity);
    const row = keys.map(key => earlier.get(key)).find(number => number !== undefined);
    for (const key of keys) if (!earlier.has(key)) earlier.set(key, index);
    return existing[index]?.[0] ?? (row === undefined ? undefined : `rows.${row}`);
  });
}

function identityOf({ title, dutch = null, chinese = null, startedOn = null }: ExchangeRow): ExchangeIdentity {
  const { nl, en, zh, pinyin } = title ?? {};
  return { titles: [nl, en, zh, pinyin].filter(text => text != null), dutch, chinese, startedOn };
}
