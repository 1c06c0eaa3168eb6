import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { isStorable } from '../graph/types/text.js';
import { message } from '../messages/message.js';
import { AccessError, type Identity, IdentityKind } from './identity.js';
import { isScope } from './scope.js';

/** The OpenID provider whose tokens are accepted in addition to keys. */
export interface Provider {
  issuer: string;
  audience: string;
}

/**
 * The accepted signature algorithms. Asymmetric only: rejects `none`, and shared secrets against algorithm confusion.
 */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];
const CLOCK_TOLERANCE = '60s';
const MAX_TOKEN_LENGTH = 8_000;
/** The age at which the key set is fetched again, and the time between two attempts while the provider does not answer. */
const REFRESH_MS = 600_000;
const RETRY_MS = 30_000;
/** The time after a failure in which the provider is not asked: each invalid token would be a request to it. */
const PAUSE_MS = 1_000;
/** The age up to which it is used while the provider does not answer. */
const MAX_KEYS_AGE_MS = 3_600_000;

const claims = z.object({
  // Stored in the change log.
  sub: z.string().min(1).max(255).refine(isStorable),
  exp: z.number(),
  scope: z.string().default(''),
  name: z.string().optional(),
});

/**
 * Creates the verifier of one provider's tokens. The key set is fetched on first use, and refreshed.
 *
 * The verifier throws AccessError UNAUTHENTICATED for an invalid token, and if the provider cannot be reached.
 */
export function tokenReader({ issuer, audience }: Provider): (token: string) => Promise<Identity> {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const request = pausingFetch();
  const keySet = () => {
    keys ??= discover(issuer, request).catch((error: unknown) => {
      // The next request retries.
      keys = undefined;
      throw error;
    });
    return keys;
  };
  return async token => {
    const invalidToken = new AccessError('UNAUTHENTICATED', message('TOKEN_INVALID', {}));
    if (token.length > MAX_TOKEN_LENGTH) throw invalidToken;
    const options = {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE,
      requiredClaims: ['exp', 'sub'],
    };
    const getKey = await keySet().catch(unreachable);
    const verified = await jwtVerify(token, getKey, options).catch((error: unknown) => {
      if (isTokenError(error)) throw invalidToken;
      return unreachable();
    });
    const parsed = claims.safeParse(verified.payload);
    if (!parsed.success) throw invalidToken;
    const { sub, exp, scope, name } = parsed.data;
    return {
      kind: IdentityKind.TOKEN,
      actor: `token:${sub}`,
      name: name ?? sub,
      scopes: scope.split(' ').filter(isScope),
      expiresAt: new Date(exp * 1_000),
    };
  };
}

/** Distinguishes an invalid token from a key set that could not be fetched. */
function isTokenError(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return false;
  return !(
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error.code === 'ERR_JOSE_GENERIC'
  );
}

function unreachable(): never {
  throw new AccessError('UNAUTHENTICATED', message('TOKEN_UNVERIFIABLE', {}));
}

type Fetch = (url: string, options: RequestInit) => Promise<Response>;

/** Returns `fetch`, which throws for a status of failure or a body that is not JSON, and without a request for a time after a failure. */
function pausingFetch(): Fetch {
  let failedAt = Number.NEGATIVE_INFINITY;
  return async (url, options) => {
    // A failure in the future is one before the clock was set back: the pause would be as long as that step.
    if (Math.abs(Date.now() - failedAt) < PAUSE_MS) throw new Error('The OpenID provider has just failed.');
    try {
      const response = await fetch(url, options);
      if (!response.ok) throw new Error(`The OpenID provider responded with ${response.status}.`);
      // A page about maintenance may come with 200.
      await response.clone().json();
      return response;
    } catch (error) {
      failedAt = Date.now();
      throw error;
    }
  };
}

async function discover(issuer: string, request: Fetch): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await request(url, { signal: AbortSignal.timeout(5_000) });
  const { jwks_uri } = z.object({ jwks_uri: z.url() }).parse(await response.json());
  const keySet = createRemoteJWKSet(new URL(jwks_uri), { cacheMaxAge: MAX_KEYS_AGE_MS, [customFetch]: request });
  let refreshAt = Date.now() + REFRESH_MS;
  return (header, token) => {
    // In the background: jose would refuse all tokens until it has a new key set.
    if (keySet.fresh && Date.now() >= refreshAt) {
      refreshAt = Date.now() + RETRY_MS;
      const onRefreshed = () => {
        refreshAt = Date.now() + REFRESH_MS;
      };
      keySet.reload().then(onRefreshed, () => undefined);
    }
    return keySet(header, token);
  };
}
