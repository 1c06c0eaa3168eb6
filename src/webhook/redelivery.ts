import { beforeChangeSet } from '../change/log-reader.js';
import { resumePosition } from '../change/resume.js';
import { rejectField, UserErrorCode } from '../change/user-error.js';
import type { Context } from '../context.js';
import { message } from '../messages/message.js';
import type { OwnedRow, Redelivery } from './stored-webhook.js';
import type { RedeliverWebhookInput } from './webhook.input.js';

/**
 * Returns the range of the log that an input asks for again. The sender ends it at its position at the latest, which it stores
 * with a delay: what follows is delivered anyway. A set that `after` is inside of is delivered as a whole: the event with an
 * id has the same changes each time.
 *
 * @throws GraphQLError INVALID_CURSOR for a cursor that is not in the log; WriteRejected for a range without changes.
 */
export async function redeliveryRange(
  context: Pick<Context, 'em' | 'changes'>,
  { after, until }: RedeliverWebhookInput,
  { newest }: OwnedRow,
): Promise<Redelivery> {
  const start = await resumePosition(context, after);
  const end = until == null ? undefined : await resumePosition(context, until, 'until');
  const last = end?.id ?? newest;
  if (start.id >= last) throw rejectField(UserErrorCode.INVALID, 'after', message('WEBHOOK_RANGE', {}));
  const { id, mark } = await beforeChangeSet(context.em, start);
  return { id, mark, until: last };
}
