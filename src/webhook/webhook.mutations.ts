import sql from 'sql-template-tag';
import { Arg, Ctx, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import { rejectField, UserErrorCode } from '../change/user-error.js';
import type { Context } from '../context.js';
import { queryRows } from '../graph/sql/query.js';
import { message } from '../messages/message.js';
import { changeOwned, checkedFilter, checkUrl, insertWebhook, inWebhookTransaction } from './change-webhook.js';
import { lockWebhook, updateOwned } from './owned.js';
import { redeliveryRange } from './redelivery.js';
import { newSigningSecrets } from './signature.js';
import { WebhookStatus } from './webhook.enums.js';
import {
  CreateWebhookInput,
  DeleteWebhookInput,
  PauseWebhookInput,
  PingWebhookInput,
  RedeliverWebhookInput,
  ResumeWebhookInput,
  RotateWebhookSecretInput,
  UpdateWebhookInput,
  WebhookMutation,
  type WebhookPayload,
} from './webhook.input.js';

const { UNCONFIRMED, ACTIVE, PAUSED, FAILED, GONE } = WebhookStatus;

/** Forgets the failures of a webhook, so that it is tried at once. */
const WITHOUT_FAILURES = sql`attempts = 0, failing_since = null, next_attempt_at = null, problem = null`;

@Resolver()
export class WebhookMutations {
  @RequiresScope('webhook:manage')
  @WebhookMutation(
    'Creates a webhook. Before the first delivery the receiver is asked for its permission: it answers OPTIONS with the header `WebHook-Allowed-Origin`.',
    'secret',
  )
  createWebhook(
    @Arg('input', () => CreateWebhookInput, { description: 'The receiver, and what it gets.' })
    input: CreateWebhookInput,
    @Ctx() context: Context,
  ): Promise<WebhookPayload> {
    return inWebhookTransaction(context, 'createWebhook', input, em => insertWebhook(em, context, input));
  }

  @RequiresScope('webhook:manage')
  @WebhookMutation('Changes the receiver, the filter or the form of a webhook. Its position in the log stays.')
  updateWebhook(
    @Arg('input', () => UpdateWebhookInput, { description: 'The webhook, and what changes.' })
    input: UpdateWebhookInput,
    @Ctx() context: Context,
  ): Promise<WebhookPayload> {
    return changeOwned(context, 'updateWebhook', input, async (em, row) => {
      const url = input.url == null ? row.url : checkUrl(input.url, context);
      const filter = input.filter == null ? row.filter : await checkedFilter(em, input.filter);
      const isMoved = url !== row.url;
      const status = isMoved && row.status !== PAUSED ? UNCONFIRMED : row.status;
      return sql`url = ${url}, filter = ${JSON.stringify(filter)}::jsonb, form = ${input.form ?? row.form},
        status = ${status}, is_confirmed = w.is_confirmed and ${!isMoved}::boolean, ${WITHOUT_FAILURES}`;
    });
  }

  @RequiresScope('webhook:manage')
  @WebhookMutation('Pauses a webhook within a second. Its position in the log stays: nothing is lost.')
  pauseWebhook(
    @Arg('input', () => PauseWebhookInput, { description: 'The webhook.' }) input: PauseWebhookInput,
    @Ctx() context: Context,
  ): Promise<WebhookPayload> {
    return changeOwned(
      context,
      'pauseWebhook',
      input,
      (_, { status }) => sql`status = ${status === GONE ? GONE : PAUSED}`,
    );
  }

  @RequiresScope('webhook:manage')
  @WebhookMutation(
    'Continues a webhook that was paused, by its owner or after three days of failures, where it stopped.',
  )
  resumeWebhook(
    @Arg('input', () => ResumeWebhookInput, { description: 'The webhook.' }) input: ResumeWebhookInput,
    @Ctx() context: Context,
  ): Promise<WebhookPayload> {
    return changeOwned(context, 'resumeWebhook', input, (_, { status }) => {
      if (status === GONE) throw rejectField(UserErrorCode.INVALID, 'id', message('WEBHOOK_GONE', {}));
      const isPaused = [PAUSED, FAILED].includes(status);
      return sql`status = case when ${!isPaused}::boolean then w.status when w.is_confirmed then ${ACTIVE} else ${UNCONFIRMED} end,
        ${WITHOUT_FAILURES}`;
    });
  }

  @RequiresScope('webhook:manage')
  @WebhookMutation('Deletes a webhook with its secrets and its deliveries.', 'deleted')
  deleteWebhook(
    @Arg('input', () => DeleteWebhookInput, { description: 'The webhook.' }) input: DeleteWebhookInput,
    @Ctx() context: Context,
  ): Promise<WebhookPayload> {
    return inWebhookTransaction(context, 'deleteWebhook', input, async em => {
      const { id } = await lockWebhook(em, context.identity, input.id);
      await queryRows(em, sql`delete from webhook where id = ${id}`);
      return { deletedWebhookId: id };
    });
  }

  @RequiresScope('webhook:manage')
  @WebhookMutation(
    'Sends an event without changes to the receiver within a second, also of a paused webhook. `deliveries` tells what came of it.',
  )
  pingWebhook(
    @Arg('input', () => PingWebhookInput, { description: 'The webhook.' }) input: PingWebhookInput,
    @Ctx() context: Context,
  ): Promise<WebhookPayload> {
    return changeOwned(context, 'pingWebhook', input, () => sql`ping = 'ping-' || gen_random_uuid()`);
  }

  @RequiresScope('webhook:manage')
  @WebhookMutation(
    'Gives a webhook new secrets. For 24 hours deliveries are signed with the old ones, too, so that the receiver can change without losing any. A second rotation in that time drops the first secrets at once: two pairs are valid at a time.',
    'secret',
  )
  rotateWebhookSecret(
    @Arg('input', () => RotateWebhookSecretInput, { description: 'The webhook.' }) input: RotateWebhookSecretInput,
    @Ctx() context: Context,
  ): Promise<WebhookPayload> {
    return inWebhookTransaction(context, 'rotateWebhookSecret', input, async em => {
      const { id } = await lockWebhook(em, context.identity, input.id);
      const { secret, signingKey } = newSigningSecrets();
      const assignments = sql`previous_secret = w.secret, previous_signing_key = w.signing_key,
        previous_until = now() + interval '24 hours', secret = ${secret}, signing_key = ${signingKey}`;
      return { webhook: await updateOwned(em, id, assignments), secret };
    });
  }

  @RequiresScope('webhook:manage')
  @WebhookMutation(
    'Delivers changes again, before newer ones: each with the id that it had, so that a receiver recognises those that it has. A second call replaces the range of the first.',
  )
  redeliverWebhook(
    @Arg('input', () => RedeliverWebhookInput, { description: 'The webhook, and the range of the log.' })
    input: RedeliverWebhookInput,
    @Ctx() context: Context,
  ): Promise<WebhookPayload> {
    return changeOwned(context, 'redeliverWebhook', input, async (em, row) => {
      const range = await redeliveryRange({ em, changes: context.changes }, input, row);
      return sql`redelivery = ${JSON.stringify(range)}::jsonb`;
    });
  }
}
