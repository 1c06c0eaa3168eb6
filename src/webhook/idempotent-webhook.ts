import { claimKey, fingerprint, isWithinDays, storeResult } from '../change/idempotency.js';
import { Problems } from '../change/problems.js';
import { checkTexts } from '../change/validate-texts.js';
import type { Context } from '../context.js';
import type { Fork } from '../graph/sql/fork.js';
import { ownedWebhook } from './owned.js';
import type { WebhookInput, WebhookPayload } from './webhook.input.js';

/** Result of a mutation of webhooks. */
export type WebhookResult = Omit<WebhookPayload, 'userErrors'>;

/** Stored part of a call with an `idempotencyKey`: never a secret, which the table of webhooks has alone. */
interface StoredCall {
  id: string;
  /** Fingerprint of the secret that the call returned; null if it returned none. */
  secret: string | null;
  isDeletion: boolean;
}

/**
 * Runs `work`, unless an earlier call had the same `idempotencyKey`: then returns the webhook of that call as it is now, and the
 * secret that the call returned, for the days of its key and as long as the webhook has no newer one. Null for a webhook that
 * was deleted since.
 *
 * @param mutation The name of the mutation; part of the fingerprint of the call.
 * @throws WriteRejected if the key is malformed, or was used with another input.
 */
export async function onlyOnce(
  em: Fork,
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
  if (earlier?.record) return resultOf(em, context, idempotencyKey, earlier.record);
  const result = await work();
  if (dryRun) return result;
  const record: StoredCall = {
    id: (result.webhook?.id ?? result.deletedWebhookId) as string,
    secret: result.secret == null ? null : fingerprintOf(result.secret),
    isDeletion: result.deletedWebhookId != null,
  };
  const payload = { record, change: null, withdrawnId: null, userErrors: [] };
  await storeResult(em, context.identity.actor, idempotencyKey, payload);
  return result;
}

async function resultOf(
  em: Fork,
  context: Context,
  idempotencyKey: string,
  { id, secret: shown, isDeletion }: StoredCall,
): Promise<WebhookResult> {
  if (isDeletion) return { deletedWebhookId: id };
  const { webhook, secret } = await ownedWebhook(em, context.identity, id);
  const isSame = secret !== null && fingerprintOf(secret) === shown;
  return { webhook, ...(isSame && (await isWithinDays(em, context, idempotencyKey)) && { secret }) };
}

/** A secret has 256 random bits: its fingerprint does not tell it. */
const fingerprintOf = (secret: string): string => fingerprint('secret', { secret });
