import { ConstraintViolationException, UniqueConstraintViolationException } from '@mikro-orm/core';
import { InputError } from '../graph/errors.js';
import { type UserError, UserErrorCode, WriteRejected } from './payload.js';

/** What a client may be told of an error; anything else is a failure of ours and goes on. */
export function asUserErrors(error: unknown): UserError[] {
  if (error instanceof WriteRejected) return error.errors;
  if (error instanceof InputError) return [{ code: UserErrorCode.INVALID, message: error.message, path: ['input'] }];
  if (error instanceof UniqueConstraintViolationException) {
    return [
      { code: UserErrorCode.DUPLICATE, message: 'The register holds a record like this already.', path: ['input'] },
    ];
  }
  if (error instanceof ConstraintViolationException) {
    return [
      {
        code: UserErrorCode.INVALID,
        message: 'These values do not fit together, or with the rest of the register.',
        path: ['input'],
      },
    ];
  }
  throw error;
}
