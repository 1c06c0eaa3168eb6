import { ConstraintViolationException, UniqueConstraintViolationException } from '@mikro-orm/core';
import { InputError } from '../graph/errors.js';
import { type UserError, UserErrorCode, WriteRejected } from './payload.js';

/** Converts an error of a write to errors for the client. Rethrows any error that is not caused by the input. */
export function asUserErrors(error: unknown): UserError[] {
  if (error instanceof WriteRejected) return error.errors;
  if (error instanceof InputError) return [{ code: UserErrorCode.INVALID, message: error.message, path: ['input'] }];
  if (error instanceof UniqueConstraintViolationException) {
    return [
      { code: UserErrorCode.DUPLICATE, message: 'The register already has a record like this.', path: ['input'] },
    ];
  }
  if (error instanceof ConstraintViolationException) {
    return [
      {
        code: UserErrorCode.INVALID,
        message: 'These values contradict each other or another record.',
        path: ['input'],
      },
    ];
  }
  throw error;
}
