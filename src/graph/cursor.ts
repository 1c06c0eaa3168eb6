import { createHash } from 'node:crypto';
import { InputError } from './errors.js';
import type { OrderStep } from './order.js';
import { isStorable } from './text.js';

/** No cursor of ours is longer; a longer one is not decoded. */
const LONGEST = 2_000;

const FORMS: Record<OrderStep['kind'], RegExp> = {
  day: /^(?:\d{4}-\d\d-\d\d|~|)$/,
  text: /^.*$/s,
  integer: /^\d{1,9}$/,
  timestamp: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d)?$/,
};

/**
 * What a cursor belongs to: a list with one order and one filter. Eight hexadecimal characters.
 *
 * @param parts Whatever decides which rows the list holds and in which order.
 */
export function listSignature(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 8);
}

/** A position in a list as the client keeps it: opaque, URL-safe. */
export function encodeCursor(signature: string, position: readonly string[]): string {
  return Buffer.from(JSON.stringify([signature, ...position])).toString('base64url');
}

/**
 * The position a cursor stands for.
 *
 * @throws InputError `INVALID_CURSOR` when it is damaged, or was made by another list, order or filter.
 */
export function decodeCursor(cursor: string, signature: string, steps: readonly OrderStep[], name: string): string[] {
  const parts = parse(cursor);
  if (!parts)
    throw new InputError(`${name} is not a cursor of this server; take it from an edge or pageInfo.`, 'INVALID_CURSOR');
  const [its, ...position] = parts;
  if (its !== signature) {
    throw new InputError(
      `${name} was made by a list with another order or filter; a cursor only fits the list it came from.`,
      'INVALID_CURSOR',
    );
  }
  if (position.length !== steps.length || !steps.every(({ kind }, i) => FORMS[kind].test(position[i] as string))) {
    throw new InputError(`${name} is a damaged cursor; start again without it.`, 'INVALID_CURSOR');
  }
  return position;
}

function parse(cursor: string): string[] | undefined {
  if (cursor.length > LONGEST) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const sound = Array.isArray(parts) && parts.every(part => typeof part === 'string' && isStorable(part));
    return sound ? (parts as string[]) : undefined;
  } catch {
    return undefined;
  }
}
