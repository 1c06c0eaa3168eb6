import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { isStorable } from '../graph/types/text.js';
import { AccessError, type Identity, IdentityKind } from './identity.js';
import { isScope } from './scope.js';

/** The OpenID provider whose tokens are taken beside our own keys. */
export interface Provider {
  issuer: string;
  audience: string;
}

/** Asymmetric only: a token signed with a shared secret, or with none, is not taken. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];
const CLOCK_TOLERANCE = '60s';
const MAX_TOKEN_LENGTH = 8_000;

const claims = z.object({
  // It stands in the change log.
  sub: z.string().min(1).max(255).refine(isStorable),
  exp: z.number(),
  scope: z.string().default(''),
  name: z.string().optional(),
});

/** Reads the tokens of one provider; the provider's key set is fetched when first needed, cached and rotated by jose. */
export function tokenReader({ issuer, audience }: Provider): (token: string) => Promise<Identity> {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const keySet = () => {
    keys ??= discover(issuer).catch((error: unknown) => {
      // The next request tries again.
      keys = undefined;
      throw error;
    });
    return keys;
  };
  return async token => {
    const refused = new AccessError(
      'UNAUTHENTICATED',
      'The token is not valid: wrong, expired, or not made for this register.',
    );
    if (token.length > MAX_TOKEN_LENGTH) throw refused;
    const options = {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE,
      requiredClaims: ['exp', 'sub'],
    };
    const getKey = await keySet().catch(unreachable);
    const verified = await jwtVerify(token, getKey, options).catch((error: unknown) => {
      if (isAbout(error)) throw refused;
      return unreachable();
    });
    const read = claims.safeParse(verified.payload);
    if (!read.success) throw refused;
    const { sub, exp, scope, name } = read.data;
    return {
      kind: IdentityKind.TOKEN,
      actor: `token:${sub}`,
      name: name ?? sub,
      scopes: scope.split(' ').filter(isScope),
      expiresAt: new Date(exp * 1_000),
    };
  };
}

/** Whether an error is about the token, and not about a key set that could not be had. */
function isAbout(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return false;
  return !(
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error.code === 'ERR_JOSE_GENERIC'
  );
}

function unreachable(): never {
  throw new AccessError(
    'UNAUTHENTICATED',
    'The token cannot be checked, as the OpenID provider does not answer; try again later, or use a key.',
  );
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`The OpenID provider answers ${response.status}.`);
  const { jwks_uri } = z.object({ jwks_uri: z.url() }).parse(await response.json());
  return createRemoteJWKSet(new URL(jwks_uri));
}
