import { randomBytes } from 'node:crypto';
import { abbreviate, InputError } from '../graph/errors.js';
import { message } from '../messages/message.js';

const CHANGE_SET = /^set-[0-9a-f]{24}$/;

/** Returns the id of a new set of changes. */
export const newChangeSet = (): string => `set-${randomBytes(12).toString('hex')}`;

/**
 * Checks the form of the id of a change set. One without changes passes.
 *
 * @throws InputError for any other text.
 */
export function checkChangeSetId(id: string, argument: string): void {
  if (!CHANGE_SET.test(id)) throw new InputError(message('CHANGE_SET_MALFORMED', { argument, value: abbreviate(id) }));
}
