import type { Message } from '../messages/message.js';
import { type UserError, UserErrorCode, userError, WriteRejected } from './user-error.js';

/**
 * Collects all rules that an input breaks, so that a form shows them together: at most one per field, the first one that
 * was found.
 */
export class Problems {
  readonly errors: UserError[] = [];

  /** @param malformed Paths of values that cannot be read at all, and are reported already. */
  constructor(private readonly malformed: readonly (readonly string[])[] = []) {}

  /**
   * Adds a problem, unless the field, a part of it or the whole that it is part of has one.
   *
   * @param field The field of the input, or a path such as `names.zh`; empty for the input as a whole.
   */
  add(field: string, problem: Message, code: UserErrorCode = UserErrorCode.INVALID): void {
    if (!this.has(field)) this.errors.push(userError(code, field, problem));
  }

  /** Returns whether a field, a part of it, or a whole that it is part of has a problem. */
  has(field: string): boolean {
    const path = ['input', ...field.split('.')];
    const isRelated = (other: readonly string[]) =>
      other.length > 1 && other.slice(0, path.length).every((part, index) => part === path[index]);
    return this.malformed.some(isRelated) || this.errors.some(error => isRelated(error.path));
  }

  /** @throws WriteRejected with all problems, if there are any. */
  rejectIfAny(): void {
    if (this.errors.length) throw new WriteRejected(this.errors);
  }
}
