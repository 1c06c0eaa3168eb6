import { type Message, message } from '../messages/message.js';
import { SubjectType } from './change.js';
import type { Facts } from './log.js';

/** The authorities of a key that is bound; undefined for everybody else. */
export type BoundTo = readonly string[] | undefined;

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
 * after it.
 *
 * @param states The facts before and after; null where there is no record. Other facts than ids of authorities may be missing.
 */
export function isWithinBounds(boundTo: BoundTo, type: SubjectType, states: readonly (Facts | null)[]): boolean {
  if (!boundTo) return true;
  const touched = TOUCHED[type];
  const isTouched = (facts: Facts) => touched?.(facts).some(id => boundTo.includes(id as string)) ?? false;
  return states.every(facts => facts === null || isTouched(facts));
}

/**
 * Returns the refusal of a write that is not within the bounds of a key.
 *
 * @param id The record; null for a new one.
 */
export function boundKeyProblem(boundTo: BoundTo, id: string | null): Message {
  const authorities = boundTo?.join(', ') ?? '';
  return id === null ? message('KEY_BOUND_NEW', { authorities }) : message('KEY_BOUND', { authorities, id });
}
