import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { abbreviate, InputError } from '../graph/errors.js';

const CHANGE_CURSOR = /^change-(\d{1,15})$/;

/** The place of a change in the feed, as clients keep it. */
export function changeCursor(id: number): string {
  return Buffer.from(`change-${id}`).toString('base64url');
}

/**
 * The id of the change that a cursor stands behind; 0 is before all.
 *
 * @throws InputError INVALID_CURSOR when it is none of ours.
 */
export function changeId(cursor: string): number {
  const [, id] = (cursor.length <= 40 && CHANGE_CURSOR.exec(Buffer.from(cursor, 'base64url').toString())) || [];
  if (id === undefined || changeCursor(Number(id)) !== cursor) {
    throw new InputError(
      `${abbreviate(cursor)} is not a cursor of the change feed; take one from latestChangeCursor or a change.`,
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
  throw new GraphQLError('A ChangeCursor is a string.', { extensions: { code: 'INVALID_CURSOR' } });
}

export const ChangeCursor = new GraphQLScalarType<string, string>({
  name: 'ChangeCursor',
  description: 'A place in the change feed. Keep it, and give it back to go on from there; what it holds may change.',
  serialize: parse,
  parseValue: parse,
  parseLiteral: node => parse(node.kind === Kind.STRING ? node.value : undefined),
});
