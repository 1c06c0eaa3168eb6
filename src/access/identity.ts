import { ClientError, type ErrorCode } from '../graph/errors.js';
import { describedEnum } from '../graph/types/enum.js';
import type { Message } from '../messages/message.js';
import type { Scope } from './scope.js';

export enum IdentityKind {
  ANONYMOUS = 'ANONYMOUS',
  KEY = 'KEY',
  ADMIN_KEY = 'ADMIN_KEY',
  TOKEN = 'TOKEN',
}
describedEnum('IdentityKind', IdentityKind, 'How a request authenticated.', {
  ANONYMOUS: 'No credentials; may read.',
  KEY: 'A key that the register issued.',
  ADMIN_KEY: 'The administrator key in the settings of the server.',
  TOKEN: 'A token of the OpenID provider.',
});

/** The identity of a request. */
export interface Identity {
  kind: IdentityKind;
  /** The author in the change log: `key:<id>`, `token:<subject>`. Constant for the lifetime of a key. */
  actor: string;
  name: string;
  scopes: readonly Scope[];
  /** The key's id. Open sockets are checked by it for revocation. */
  keyId?: string;
  expiresAt: Date | null;
  /** Ids of the authorities that the key is bound to; missing if it is not bound. `change/bound-key.ts` has the rule. */
  boundTo?: readonly string[];
  /** Set if the request carries the router secret. */
  fromRouter?: true;
}

/** The part of an identity that a write needs: its name in the log, and its bounds. */
export type Author = Pick<Identity, 'actor' | 'boundTo'>;

/** The identity of requests without credentials. */
export const ANONYMOUS: Identity = {
  kind: IdentityKind.ANONYMOUS,
  actor: 'anonymous',
  name: 'anonymous',
  scopes: [],
  expiresAt: null,
};

/**
 * Rejects an operation whose requester failed to authenticate (401) or lacks a permission (403). Nothing of it runs.
 */
export class AccessError extends ClientError {
  constructor(
    readonly code: Extract<ErrorCode, 'UNAUTHENTICATED' | 'FORBIDDEN'>,
    problem: Message,
  ) {
    super(code, problem, { http: { status: code === 'UNAUTHENTICATED' ? 401 : 403 } });
  }
}
