import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { ChangeCursor } from '../change/cursor.js';
import type { ChangeFilter } from '../change/filter.js';
import { DateTime } from '../graph/types/date-time.js';
import { WebhookDeliveryKind, WebhookForm, WebhookResult, WebhookStatus } from './webhook.enums.js';

@ObjectType({
  description:
    'A receiver to which the register sends the changes of the log, in their order, one request for each change set.',
})
export class Webhook {
  @Field(() => ID, { description: 'The id.' })
  id!: string;
  @Field(() => String, { description: 'Who created it: `key:<id>`, `token:<subject>` or `admin`.' })
  owner!: string;
  @Field(() => String, { description: 'The address of the receiver.' })
  url!: string;
  @Field(() => GraphQLJSON, {
    description: 'The filter as it was given, as a JSON object; `{}` for all changes.',
  })
  filter!: ChangeFilter;
  @Field(() => WebhookForm, { description: 'What a delivery says of each change.' })
  form!: WebhookForm;
  @Field(() => WebhookStatus, { description: 'State of the webhook.' })
  status!: WebhookStatus;
  @Field(() => ChangeCursor, {
    description:
      'The position in the log up to which the receiver has everything that matches. Saved every fifth of a second.',
  })
  cursor!: string;
  @Field(() => Int, {
    description: 'How many changes of the log come after `cursor`, whether or not they match. 0 if it has everything.',
  })
  lag!: number;
  @Field(() => Boolean, { description: 'True while changes are delivered again that `redeliverWebhook` asked for.' })
  isRedelivering!: boolean;
  @Field(() => WebhookResult, {
    nullable: true,
    description: 'What came of the last attempt, if it failed. Null while all is well.',
  })
  problem!: WebhookResult | null;
  @Field(() => Int, { description: 'The number of failed attempts in a row.' })
  attempts!: number;
  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when all attempts failed; three days later the webhook is paused. Null while all is well.',
  })
  failingSince!: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'When the next attempt is made, after a failed one.' })
  nextAttemptAt!: Date | null;
  @Field(() => String, {
    description:
      'The public key of its `v1a` signatures: `whpk_` and the 32 bytes of Ed25519 in Base64. A receiver that verifies with it needs no secret.',
  })
  publicKey!: string;
  @Field(() => DateTime, {
    nullable: true,
    description:
      'Until when deliveries are also signed with the secrets before the last rotation. Null if they are not.',
  })
  previousSecretUntil!: Date | null;
  @Field(() => DateTime, { description: 'When it was created.' })
  createdAt!: Date;
}

@ObjectType({ description: 'One request to the receiver of a webhook, and what came of it.' })
export class WebhookDelivery {
  @Field(() => ID, {
    description: 'The id of the event, in `webhook-id` and in the `id` of the event: equal for each attempt.',
  })
  eventId!: string;
  @Field(() => WebhookDeliveryKind, { description: 'What the request was for.' })
  kind!: WebhookDeliveryKind;
  @Field(() => WebhookResult, { description: 'What came of it.' })
  result!: WebhookResult;
  @Field(() => Int, { nullable: true, description: 'The status of the answer. Null without an answer.' })
  statusCode!: number | null;
  @Field(() => Int, { description: 'Which attempt it was: 1 for the first.' })
  attempt!: number;
  @Field(() => Int, { description: 'How long it took, in milliseconds.' })
  duration!: number;
  @Field(() => DateTime, { description: 'When it was sent.' })
  sentAt!: Date;
}
