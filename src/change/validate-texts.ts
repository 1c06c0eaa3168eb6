import { InputError } from '../graph/errors.js';
import { checkId } from '../graph/record/node.js';
import { isStorable } from '../graph/types/text.js';
import { rejectField, type UserError, UserErrorCode, WriteRejected } from './payload.js';
import { textLimit } from './text-limits.js';

const MAX_LIST_LENGTH = 200;

/**
 * Checks every text and list of an input, at any depth.
 *
 * @throws WriteRejected with an error for each text that is too long, empty or not storable, and each list that is too long.
 */
export function checkTexts(input: object): void {
  const problems: UserError[] = [];
  const invalid = (path: string[], message: string) => problems.push({ code: UserErrorCode.INVALID, message, path });
  const check = (value: unknown, path: string[]): void => {
    if (typeof value === 'string') {
      const fact = path.slice(1);
      const limit = textLimit(fact);
      if (value.length > limit)
        invalid(path, `${fact.join('.')} can have at most ${limit} characters; got ${value.length}.`);
      else if (!isStorable(value)) invalid(path, 'A text must not contain NUL or half of a surrogate pair.');
      else if (value.trim() === '') invalid(path, 'A text must not be empty; leave it out, or clear it with null.');
    } else if (typeof value === 'object' && value !== null) {
      if (Array.isArray(value) && value.length > MAX_LIST_LENGTH)
        invalid(path, `A list can have at most ${MAX_LIST_LENGTH} values; got ${value.length}.`);
      else for (const [name, inner] of Object.entries(value)) check(inner, [...path, name]);
    }
  };
  check(input, ['input']);
  if (problems.length) throw new WriteRejected(...problems);
}

/**
 * Checks the form of an id. An id without a record passes.
 *
 * @throws WriteRejected if it is malformed.
 */
export function checkRecordId(id: string): void {
  try {
    checkId(id);
  } catch (error) {
    throw error instanceof InputError ? rejectField(UserErrorCode.INVALID, 'id', error.message) : error;
  }
}
