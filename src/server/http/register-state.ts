import { changeCursor } from '../../change/cursor.js';
import type { Context } from '../../context.js';

/** The state of the register that a response is of: `extensions.register`. */
export interface RegisterState {
  /** The response has all changes up to this one, of the past none after it. */
  cursor: string;
  /** The past moment as the client wrote it; null for the present. */
  knownAt: string | null;
}

/** Returns the state of the register that an operation has read, or written. Called after its execution. */
export function registerStateOf({ knownAt, changes, operationState: { position } }: Context): RegisterState {
  if (knownAt) return { cursor: knownAt.cursor, knownAt: knownAt.text };
  const cursor = position === changes.newest ? changes.newestCursor : changeCursor(position);
  return { cursor, knownAt: null };
}

/** Returns the headers that name the state of the register. */
export const registerHeaders = ({ cursor, knownAt }: RegisterState): Record<string, string> => ({
  'register-cursor': cursor,
  ...(knownAt !== null && { 'register-known-at': knownAt }),
});
