import type { IncomingMessage } from 'node:http';
import { decodeChangeCursor } from '../../change/cursor.js';
import { resumePosition } from '../../change/resume.js';
import type { ChangeStream } from '../../change/stream.js';
import { hasReached } from '../../change/wait.js';
import { graphqlError } from '../../graph/errors.js';
import type { Fork } from '../../graph/sql/fork.js';
import { RETRY_AFTER_SECONDS } from '../../graph/sql/unavailable.js';
import { message } from '../../messages/message.js';

/** Limits the wait for a change. */
const MAX_WAIT_MS = 1_000;

/** Returns whether a request waits for a change, so that no response can be sent before it is read. */
export const readsAfter = ({ headers }: IncomingMessage): boolean => headers['register-read-after'] !== undefined;

/**
 * Waits until this instance has read the change that a request names in `Register-Read-After`. Responses that were cached
 * before it are invalid from then on. Undefined, without a promise, if the request names none.
 *
 * @param fork Creates a fork, for a cursor of an older change than those in memory.
 * @throws GraphQLError INVALID_CURSOR for a cursor of no change of this register, NOT_CAUGHT_UP after a second, also for a
 *   cursor of no change whose id is above that of the newest one: it could be of a change that has not arrived.
 */
export function waitForChange(
  changes: ChangeStream,
  fork: () => Fork,
  request: IncomingMessage,
): Promise<void> | undefined {
  if (!readsAfter(request)) return undefined;
  return waitFor(changes, fork, String(request.headers['register-read-after']));
}

async function waitFor(changes: ChangeStream, fork: () => Fork, cursor: string): Promise<void> {
  const position = decodeChangeCursor(cursor);
  if (!(await hasReached(changes, position.id, MAX_WAIT_MS))) {
    const params = { value: cursor, limit: MAX_WAIT_MS, seconds: RETRY_AFTER_SECONDS };
    throw graphqlError('NOT_CAUGHT_UP', message('READ_AFTER_TIMEOUT', params));
  }
  if (!changes.remembers(position)) await resumePosition({ em: fork(), changes }, cursor, 'Register-Read-After');
}
