import { rejectField, UserErrorCode } from '../change/payload.js';

/** The two sides of a partnership or an exchange: field name and id prefix. */
export const SIDES = [
  ['dutch', 'nl-'],
  ['chinese', 'cn-'],
] as const;

/** @throws WriteRejected if the id is of the other side. */
export function mustBeOnSide([field, prefix]: (typeof SIDES)[number], id: string): void {
  if (id.startsWith(prefix)) return;
  throw rejectField(
    UserErrorCode.INVALID,
    field,
    `${field} must be an authority whose id begins with ${prefix}; got ${id}.`,
  );
}
