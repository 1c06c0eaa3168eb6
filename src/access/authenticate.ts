import sql from 'sql-template-tag';
import type { Fork } from '../graph/sql/fork.js';
import { queryRows } from '../graph/sql/query.js';
import { message } from '../messages/message.js';
import { AccessError, ANONYMOUS, type Identity, IdentityKind } from './identity.js';
import { type ConfiguredSecret, isSecretOf, parseKey, sameSecret } from './key.js';
import { isRouter } from './router.js';
import type { Scope } from './scope.js';
import { type Provider, tokenReader } from './token.js';

/** Resolves credentials to identities. */
export interface Authenticator {
  /**
   * Returns the identity of a request; anonymous without credentials.
   *
   * @param authorization The `Authorization` header, or its equivalent in `connectionParams`: `Bearer <key or token>`;
   *   empty for none, as clients that have a key later send it.
   * @param router The value of the router header. Ignored unless it equals the secret.
   * @throws AccessError UNAUTHENTICATED for credentials that are malformed, wrong, expired or revoked.
   */
  identify(authorization: string | undefined, router?: string): Promise<Identity>;
  /** Returns those of the ids whose keys are revoked, expired or deleted. */
  revokedAmong(keyIds: readonly string[]): Promise<Set<string>>;
}

interface KeyRow {
  id: string;
  name: string;
  hash: string;
  scopes: Scope[];
  authorities: string[];
  expiresAt: string | null;
  valid: boolean;
}

const BEARER = /^Bearer +([^\s]+)$/i;
const INVALID_KEY = message('KEY_INVALID', {});

// Compares with the database's clock, which all instances share.
const VALID = sql`(revoked_at is null and (expires_at is null or expires_at > now()))`;

/**
 * Creates the authenticator of a server.
 *
 * @param em Called once per look-up; returns a fork.
 */
export function authenticator(
  em: () => Fork,
  adminKey?: ConfiguredSecret,
  provider?: Provider,
  routerSecret?: ConfiguredSecret,
): Authenticator {
  const readToken = provider && tokenReader(provider);

  async function identityOfKey({ id, secret }: { id: string; secret: string }): Promise<Identity> {
    const query = sql`select id, name, hash, scopes, authorities, expires_at as "expiresAt", ${VALID} as valid from access_key where id = ${id}`;
    const [key] = await queryRows<KeyRow>(em(), query);
    if (!key || !isSecretOf(secret, key.hash) || !key.valid) throw new AccessError('UNAUTHENTICATED', INVALID_KEY);
    const expiresAt = key.expiresAt === null ? null : new Date(key.expiresAt);
    return {
      kind: IdentityKind.KEY,
      actor: `key:${key.id}`,
      name: key.name,
      scopes: key.scopes,
      keyId: key.id,
      expiresAt,
      ...(key.authorities.length > 0 && { boundTo: key.authorities }),
    };
  }

  async function identify(authorization: string | undefined): Promise<Identity> {
    if (!authorization) return ANONYMOUS;
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) {
      throw new AccessError('UNAUTHENTICATED', message('AUTHORIZATION_MALFORMED', {}));
    }
    if (adminKey && sameSecret(token, adminKey)) {
      return {
        kind: IdentityKind.ADMIN_KEY,
        actor: 'admin',
        name: 'ADMIN_KEY',
        scopes: ['register:admin'],
        expiresAt: null,
      };
    }
    const key = parseKey(token);
    if (key) return identityOfKey(key);
    if (readToken && token.split('.').length === 3) return readToken(token);
    throw new AccessError('UNAUTHENTICATED', INVALID_KEY);
  }

  return {
    async identify(authorization, router) {
      const identity = await identify(authorization);
      return isRouter(routerSecret, router) ? { ...identity, fromRouter: true } : identity;
    },
    async revokedAmong(keyIds) {
      const query = sql`select id from access_key where id = any(${[...keyIds]}::text[]) and ${VALID}`;
      const valid = new Set((await queryRows<{ id: string }>(em(), query)).map(({ id }) => id));
      return new Set(keyIds.filter(id => !valid.has(id)));
    },
  };
}
