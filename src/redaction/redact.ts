import sql, { raw } from 'sql-template-tag';
import type { Change } from '../change/change.js';
import { checkForm } from '../change/check-input.js';
import { lockLog } from '../change/log.js';
import { Problems } from '../change/problems.js';
import { endDryRun, runTransaction } from '../change/run-transaction.js';
import { rejectField, UserErrorCode, WriteRejected } from '../change/user-error.js';
import { asUserErrors } from '../change/user-errors.js';
import { checkRecordId } from '../change/validate-texts.js';
import type { Context } from '../context.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { retryTransaction } from '../graph/sql/unavailable.js';
import { fold } from '../graph/types/text.js';
import { message } from '../messages/message.js';
import { checkScope } from './check-scope.js';
import { recordRedactions } from './record-redaction.js';
import { Redaction, type Scope } from './redaction.js';
import type { RedactFieldInput, RedactFieldPayload } from './redaction.types.js';
import { rewriteAnswers, rewriteKeyNames } from './rewrite-answers.js';
import { rewriteLog } from './rewrite-log.js';
import { rewriteProposals } from './rewrite-proposals.js';
import { rewriteSearchVersions } from './rewrite-search-versions.js';
import { rewriteSources } from './rewrite-sources.js';
import { rewriteTables } from './rewrite-tables.js';

/** Limits a redaction: a passage in more records than this is hardly the name of a person. */
const MAX_RECORDS = 500;

/** A scan of the log takes longer than a statement of a client may. */
const STATEMENT_TIMEOUT_MS = 300_000;

/**
 * The tables that writers read before they write, in the order in which writers lock them. Records refer to those after
 * them.
 */
const TABLES =
  'idempotent_answer, access_key, proposal, proposal_item, exchange, programme, status_period, partnership, organisation, authority, source, citation';

/**
 * Removes texts from all that the register stores, in one transaction, and appends a change for each record that held
 * them. A transaction that the database aborted for a deadlock is retried as a whole.
 */
export async function redact(context: Context, input: RedactFieldInput): Promise<RedactFieldPayload> {
  await endDryRun(context);
  try {
    return await retryTransaction(async () => {
      await rejectInvalid(context.em, input);
      const { em, result } = await runTransaction(
        context,
        input.dryRun,
        transaction => redactIn(transaction, context, input),
        ({ places, changes }) => {
          if (places.length === 0) return;
          // Its next query must not be served from an older cached response.
          const lastChange = changes.at(-1);
          if (lastChange) context.changes.onCommitted(lastChange);
          context.changes.onRedacted();
          void context.changes.refresh();
          context.operationState.position = lastChange ?? context.operationState.position;
        },
      );
      context.em = em;
      return result;
    });
  } catch (error) {
    return { changes: [], places: [], remainingIds: [], userErrors: asUserErrors(error) };
  }
}

/** @throws WriteRejected also for an input with values that cannot be read, which is only checked (see `partial-input.ts`). */
async function rejectInvalid(em: Fork, input: RedactFieldInput): Promise<void> {
  const form = checkForm(input, undefined);
  const problems = form ?? new Problems();
  if (input.id != null && !problems.has('id')) checkRecordId(problems, input.id);
  await checkScope(problems, em, input, input.reason ?? '');
  if (form || problems.errors.length) throw new WriteRejected(problems.errors);
}

async function redactIn(
  em: Fork,
  { identity }: Context,
  { dryRun, reason, ...scope }: RedactFieldInput,
): Promise<RedactFieldPayload> {
  await queryRows(em, sql`select set_config('statement_timeout', ${String(STATEMENT_TIMEOUT_MS)}, true)`);
  if (!dryRun) await lockWriters(em);
  const redaction = new Redaction(scope);
  await rewriteSources(em, redaction, dryRun);
  await rewriteTables(em, redaction, dryRun);
  if (!dryRun) await lockLog(em);
  await rewriteLog(em, redaction, dryRun);
  await rewriteAnswers(em, redaction, dryRun);
  await rewriteKeyNames(em, redaction, dryRun);
  const count = redaction.affected.size;
  if (count > MAX_RECORDS) {
    const problem = message('REDACTION_TOO_WIDE', { limit: MAX_RECORDS, count });
    throw rejectField(UserErrorCode.INVALID, 'passage', problem);
  }
  const changes: Change[] = dryRun ? [] : await recordRedactions(em, redaction, identity.actor, reason);
  // After the changes, which would write versions of what is rewritten: a report that no reviewer took up has none.
  await rewriteProposals(em, redaction, dryRun);
  if (!dryRun) await rewriteSearchVersions(em, redaction);
  const places = redaction.places.list();
  return {
    changes,
    places: dryRun ? places : places.map(place => ({ ...place, excerpt: null })),
    remainingIds: await idsWith(em, scope),
    userErrors: [],
  };
}

/**
 * Waits for the transactions that have read or written a record, and makes new ones wait: one that has read what is
 * redacted would write it again, in a search document or as the value before its change. Readers do not wait.
 */
async function lockWriters(em: Fork): Promise<void> {
  await queryRows(em, sql`lock table ${raw(TABLES)} in exclusive mode`);
}

const MAX_IDS = 100;

/** Finds the ids that hold the words of a passage. They stay: other records and other registers refer to them. */
async function idsWith(em: Fork, { id, passage }: Scope): Promise<string[]> {
  const words = fold(passage ?? '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  if (words === '') return [];
  const query = sql`select distinct subject_id as id from change
    where '-' || subject_id || '-' like ${`%-${words}-%`} and ${id == null ? sql`true` : sql`subject_id = ${id}`}
    order by 1 limit ${MAX_IDS}`;
  return (await queryRows<{ id: string }>(em, query)).map(row => row.id);
}
