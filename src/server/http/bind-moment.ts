import { OperationTypeNode } from 'graphql';
import { resolveMoment } from '../../change/moment.js';
import type { Context } from '../../context.js';
import { abbreviate, graphqlError } from '../../graph/errors.js';
import { readAt } from '../../graph/sql/moment.js';
import { message } from '../../messages/message.js';

type Operation = { node: { operation: OperationTypeNode } };

/**
 * Makes an operation read the register as it was known at a moment: its fork, and all forks that it creates. Takes one
 * statement, or none if the moment was resolved before.
 *
 * @param text The moment as the client wrote it; undefined for the present.
 * @param operation Undefined for an export.
 * @throws GraphQLError as `resolveMoment` does, and PAST_READ_ONLY.
 */
export async function bindMoment(
  context: Context,
  text: string | undefined,
  operation: Operation | undefined,
): Promise<void> {
  if (text === undefined) return;
  if (operation) refuseUnlessQuery(operation, text);
  const { changeId, cursor, recordedAt } = await resolveMoment(context.em, text);
  const { fork } = context;
  context.knownAt = { changeId, cursor, recordedAt, text };
  context.fork = () => readAt(fork(), changeId);
  context.em = context.fork();
}

/**
 * Refuses an operation at a past moment that does not read: a mutation, or a subscription.
 *
 * @throws GraphQLError PAST_READ_ONLY.
 */
export function refuseUnlessQuery({ node }: Operation, text: string): void {
  const value = abbreviate(text);
  if (node.operation === OperationTypeNode.MUTATION)
    throw graphqlError('PAST_READ_ONLY', message('KNOWN_AT_MUTATION', { value }));
  if (node.operation === OperationTypeNode.SUBSCRIPTION)
    throw graphqlError('PAST_READ_ONLY', message('KNOWN_AT_SUBSCRIPTION', { value }));
}
