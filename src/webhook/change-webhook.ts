import { randomBytes } from 'node:crypto';
import sql, { type Sql } from 'sql-template-tag';
import { type ChangeFilter, checkFilter } from '../change/filter.js';
import { beforeChangeSet, latestPosition } from '../change/log-reader.js';
import { partialInputOf } from '../change/partial-input.js';
import { checkAuthorities } from '../change/resolve-filter.js';
import { resumePosition } from '../change/resume.js';
import { rejectField, UserErrorCode } from '../change/user-error.js';
import { asUserErrors } from '../change/user-errors.js';
import { inTransaction } from '../change/write.js';
import type { Context } from '../context.js';
import { ClientError, type ErrorCode } from '../graph/errors.js';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { type Message, message } from '../messages/message.js';
import { urlProblem } from './address.js';
import { onlyOnce, type WebhookResult } from './idempotent-webhook.js';
import { lockWebhook, MAX_WEBHOOKS, MAX_WEBHOOKS_OF_OWNER, updateOwned } from './owned.js';
import { newSigningSecrets } from './signature.js';
import { asWebhook, OWNED_COLUMNS, type OwnedRow } from './stored-webhook.js';
import { WebhookStatus } from './webhook.enums.js';
import type { CreateWebhookInput, ExistingWebhookInput, WebhookInput, WebhookPayload } from './webhook.input.js';

/** Key of the advisory lock under which webhooks are counted and created; an arbitrary constant. */
const CREATE_LOCK = 7_370_004;

/**
 * Runs `work` in a transaction, and returns its result or the errors of the client. Webhooks are not in the log. An input of
 * which a part cannot be read is not worked on. A dry run is rolled back after its response has been built.
 *
 * @param mutation The name of the mutation; part of the fingerprint of an idempotent call.
 */
export async function inWebhookTransaction(
  context: Context,
  mutation: string,
  input: WebhookInput,
  work: (em: Fork) => Promise<WebhookResult>,
): Promise<WebhookPayload> {
  if (partialInputOf(input)) return { userErrors: [] };
  const { dryRun } = input;
  try {
    const { secret, ...result } = await inTransaction(context, dryRun, [], async em => ({
      result: await onlyOnce(em, context, mutation, input, () => work(em)),
    }));
    return { ...result, ...(!dryRun && secret != null && { secret }), userErrors: [] };
  } catch (error) {
    return { userErrors: asUserErrors(asRejection(error)) };
  }
}

/**
 * Converts the error of a filter or a cursor, as `changes` has it, to one of the input: an error of the whole field would
 * take the results of other mutations of the operation along, such as a secret that is shown once.
 */
function asRejection(error: unknown): unknown {
  if (!(error instanceof ClientError)) return error;
  const { code, rule, params } = error.extensions as unknown as Message & { code: ErrorCode };
  if (code !== 'BAD_USER_INPUT' && code !== 'INVALID_CURSOR') return error;
  return rejectField(UserErrorCode.INVALID, String(params.path ?? params.argument), { rule, params });
}

/**
 * Changes a webhook of the client.
 *
 * @param mutation The name of the mutation.
 * @param assign Called once with the locked row. Returns the assignments; a throw of `WriteRejected` is for the client.
 */
export function changeOwned(
  context: Context,
  mutation: string,
  input: ExistingWebhookInput,
  assign: (em: Fork, row: OwnedRow) => Sql | Promise<Sql>,
): Promise<WebhookPayload> {
  return inWebhookTransaction(context, mutation, input, async em => {
    const row = await lockWebhook(em, context.identity, input.id);
    return { webhook: await updateOwned(em, row.id, await assign(em, row)) };
  });
}

/**
 * Returns the address of a receiver in its normal form.
 *
 * @throws WriteRejected if it may not be a receiver, or if this server delivers nothing.
 */
export function checkUrl(url: string, { webhookTargets: targets }: Pick<Context, 'webhookTargets'>): string {
  const problem = targets === undefined ? message('WEBHOOKS_OFF', {}) : urlProblem(url, targets);
  if (problem) throw rejectField(UserErrorCode.INVALID, 'url', problem);
  return new URL(url).href;
}

/**
 * Returns a filter without what it leaves out.
 *
 * @throws InputError as `changes` does for it.
 */
export async function checkedFilter(em: Fork, input: ChangeFilter | null | undefined): Promise<Partial<ChangeFilter>> {
  const filter = checkFilter(input);
  await checkAuthorities(em, filter);
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value != null));
}

/**
 * Creates a webhook of the client, which begins after the newest change unless the client names another one. A set that this
 * one is inside of is delivered as a whole, as by a redelivery.
 */
export async function insertWebhook(
  em: Fork,
  context: Context,
  { url, filter, form, after, dryRun }: CreateWebhookInput,
): Promise<WebhookResult> {
  const { actor } = context.identity;
  const address = checkUrl(url, context);
  const checked = await checkedFilter(em, filter);
  const { id, mark } =
    after == null
      ? await latestPosition(em)
      : await beforeChangeSet(em, await resumePosition({ ...context, em }, after));
  if (!dryRun) await queryRows(em, sql`select pg_advisory_xact_lock(${CREATE_LOCK})`);
  const [counts] = await queryRows<{ total: number; own: number }>(
    em,
    sql`select count(*)::int as total, count(*) filter (where owner = ${actor})::int as own from webhook`,
  );
  if (!counts || counts.total >= MAX_WEBHOOKS || counts.own >= MAX_WEBHOOKS_OF_OWNER) {
    const limits = { limit: MAX_WEBHOOKS_OF_OWNER, total: MAX_WEBHOOKS };
    throw rejectField(UserErrorCode.INVALID, '', message('WEBHOOK_COUNT', limits));
  }
  const { secret, signingKey } = newSigningSecrets();
  const hook = `hook-${randomBytes(8).toString('hex')}`;
  const [row] = await queryRows<OwnedRow>(
    em,
    sql`insert into webhook as w (id, owner, url, filter, form, status, position_id, position_mark, secret, signing_key)
      values (${hook}, ${actor}, ${address}, ${JSON.stringify(checked)}::jsonb, ${form}, ${WebhookStatus.UNCONFIRMED},
        ${id}, ${mark}, ${secret}, ${signingKey})
      returning ${OWNED_COLUMNS}`,
  );
  return { webhook: asWebhook(row as OwnedRow), secret };
}
