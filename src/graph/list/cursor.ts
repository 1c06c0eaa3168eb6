import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { message } from '../../messages/message.js';
import { InputError } from '../errors.js';
import { partialDateProblem } from '../types/partial-date.js';
import { isStorable } from '../types/text.js';
import type { SortKey } from './order.js';

/** Longer texts are not decoded. No cursor reaches this length: an order has at most two sort keys (`sortKey`) and two ids. */
const MAX_CURSOR_LENGTH = 4_000;

const TIME = /^\d{4}-\d\d-\d\d (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?[+-](?:0\d|1[0-4])(?::[0-5]\d)?$/;

/** Validates the values of a position by kind, so that the casts of the statement cannot fail. */
const VALID: Record<SortKey['kind'], (value: string) => boolean> = {
  day: value => /^(?:\d{4}-\d\d-\d\d|~|)$/.test(value),
  text: () => true,
  integer: value => /^\d{1,9}$/.test(value),
  timestamp: value => TIME.test(value) && partialDateProblem(value.slice(0, 10)) === undefined,
};

/**
 * Returns the fingerprint of a list with one order and one filter, to which a cursor belongs: eight hexadecimal digits.
 *
 * @param parts Everything that determines the rows of the list and their order.
 */
export function listFingerprint(parts: unknown): string {
  const text = JSON.stringify(parts);
  let fingerprint = fingerprints.get(text);
  if (fingerprint === undefined) {
    fingerprint = hash('sha256', text).slice(0, 8);
    fingerprints.set(text, fingerprint);
  }
  return fingerprint;
}

/** Limits the memory of cached fingerprints: a filter may be a long text. */
const MAX_FINGERPRINTS_BYTES = 1_000_000;
const FINGERPRINT_OVERHEAD_BYTES = 200;
const fingerprints = new LRUCache<string, string>({
  maxSize: MAX_FINGERPRINTS_BYTES,
  sizeCalculation: (_, text) => text.length * 2 + FINGERPRINT_OVERHEAD_BYTES,
});

/** Returns a position as an opaque, URL-safe cursor: a checksum and the JSON of fingerprint and values, in base64url. */
export function encodeCursor(fingerprint: string, position: readonly string[]): string {
  const text = JSON.stringify([fingerprint, ...position]);
  return Buffer.from(checksum(text) + text).toString('base64url');
}

const CHECKSUM_LENGTH = 8;

/** Detects damaged cursors: without a checksum, one wrong letter would be another position, and rows would be skipped. */
const checksum = (text: string): string => crc32(text).toString(16).padStart(CHECKSUM_LENGTH, '0');

/**
 * Returns the position in a cursor.
 *
 * @throws InputError `INVALID_CURSOR` if the cursor is damaged, or belongs to another list, order or filter.
 */
export function decodeCursor(
  cursor: string,
  fingerprint: string,
  keys: readonly Pick<SortKey, 'kind'>[],
  argument: string,
): string[] {
  const parts = parse(cursor);
  if (!parts) throw new InputError(message('CURSOR_UNKNOWN', { argument }), 'INVALID_CURSOR');
  const [listOfCursor, ...position] = parts;
  if (listOfCursor !== fingerprint) {
    throw new InputError(message('CURSOR_OF_OTHER_LIST', { argument }), 'INVALID_CURSOR');
  }
  if (position.length !== keys.length || !keys.every(({ kind }, i) => VALID[kind](position[i] as string))) {
    throw new InputError(message('CURSOR_DAMAGED', { argument }), 'INVALID_CURSOR');
  }
  return position;
}

function parse(cursor: string): string[] | undefined {
  if (cursor.length > MAX_CURSOR_LENGTH) return undefined;
  const decoded = Buffer.from(cursor, 'base64url');
  // Node ignores characters outside the alphabet, and bits after the last byte.
  if (decoded.toString('base64url') !== cursor) return undefined;
  const [check, text] = [decoded.toString('utf8', 0, CHECKSUM_LENGTH), decoded.toString('utf8', CHECKSUM_LENGTH)];
  if (check !== checksum(text)) return undefined;
  try {
    const parts: unknown = JSON.parse(text);
    const isValid = Array.isArray(parts) && parts.every(part => typeof part === 'string' && isStorable(part));
    return isValid ? (parts as string[]) : undefined;
  } catch {
    return undefined;
  }
}
