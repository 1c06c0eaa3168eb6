import { GraphQLScalarType, Kind } from 'graphql';
import { abbreviate, InputError } from '../graph/errors.js';
import { message } from '../messages/message.js';

/** A position in the log: a change by its id and its mark. The mark tells it from a change of another history. */
export interface LogPosition {
  id: number;
  mark: string;
}

/** The position before all changes, which all histories have in common. */
export const LOG_START: LogPosition = { id: 0, mark: '' };

/** A cursor has one length, and sorts as text in the order of the log. */
const CHANGE_CURSOR = /^(\d{10})-([0-9a-f]{16})$/;
const ID_DIGITS = 10;
/** Stands for the mark of the start of the log, and of a cursor of an older version that has none. */
const NO_MARK = '0'.repeat(16);
/** Older versions wrote cursors in base64url, the oldest without a mark. */
const OLDER_CURSOR = /^change-(\d{1,10})(?:-([0-9a-f]{16}))?$/;
const MAX_CURSOR_LENGTH = 60;
const MAX_ID = 2 ** 31 - 1;

/** Encodes a position as a cursor: `0000000042-9f86d081884c7d65`. Clients treat it as opaque, and may compare it as text. */
export function changeCursor({ id, mark }: LogPosition): string {
  return `${String(id).padStart(ID_DIGITS, '0')}-${mark || NO_MARK}`;
}

/** Returns the SQL of the cursor of a row of the log. */
export const cursorSql = (row: string): string => `lpad(${row}.id::text, ${ID_DIGITS}, '0') || '-' || ${row}.mark`;

/** Reads the two parts of a cursor. A text of an older version must be written exactly as that version did. */
function partsOf(cursor: string): readonly [id: string, mark: string] | undefined {
  const [, id, mark] = CHANGE_CURSOR.exec(cursor) ?? [];
  if (id !== undefined && mark !== undefined) return [id, mark === NO_MARK ? '' : mark];
  const text = cursor.length <= MAX_CURSOR_LENGTH ? Buffer.from(cursor, 'base64url').toString() : '';
  const [, olderId, olderMark = ''] = OLDER_CURSOR.exec(text) ?? [];
  if (olderId === undefined || Buffer.from(text).toString('base64url') !== cursor) return undefined;
  // Only the shortest form of a number was written.
  return String(Number(olderId)) === olderId ? [olderId, olderMark] : undefined;
}

/**
 * Reads a cursor, or one of an older version, as a position, which is not necessarily in the log; `undefined` if it is not
 * a cursor of the change feed. The mark is empty at the start of the log, and in a cursor of the oldest versions.
 */
export function readChangeCursor(cursor: string): LogPosition | undefined {
  const [id, mark] = partsOf(cursor) ?? [];
  if (id === undefined || mark === undefined || Number(id) > MAX_ID) return undefined;
  return { id: Number(id), mark };
}

/**
 * Decodes a cursor to a position, as `readChangeCursor` does.
 *
 * @throws InputError INVALID_CURSOR if the text is not a cursor of the change feed.
 */
export function decodeChangeCursor(cursor: string): LogPosition {
  const position = readChangeCursor(cursor);
  if (position) return position;
  throw new InputError(message('CHANGE_CURSOR_UNKNOWN', { value: abbreviate(cursor) }), 'INVALID_CURSOR');
}

function parse(value: unknown): string {
  if (typeof value === 'string') {
    decodeChangeCursor(value);
    return value;
  }
  throw new InputError(message('CHANGE_CURSOR_NOT_TEXT', {}), 'INVALID_CURSOR');
}

export const ChangeCursor = new GraphQLScalarType<string, string>({
  name: 'ChangeCursor',
  description:
    'Position in the change feed. Opaque: save it and send it back unchanged. Compared as text, the cursor of a later change is the greater one.',
  serialize: parse,
  parseValue: parse,
  parseLiteral: node => parse(node.kind === Kind.STRING ? node.value : undefined),
});
