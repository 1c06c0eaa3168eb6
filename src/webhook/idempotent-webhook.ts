import type { EntityManager } from '@mikro-orm/sql';
import { claimKey, fingerprint, storeResult } from '../change/idempotency.js';
import { Problems } from '../change/problems.js';
import { checkTexts } from '../change/validate-texts.js';
import type { Context } from '../context.js';
import { ownedWebhook } from './owned.js';
import type { WebhookInput, WebhookPayload } from './webhook.input.js';

/** Result of a mutation of webhooks. */
export type WebhookResult = Omit<WebhookPayload, 'userErrors'>;

/** Stored part of a call with an `idempotencyKey`: never a secret, which the table of webhooks has alone. */
interface StoredCall {
  id: string;
  hasSecret: boolean;
  isDeletion: boolean;
}

/**
 * Runs `work`, unless an earlier call had the same `idempotencyKey`: then returns the webhook of that call as it is now, with
 * its present secret if that call returned one. Null for a webhook that was deleted since.
 *
 * @param mutation The name of the mutation; part of the fingerprint of the call.
 * @throws WriteRejected if the key is malformed, or was used with another input.
 */
export async function onlyOnce(
  em: EntityManager,
  context: Context,
  mutation: string,
  { idempotencyKey, dryRun, ...request }: WebhookInput,
  work: () => Promise<WebhookResult>,
): Promise<WebhookResult> {
  if (idempotencyKey == null) return work();
  const problems = new Problems();
  checkTexts(problems, { idempotencyKey });
  problems.rejectIfAny();
  const call = fingerprint(mutation, request);
  const earlier = await claimKey<StoredCall>(em, context, idempotencyKey, call, dryRun);
  if (earlier?.record) return resultOf(em, context, earlier.record);
  const result = await work();
  if (dryRun) return result;
  const record: StoredCall = {
    id: (result.webhook?.id ?? result.deletedWebhookId) as string,
    hasSecret: result.secret != null,
    isDeletion: result.deletedWebhookId != null,
  };
  const payload = { record, change: null, withdrawnId: null, userErrors: [] };
  await storeResult(em, context.identity.actor, idempotencyKey, payload);
  return result;
}

async function resultOf(
  em: EntityManager,
  { identity }: Context,
  { id, hasSecret, isDeletion }: StoredCall,
): Promise<WebhookResult> {
  if (isDeletion) return { deletedWebhookId: id };
  const { webhook, secret } = await ownedWebhook(em, identity, id);
  return { webhook, ...(hasSecret && { secret }) };
}
