import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { abbreviate, type ErrorCode, InputError } from '../graph/errors.js';

const CHANGE_CURSOR = /^change-(\d{1,15})$/;

/** Encodes the id of a change as an opaque cursor. */
export function changeCursor(id: number): string {
  return Buffer.from(`change-${id}`).toString('base64url');
}

/**
 * Decodes a cursor to the id of its change; 0 precedes all changes.
 *
 * @throws InputError INVALID_CURSOR if the text is not a cursor of the change feed.
 */
export function changeId(cursor: string): number {
  const [, id] = (cursor.length <= 40 && CHANGE_CURSOR.exec(Buffer.from(cursor, 'base64url').toString())) || [];
  if (id === undefined || changeCursor(Number(id)) !== cursor) {
    throw new InputError(
      `${abbreviate(cursor)} is not a cursor of the change feed; use latestChangeCursor or the cursor of a change.`,
      'INVALID_CURSOR',
    );
  }
  return Number(id);
}

function parse(value: unknown): string {
  if (typeof value === 'string') {
    changeId(value);
    return value;
  }
  throw new GraphQLError('A ChangeCursor must be a string.', {
    extensions: { code: 'INVALID_CURSOR' satisfies ErrorCode },
  });
}

export const ChangeCursor = new GraphQLScalarType<string, string>({
  name: 'ChangeCursor',
  description: 'Position in the change feed. Opaque: save it and send it back unchanged.',
  serialize: parse,
  parseValue: parse,
  parseLiteral: node => parse(node.kind === Kind.STRING ? node.value : undefined),
});
