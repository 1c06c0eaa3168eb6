import { GraphQLError } from 'graphql';
import { describedEnum } from '../graph/types/enum.js';
import type { Scope } from './scope.js';

export enum IdentityKind {
  ANONYMOUS = 'ANONYMOUS',
  KEY = 'KEY',
  ADMIN_KEY = 'ADMIN_KEY',
  TOKEN = 'TOKEN',
}
describedEnum('IdentityKind', IdentityKind, 'How somebody showed who they are.', {
  ANONYMOUS: 'Not at all; enough for reading.',
  KEY: 'With a key of the register.',
  ADMIN_KEY: 'With the key that stands in the settings of the server.',
  TOKEN: 'With a token of the OpenID provider.',
});

/** Who asks. */
export interface Identity {
  kind: IdentityKind;
  /** Names them in the change log, the same for as long as the key lives: `key:k3f…`, `token:<subject>`. */
  actor: string;
  name: string;
  scopes: readonly Scope[];
  /** The key's id, by which its revocation is noticed. */
  keyId?: string;
  expiresAt: Date | null;
  /** Set when the request showed the secret of routers. */
  fromRouter?: true;
}

/** Somebody who showed nothing. */
export const ANONYMOUS: Identity = {
  kind: IdentityKind.ANONYMOUS,
  actor: 'anonymous',
  name: 'anonymous',
  scopes: [],
  expiresAt: null,
};

/** Who asks is not who they say, or may not do this. Thrown before anything runs. */
export class AccessError extends GraphQLError {
  constructor(
    readonly code: 'UNAUTHENTICATED' | 'FORBIDDEN',
    message: string,
  ) {
    super(message, { extensions: { code, http: { status: code === 'UNAUTHENTICATED' ? 401 : 403 } } });
  }
}
