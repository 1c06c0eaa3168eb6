import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { InputError } from '../errors.js';
import { partialDateProblem } from '../types/partial-date.js';
import { isStorable } from '../types/text.js';
import type { SortKey } from './order.js';

/** No cursor of ours is longer; a longer one is not decoded. */
const MAX_CURSOR_LENGTH = 2_000;

const TIME = /^\d{4}-\d\d-\d\d (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?[+-](?:0\d|1[0-4])(?::[0-5]\d)?$/;

/** Whether a value may go to the database as one of its kind: what a cast there would refuse is refused here. */
const VALID: Record<SortKey['kind'], (value: string) => boolean> = {
  day: value => /^(?:\d{4}-\d\d-\d\d|~|)$/.test(value),
  text: () => true,
  integer: value => /^\d{1,9}$/.test(value),
  timestamp: value => TIME.test(value) && partialDateProblem(value.slice(0, 10)) === undefined,
};

/**
 * What a cursor belongs to: a list with one order and one filter. Eight hexadecimal characters.
 *
 * @param parts Whatever decides which rows the list holds and in which order.
 */
export function listFingerprint(parts: unknown): string {
  const text = JSON.stringify(parts);
  let found = signatures.get(text);
  if (found === undefined) {
    found = createHash('sha256').update(text).digest('hex').slice(0, 8);
    signatures.set(text, found);
  }
  return found;
}
const signatures = new LRUCache<string, string>({ max: 1_000 });

/** A position in a list as the client keeps it: opaque, URL-safe. */
export function encodeCursor(signature: string, position: readonly string[]): string {
  const text = JSON.stringify([signature, ...position]);
  return Buffer.from(checksum(text) + text).toString('base64url');
}

const CHECKSUM_LENGTH = 8;

/** Without it a cursor with a wrong letter in it would be another place of the list, and rows would be missed. */
const checksum = (text: string): string => crc32(text).toString(16).padStart(CHECKSUM_LENGTH, '0');

/**
 * The position a cursor stands for.
 *
 * @throws InputError `INVALID_CURSOR` when it is damaged, or was made by another list, order or filter.
 */
export function decodeCursor(cursor: string, signature: string, steps: readonly SortKey[], name: string): string[] {
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
  if (position.length !== steps.length || !steps.every(({ kind }, i) => VALID[kind](position[i] as string))) {
    throw new InputError(`${name} is a damaged cursor; start again without it.`, 'INVALID_CURSOR');
  }
  return position;
}

function parse(cursor: string): string[] | undefined {
  if (cursor.length > MAX_CURSOR_LENGTH) return undefined;
  const decoded = Buffer.from(cursor, 'base64url');
  // Node reads over characters that are no base64, and over bits behind the last byte.
  if (decoded.toString('base64url') !== cursor) return undefined;
  const [check, text] = [decoded.toString('utf8', 0, CHECKSUM_LENGTH), decoded.toString('utf8', CHECKSUM_LENGTH)];
  if (check !== checksum(text)) return undefined;
  try {
    const parts: unknown = JSON.parse(text);
    const sound = Array.isArray(parts) && parts.every(part => typeof part === 'string' && isStorable(part));
    return sound ? (parts as string[]) : undefined;
  } catch {
    return undefined;
  }
}
