import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export const AUDIENCE = 'stedenband';

/** A key of the provider: with it, a token can be signed; its public half stands in the key set under its kid. */
export interface ProviderKey {
  kid: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  jwk: JWK;
}

export async function providerKey(alg = 'RS256'): Promise<ProviderKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const kid = randomUUID();
  return { kid, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** An OpenID provider on loopback, as small as one can be. */
export interface OpenIdProvider {
  issuer: string;
  /** Its present key set. */
  keys: ProviderKey[];
  /** Number of requests for each path. */
  asked: Record<string, number>;
  /** Response instead of the regular ones, if it is to fail. */
  broken: { status: number; body: string } | undefined;
  close(): Promise<void>;
}

export async function openProvider(...keys: ProviderKey[]): Promise<OpenIdProvider> {
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    provider.asked[path] = (provider.asked[path] ?? 0) + 1;
    const { issuer, broken } = provider;
    const discovery = { issuer, jwks_uri: `${issuer}/keys` };
    const answers: Record<string, unknown> = {
      '/.well-known/openid-configuration': discovery,
      '/keys': { keys: provider.keys.map(({ jwk }) => jwk) },
    };
    const status = broken?.status ?? (answers[path] ? 200 : 404);
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    response.end(broken?.body ?? JSON.stringify(answers[path] ?? {}));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const provider: OpenIdProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys,
    asked: {},
    broken: undefined,
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
  return provider;
}

const now = () => Math.floor(Date.now() / 1_000);

/** A token with these claims in place of the right ones; undefined leaves one out. */
export function tokenOf(
  issuer: string,
  { kid, privateKey, jwk }: ProviderKey,
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
): Promise<string> {
  const right = {
    iss: issuer,
    aud: AUDIENCE,
    sub: 'user-1',
    exp: now() + 600,
    iat: now(),
    name: 'Jan Jansen',
    scope: 'openid organisation:write',
  };
  const alg = jwk.alg as string;
  return new SignJWT({ ...right, ...claims }).setProtectedHeader({ alg, kid, ...header }).sign(privateKey);
}
