import { type ClassType, Field, ID, InputType, Mutation, ObjectType } from 'type-graphql';
import { ChangeCursor } from '../change/cursor.js';
import { ChangeFilter } from '../change/filter.js';
import { payloadName } from '../change/payload.js';
import { UserError } from '../change/user-error.js';
import { AssumedSize } from '../graph/schema/cost.js';
import { WebhookForm } from './webhook.enums.js';
import { Webhook } from './webhook.js';

const URL_TEXT = 'The address of the receiver, over https, on the public internet. Redirects are not followed.';
const FILTER_TEXT =
  'Which changes are delivered, as in `changes`. An area (`within`) is that of the moment of delivery.';

/** Fields of the input of every mutation of webhooks. */
@InputType()
export class WebhookInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Unique key for this call, chosen by the client, at most 255 characters. A repeated call with the same key does nothing again, and returns the webhook as it is now: so an answer that got lost makes no second webhook.',
  })
  idempotencyKey?: string | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Checks the input and returns the webhook as it would be, without a secret and without writing anything.',
  })
  dryRun!: boolean;
}

@InputType({ description: 'A new webhook.' })
export class CreateWebhookInput extends WebhookInput {
  @Field(() => String, { description: URL_TEXT })
  url!: string;
  @Field(() => ChangeFilter, { nullable: true, description: `${FILTER_TEXT} Default: all changes.` })
  filter?: ChangeFilter | null;
  @Field(() => WebhookForm, { defaultValue: WebhookForm.THIN, description: 'What a delivery says of each change.' })
  form!: WebhookForm;
  @Field(() => ChangeCursor, {
    nullable: true,
    description:
      'Delivers the changes after this cursor: `latestChangeCursor`, read before a copy was loaded. Default: the changes from now on.',
  })
  after?: string | null;
}

@InputType({ description: 'A webhook that a call is about.' })
export class ExistingWebhookInput extends WebhookInput {
  @Field(() => ID, { description: 'Id of the webhook.' })
  id!: string;
}

@InputType({ description: 'Other values of a webhook. A field that is left out stays as it is.' })
export class UpdateWebhookInput extends ExistingWebhookInput {
  @Field(() => String, { nullable: true, description: `${URL_TEXT} A new receiver is asked for its permission first.` })
  url?: string | null;
  @Field(() => ChangeFilter, { nullable: true, description: `${FILTER_TEXT} {} delivers all changes.` })
  filter?: ChangeFilter | null;
  @Field(() => WebhookForm, { nullable: true, description: 'What a delivery says of each change.' })
  form?: WebhookForm | null;
}

@InputType({ description: 'The webhook to pause.' })
export class PauseWebhookInput extends ExistingWebhookInput {}
@InputType({ description: 'The webhook to resume.' })
export class ResumeWebhookInput extends ExistingWebhookInput {}
@InputType({ description: 'The webhook to delete.' })
export class DeleteWebhookInput extends ExistingWebhookInput {}
@InputType({ description: 'The webhook to test.' })
export class PingWebhookInput extends ExistingWebhookInput {}
@InputType({ description: 'The webhook that gets new secrets.' })
export class RotateWebhookSecretInput extends ExistingWebhookInput {}

@InputType({ description: 'The changes to deliver again.' })
export class RedeliverWebhookInput extends ExistingWebhookInput {
  @Field(() => ChangeCursor, { description: 'Delivers the changes after this cursor again.' })
  after!: string;
  @Field(() => ChangeCursor, {
    nullable: true,
    description: 'The last change to deliver again. Default, and at most: the position of the webhook.',
  })
  until?: string | null;
}

/** The result of a mutation of webhooks. */
export interface WebhookPayload {
  webhook?: Webhook | null;
  secret?: string | null;
  deletedWebhookId?: string | null;
  userErrors: UserError[];
}

/** The content of a payload besides the errors. */
type PayloadContent = 'webhook' | 'secret' | 'deleted';

/** Declares a mutation of webhooks with a payload type of its own, so that each can grow alone. */
export function WebhookMutation(description: string, content: PayloadContent = 'webhook'): MethodDecorator {
  return (target, name, descriptor) => {
    const payload = payloadType(String(name), content);
    return Mutation(() => payload, { description })(target, name, descriptor);
  };
}

function payloadType(mutation: string, content: PayloadContent): ClassType {
  @ObjectType(payloadName(mutation), { description: `Result of \`${mutation}\`, or the errors.` })
  class Payload {
    webhook!: Webhook | null;
    secret!: string | null;
    deletedWebhookId!: string | null;
    @AssumedSize(5)
    @Field(() => [UserError], {
      description: 'All that is wrong with the input; then nothing was written. Empty if the mutation succeeded.',
    })
    userErrors!: UserError[];
  }
  const { prototype } = Payload;
  if (content === 'deleted') {
    const options = { nullable: true, description: 'Id of the deleted webhook. Null if there are errors.' };
    Field(() => ID, options)(prototype, 'deletedWebhookId');
    return Payload;
  }
  const options = { nullable: true, description: 'The webhook after the mutation. Null if there are errors.' };
  Field(() => Webhook, options)(prototype, 'webhook');
  if (content === 'secret') {
    const description =
      'The secret of its `v1` signatures: `whsec_` and 32 bytes in Base64. It is shown this once, and to a repeated call with its `idempotencyKey` until there is a newer one. Null if there are errors, and in a dry run.';
    Field(() => String, { nullable: true, description })(prototype, 'secret');
  }
  return Payload;
}
