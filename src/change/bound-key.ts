import { type Message, message } from '../messages/message.js';
import { SubjectType } from './change.js';
import type { Facts } from './log.js';

const sides = ({ dutch, chinese }: Facts) => [dutch, chinese];

/**
 * The authorities that a record touches, by its facts. An exchange under a partnership has the sides of it. Programmes and
 * organisations are shared by many and touch none, so that a bound key does not write them.
 */
const TOUCHED: Partial<Record<SubjectType, (facts: Facts) => unknown[]>> = {
  [SubjectType.AUTHORITY]: ({ id }) => [id],
  [SubjectType.PARTNERSHIP]: sides,
  [SubjectType.EXCHANGE]: sides,
};

/**
 * Returns whether a write stays within the bounds of a key: the record touches one of its authorities before the write and
 * after it. New authorities are outside: a key is bound to authorities that are there.
 *
 * @param before The facts before the write; null for a new record. Other facts than ids of authorities may be missing.
 * @param after The facts after it; null for a withdrawn record.
 */
export function isWithinBounds(
  boundTo: readonly string[],
  type: SubjectType,
  before: Facts | null,
  after: Facts | null,
): boolean {
  const touched = TOUCHED[type];
  if (!touched || (type === SubjectType.AUTHORITY && before === null)) return false;
  return [before, after].every(facts => facts === null || touched(facts).some(id => boundTo.includes(id as string)));
}

/**
 * Returns the refusal of a write that is not within the bounds of a key.
 *
 * @param id The record; null for a new one.
 */
export function boundKeyProblem(boundTo: readonly string[], id: string | null): Message {
  const authorities = boundTo.join(', ');
  return id === null ? message('KEY_BOUND_NEW', { authorities }) : message('KEY_BOUND', { authorities, id });
}
