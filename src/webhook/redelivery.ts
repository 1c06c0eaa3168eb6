import { beforeChangeSet } from '../change/log-reader.js';
import { resumePosition } from '../change/resume.js';
import { rejectField, UserErrorCode } from '../change/user-error.js';
import type { Context } from '../context.js';
import { message } from '../messages/message.js';
import type { Redelivery, StoredWebhook } from './stored-webhook.js';
import type { RedeliverWebhookInput } from './webhook.input.js';

/**
 * Returns the range of the log that an input asks for again. It ends at the position of the webhook at the latest: what
 * follows is delivered anyway. A set that `after` is inside of is delivered as a whole: the event with an id has the same
 * changes each time.
 *
 * @throws GraphQLError INVALID_CURSOR for a cursor that is not in the log; WriteRejected for a range without changes.
 */
export async function redeliveryRange(
  context: Pick<Context, 'em' | 'changes'>,
  { after, until }: RedeliverWebhookInput,
  { positionId }: StoredWebhook,
): Promise<Redelivery> {
  const start = await resumePosition(context, after);
  const end = until == null ? undefined : await resumePosition(context, until, 'until');
  const last = Math.min(positionId, end?.id ?? positionId);
  if (start.id >= last) throw rejectField(UserErrorCode.INVALID, 'after', message('WEBHOOK_RANGE', {}));
  const { id, mark } = await beforeChangeSet(context.em, start);
  return { id, mark, until: last };
}
