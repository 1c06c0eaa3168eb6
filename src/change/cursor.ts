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

/** Older versions wrote cursors without a mark. */
const CHANGE_CURSOR = /^change-(\d{1,10})(?:-([0-9a-f]{16}))?$/;
const MAX_CURSOR_LENGTH = 60;
const MAX_ID = 2 ** 31 - 1;

/** Encodes a position as an opaque cursor. */
export function changeCursor({ id, mark }: LogPosition): string {
  return Buffer.from(mark ? `change-${id}-${mark}` : `change-${id}`).toString('base64url');
}

/**
 * Reads a cursor as a position, which is not necessarily in the log; `undefined` if it is not a cursor of the change feed.
 * The mark is empty at the start of the log, and in a cursor of an older version.
 */
export function readChangeCursor(cursor: string): LogPosition | undefined {
  const text = cursor.length <= MAX_CURSOR_LENGTH ? Buffer.from(cursor, 'base64url').toString() : '';
  const [, id, mark = ''] = CHANGE_CURSOR.exec(text) ?? [];
  const position = { id: Number(id), mark };
  return id === undefined || position.id > MAX_ID || changeCursor(position) !== cursor ? undefined : position;
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
  description: 'Position in the change feed. Opaque: save it and send it back unchanged.',
  serialize: parse,
  parseValue: parse,
  parseLiteral: node => parse(node.kind === Kind.STRING ? node.value : undefined),
});
