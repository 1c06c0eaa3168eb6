import { hash } from 'node:crypto';
import { graphqlError } from '../../graph/errors.js';
import { message } from '../../messages/message.js';

/** Limits the state that a short link holds. Its JSON fits into the body of a request, each character as `\u0023`, too. */
export const MAX_STATE_LENGTH = 16_384;

/** Parameters of an address of the desk (see `graphiql/address.ts`); settings of views have a dot in their name. */
const PARAMETERS = ['question', 'query', 'variables', 'operationName', 'view', 'language', 'knownAt'] as const;
const SETTING = /^[a-z][A-Za-z]*(?:\.[\w-]+)+$/;

/** Matches what a URL may have after its `#`: printable ASCII without a second one. Nothing in it ends a header. */
const FRAGMENT = /^#[\x21\x22\x24-\x7e]+$/;

const isParameter = (name: string): boolean =>
  (PARAMETERS as readonly string[]).includes(name) || SETTING.test(decodeURIComponent(name));

function isFragment(state: string): boolean {
  if (!FRAGMENT.test(state)) return false;
  try {
    return state
      .slice(1)
      .split('&')
      .every(pair => {
        const [name = '', value] = pair.split('=', 2);
        return value !== undefined && isParameter(name);
      });
  } catch {
    return false;
  }
}

/**
 * Checks the state of a short link: a fragment of an address of the desk and nothing else, so that no link leads elsewhere.
 *
 * @param body The JSON of a request; undefined if it has none.
 * @throws GraphQLError BAD_USER_INPUT.
 */
export function checkState(body: unknown): string {
  const { state } = Object(body) as { state?: unknown };
  if (typeof state !== 'string')
    throw graphqlError('BAD_USER_INPUT', message('SHORT_LINK_BODY', { example: '{"state":"#question=EarliestTie"}' }));
  const { length } = state;
  if (length > MAX_STATE_LENGTH)
    throw graphqlError('BAD_USER_INPUT', message('SHORT_LINK_LENGTH', { length, limit: MAX_STATE_LENGTH }));
  if (!isFragment(state))
    throw graphqlError('BAD_USER_INPUT', message('SHORT_LINK_STATE', { names: PARAMETERS.join(', ') }));
  return state;
}

/** Returns the hash by which a link names its state: 96 bits, so that equal states have one link. */
export const hashOf = (state: string): string => hash('sha256', state, 'base64url').slice(0, 16);

/** Matches what {@link hashOf} returns. */
export const HASH = /^[\w-]{16}$/;
