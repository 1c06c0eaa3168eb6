import type { EntityManager } from '@mikro-orm/sql';
import { checkRecord } from '../change/check-input.js';
import type { WriteInput } from '../change/input.js';
import type { PartialInput } from '../change/partial-input.js';
import { Problems } from '../change/problems.js';
import { readReferences } from '../change/references.js';
import { rejectField, type UserError, UserErrorCode } from '../change/user-error.js';
import { checkTexts } from '../change/validate-texts.js';
import { type Message, message } from '../messages/message.js';
import { type ExchangeIdentity, exchangeKeys, findExchanges } from './duplicates.js';
import { recordExchangeCommand } from './exchange.commands.js';
import type { ExchangeFacts } from './exchange.input.js';

/** One of several new exchanges. */
export type ExchangeRow = ExchangeFacts;

/** Several new exchanges. */
export interface ExchangeBatch extends WriteInput {
  rows: ExchangeRow[];
  allowDuplicates: boolean;
}

/** Limits the exchanges of one call. */
const MAX_ROWS = 1_000;

/** @throws WriteRejected for no rows, or too many. */
export function checkRowCount({ length }: readonly unknown[]): void {
  if (length > 0 && length <= MAX_ROWS) return;
  const rule = length ? message('TOO_MANY_VALUES', { field: 'rows', limit: MAX_ROWS, length }) : undefined;
  throw rejectField(UserErrorCode.INVALID, 'rows', rule ?? message('PROPOSAL_EMPTY', {}));
}

/** Reads the records that rows refer to, for the checks of all of them. */
export async function readReferencesOf(em: EntityManager, rows: readonly ExchangeRow[]): Promise<void> {
  const references = rows.flatMap(row => [row.dutch, row.chinese, row.partnership, row.programme]);
  await readReferences(
    em,
    references.filter(id => typeof id === 'string'),
  );
}

/** Checks what needs no command: the texts of a row, and whether it repeats an exchange. */
export function checkRow(problems: Problems, row: ExchangeRow, repeated: Message | undefined): void {
  checkTexts(problems, row);
  if (repeated) problems.add('title', repeated, UserErrorCode.DUPLICATE);
}

/** Returns errors of a row at its place among the rows of the input. */
export const inRow = (index: number, errors: readonly UserError[]): UserError[] =>
  errors.map(({ path, ...other }) => ({ ...other, path: ['input', 'rows', String(index), ...path.slice(1)] }));

/** Returns per row that it repeats an exchange of the register, or an earlier row. */
export async function repetitionsOf(em: EntityManager, rows: readonly ExchangeRow[]): Promise<(Message | undefined)[]> {
  const identities = rows.map(identityOf);
  const existing = await findExchanges(em, identities);
  const earlier = new Map<string, number>();
  return identities.map((identity, index) => {
    const keys = exchangeKeys(identity);
    const row = keys.map(key => earlier.get(key)).find(number => number !== undefined);
    for (const key of keys) if (!earlier.has(key)) earlier.set(key, index);
    const id = existing[index]?.[0];
    if (id !== undefined) return message('EXCHANGE_DUPLICATE', { id });
    // People count from 1, and paths from 0.
    return row === undefined ? undefined : message('ROW_REPEATED', { place: `row ${row + 1}`, row });
  });
}

function identityOf({ title, dutch = null, chinese = null, startedOn = null }: ExchangeRow): ExchangeIdentity {
  const { nl, en, zh, pinyin } = title ?? {};
  return { titles: [nl, en, zh, pinyin].filter(text => text != null), dutch, chinese, startedOn };
}

/**
 * Checks the readable part of a batch with values that cannot be read. Reads the register, and writes nothing. A row with
 * such a value is compared with no other.
 */
export async function checkReadableBatch(
  em: EntityManager,
  { malformed, readable }: PartialInput,
): Promise<readonly UserError[]> {
  const { rows, allowDuplicates, reason, source, idempotencyKey } = readable as Partial<ExchangeBatch>;
  const problems = new Problems(malformed);
  checkTexts(problems, { idempotencyKey, reason, source });
  if (!rows) return problems.errors;
  checkRowCount(rows);
  const wrongIn = rows.map((_, index) => malformed.filter(([, field, n]) => field === 'rows' && n === String(index)));
  // A row that is no object is missing.
  const whole = rows.map((row: ExchangeRow | undefined, index): ExchangeRow => {
    const isWhole = ([name]: [string, unknown]) => wrongIn[index]?.every(([, , , field]) => field !== name);
    return Object.fromEntries(Object.entries(row ?? {}).filter(isWhole));
  });
  await readReferencesOf(em, whole);
  const comparable = whole.map((row, index) => (wrongIn[index]?.length ? {} : row));
  const repeated = allowDuplicates ? [] : await repetitionsOf(em, comparable);
  const errors = [...problems.errors];
  for (const [index, row] of whole.entries()) {
    const wrong = wrongIn[index] ?? [];
    if (wrong.some(path => path.length === 3)) continue;
    const ofRow = new Problems(wrong.map(([input, , , ...path]) => [input as string, ...path]));
    checkRow(ofRow, rows[index] as ExchangeRow, repeated[index]);
    await checkRecord(em, recordExchangeCommand({ dryRun: true, source: source ?? null, ...row }), undefined, ofRow);
    errors.push(...inRow(index, ofRow.errors));
  }
  return errors;
}
