import { rejectField, UserErrorCode } from '../change/payload.js';

/** The two sides of a tie or an exchange, and how ids of each begin. */
export const SIDES = [
  ['dutch', 'nl-'],
  ['chinese', 'cn-'],
] as const;

/** Refuses an authority that stands on the other side. */
export function mustBeOnSide([field, prefix]: (typeof SIDES)[number], id: string): void {
  if (id.startsWith(prefix)) return;
  throw rejectField(
    UserErrorCode.INVALID,
    field,
    `${field} is an authority whose id begins with ${prefix}; got ${id}.`,
  );
}
