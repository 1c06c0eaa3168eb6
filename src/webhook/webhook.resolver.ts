import sql from 'sql-template-tag';
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import type { Context } from '../context.js';
import { InputError } from '../graph/errors.js';
import { AssumedSize } from '../graph/schema/cost.js';
import { grouped, loaderByArguments } from '../graph/sql/loader.js';
import { queryRows } from '../graph/sql/query.js';
import { message } from '../messages/message.js';
import { MAX_DELIVERIES } from './journal.js';
import { webhooksOf } from './owned.js';
import { Webhook, WebhookDelivery } from './webhook.js';
import { WebhookMutations } from './webhook.mutations.js';

const DEFAULT_DELIVERIES = 20;

type DeliveryRow = WebhookDelivery & { webhookId: string };

/** Loads the newest deliveries of webhooks, newest first; one statement for those of all webhooks of a list. */
const newestDeliveries = loaderByArguments<number, string, WebhookDelivery[]>(String, async (em, first, ids) => {
  const rows = await queryRows<DeliveryRow>(
    em,
    sql`select d.* from unnest(${[...ids]}::text[]) w(id) cross join lateral (
      select d.webhook_id as "webhookId", d.event_id as "eventId", d.kind, d.result, d.status_code as "statusCode",
        d.attempt, d.duration, d.sent_at as "sentAt", d.number
      from webhook_delivery d where d.webhook_id = w.id order by d.number desc limit ${first}) d order by d.number desc`,
  );
  return grouped(ids, rows, row => row.webhookId);
});

@Resolver(() => Webhook)
export class WebhookResolver {
  @AssumedSize(20)
  @RequiresScope('webhook:manage')
  @Query(() => [Webhook], {
    description:
      'Returns your webhooks, oldest first; to `register:admin` those of all owners. Always as they are now, also at a past moment.',
  })
  webhooks(@Ctx() context: Context): Promise<Webhook[]> {
    const { em, identity, operationState } = context;
    // A delivery is no change of the register, which would outdate a cached response.
    operationState.isMomentary = true;
    return webhooksOf(em, identity);
  }

  @AssumedSize(DEFAULT_DELIVERIES, 'first')
  @FieldResolver(() => [WebhookDelivery], {
    description: `The newest requests to the receiver, newest first. The register stores the newest ${MAX_DELIVERIES} of each webhook.`,
  })
  deliveries(
    @Root() { id }: Webhook,
    @Arg('first', () => Int, {
      defaultValue: DEFAULT_DELIVERIES,
      description: `Returns the newest n requests: 1 to ${MAX_DELIVERIES}.`,
    })
    first: number,
    @Ctx() { em }: Context,
  ): Promise<WebhookDelivery[]> {
    if (first < 1 || first > MAX_DELIVERIES) {
      throw new InputError(
        message('PAGE_SIZE_OUT_OF_RANGE', { argument: 'first', limit: MAX_DELIVERIES, value: first }),
      );
    }
    return newestDeliveries(em, first).load(id);
  }
}

/** The resolvers of webhooks. */
export const webhookResolvers = [WebhookResolver, WebhookMutations] as const;
