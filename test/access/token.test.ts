import type { IncomingMessage } from 'node:http';
import { exportSPKI, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ANONYMOUS, type Identity, IdentityKind } from '../../src/access/identity.js';
import { cacheKey } from '../../src/server/cache/cache-key.js';
import { type AccessServer, bearer, openAccessServer, Socket, storeKey, transports } from '../support/access.js';
import { until } from '../support/feed.js';
import {
  AUDIENCE,
  type OpenIdProvider,
  openProvider,
  type ProviderKey,
  providerKey,
  tokenOf,
} from '../support/provider.js';

const VIEWER = '{ viewer { kind name actor scopes } }';
const WRONG = 'The token is not valid: wrong, expired, or not issued for this register.';
const now = () => Math.floor(Date.now() / 1_000);

let key: ProviderKey;
let stranger: ProviderKey;
let provider: OpenIdProvider;
let server: AccessServer;
beforeAll(async () => {
  [key, stranger] = await Promise.all([providerKey(), providerKey()]);
  provider = await openProvider(key);
  server = await openAccessServer({ provider: { issuer: provider.issuer, audience: AUDIENCE } });
});
afterAll(async () => {
  await server?.close();
  await provider?.close();
});
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const resource of opened.splice(0)) await resource.close();
});

const token = (claims?: Record<string, unknown>, header?: Record<string, unknown>) =>
  tokenOf(provider.issuer, key, claims, header);

const MUTATION = (name: string) =>
  `mutation { recordOrganisation(input: { kind: MINISTRY, names: { en: "${name}" }, dryRun: true }) { change { actor } } }`;
const END =
  'mutation { endPartnership(input: { id: "tie-x", expectedVersion: 1, since: "2025" }) { change { actor } } }';

describe.each(Object.entries(transports))('over %s', (transport, ask) => {
  const as = (token: string, query = VIEWER) => ask(server.url, bearer(token), query);

  test('a token says who you are, and what you may write: of its scopes, those that are ours', async () => {
    const viewer = { kind: 'TOKEN', name: 'Jan Jansen', actor: 'token:user-1', scopes: ['organisation:write'] };
    expect(await as(await token())).toEqual({ data: { viewer } });
    expect(await as(await token({ name: undefined, scope: undefined }))).toEqual({
      data: { viewer: { ...viewer, name: 'user-1', scopes: [] } },
    });
    const { data } = await as(await token(), MUTATION('By token'));
    expect(data.recordOrganisation.change).toEqual({ actor: 'token:user-1' });
    const { errors } = await as(await token(), END);
    expect(errors?.[0].extensions.code).toBe('FORBIDDEN');
    expect((await as(await token({ scope: 'register:admin' }), END)).errors).toBeUndefined();
  });

  test('the clocks may differ by a minute, and one of several audiences is enough', async () => {
    for (const claims of [{ exp: now() - 30 }, { nbf: now() + 30 }, { aud: ['other', AUDIENCE] }]) {
      if (transport === 'WebSocket' && 'exp' in claims) continue;
      expect((await as(await token(claims))).data?.viewer.kind).toBe('TOKEN');
    }
  });

  const parts = (token: string) => token.split('.') as [string, string, string];
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  test.each<[what: string, make: () => Promise<string>]>([
    ['expired for more than a minute', () => token({ exp: now() - 61 })],
    ['not valid yet', () => token({ nbf: now() + 120 })],
    ['for another audience', () => token({ aud: 'another' })],
    ['for no audience', () => token({ aud: undefined })],
    ['of another issuer', () => token({ iss: 'https://elsewhere.example' })],
    ['of an issuer with a slash more', () => token({ iss: `${provider.issuer}/` })],
    ['without exp', () => token({ exp: undefined })],
    ['without sub', () => token({ sub: undefined })],
    ['with an empty sub', () => token({ sub: '' })],
    ['with a sub that the log cannot hold', () => token({ sub: 'a\0b' })],
    ['with a sub of 1,000 characters', () => token({ sub: 'x'.repeat(1_000) })],
    ['with scopes in a list', () => token({ scope: ['register:admin'] })],
    ['with exp as a text', () => token({ exp: `${now() + 600}` })],
    ['of an unknown key', () => tokenOf(provider.issuer, stranger)],
    ['of an unknown key under a known kid', () => tokenOf(provider.issuer, { ...stranger, kid: key.kid })],
    [
      'with a key of its own in the header',
      () => tokenOf(provider.issuer, stranger, {}, { jwk: stranger.jwk, kid: key.kid }),
    ],
    [
      'without a signature',
      async () =>
        `${parts(await token())
          .slice(0, 2)
          .join('.')}.`,
    ],
    ['with alg none', async () => `${encoded({ alg: 'none', kid: key.kid })}.${parts(await token())[1]}.`],
    [
      'signed with the public key as a secret',
      async () =>
        new SignJWT({ iss: provider.issuer, aud: AUDIENCE, sub: 'user-1', exp: now() + 600, scope: 'register:admin' })
          .setProtectedHeader({ alg: 'HS256', kid: key.kid })
          .sign(Buffer.from(await exportSPKI(key.publicKey))),
    ],
    [
      'with a changed payload',
      async () => {
        const [head, payload, signature] = parts(await token());
        const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
        return `${head}.${encoded({ ...claims, scope: 'register:admin' })}.${signature}`;
      },
    ],
    ['with a changed signature', async () => (await token()).replace(/.{4}$/, 'AAAA')],
    ['of 10 kB', () => token({ filler: 'x'.repeat(7_500) })],
    ['that is none', async () => 'a.b.c'],
  ])('a token %s is refused', async (_, make) => {
    const { refused, data, errors } = await as(await make());
    expect(data).toBeUndefined();
    if (transport === 'WebSocket') expect(refused).toBe(4403);
    else
      expect([refused, errors]).toEqual([
        401,
        [{ message: WRONG, extensions: expect.objectContaining({ code: 'UNAUTHENTICATED' }) }],
      ]);
  });
});

test('a token of 100 kB is not even read', async () => {
  const long = await token({ filler: 'x'.repeat(75_000) });
  const { status } = await fetch(`${server.url}/graphql`, { headers: { authorization: `Bearer ${long}` } });
  expect(status).toBe(431);
  const socket = new Socket(server.url, { authorization: `Bearer ${long}` });
  expect([await socket.ready, await socket.closed]).toEqual([false, 1009]);
  expect((await transports.HTTP(server.url, bearer(await token()), VIEWER)).data.viewer.kind).toBe('TOKEN');
});

test.each(['ES256', 'EdDSA', 'PS256'])('a token signed with %s is taken', async alg => {
  const other = await providerKey(alg);
  const own = await openProvider(key, other);
  const instance = await fresh(own);
  const { data } = await transports.HTTP(instance.url, bearer(await tokenOf(own.issuer, other)), VIEWER);
  expect(data.viewer.kind).toBe('TOKEN');
});

/** A server of its own over the same register, so that it knows nothing of the provider yet. */
async function fresh(own: OpenIdProvider): Promise<AccessServer> {
  const instance = await openAccessServer({ provider: { issuer: own.issuer, audience: AUDIENCE } }, server.database);
  opened.push(instance, own);
  return instance;
}
const kindOf = async (instance: AccessServer, text: string) =>
  (await transports.HTTP(instance.url, bearer(text), VIEWER)).data?.viewer.kind;

test('the key set is fetched once, and again for a key that is new', async () => {
  const own = await openProvider(key);
  const instance = await fresh(own);
  for (let i = 0; i < 5; i += 1) expect(await kindOf(instance, await tokenOf(own.issuer, key))).toBe('TOKEN');
  expect(own.asked).toEqual({ '/.well-known/openid-configuration': 1, '/keys': 1 });

  const next = await providerKey();
  own.keys = [next];
  // Invented kids must not cause a request to the provider each time: not again within half a minute.
  expect(await kindOf(instance, await tokenOf(own.issuer, next))).toBeUndefined();
  expect(own.asked['/keys']).toBe(1);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
  expect(await kindOf(instance, await tokenOf(own.issuer, next))).toBe('TOKEN');
  expect(await kindOf(instance, await tokenOf(own.issuer, key))).toBeUndefined();
  expect(own.asked['/keys']).toBe(2);
});

test('a key that the provider has withdrawn is refused once the key set is refreshed, after ten minutes', async () => {
  const own = await openProvider(key);
  const instance = await fresh(own);
  const lasting = await tokenOf(own.issuer, key, { exp: now() + 7_200 });
  expect(await kindOf(instance, lasting)).toBe('TOKEN');
  own.keys = [stranger];
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 601_000 });
  await until('it is refused', async () => (await kindOf(instance, lasting)) === undefined);
  expect(own.asked['/keys']).toBe(2);
});

/** Stops the clock at a later time. */
const laterBySeconds = (seconds: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1_000 });

const UNREACHABLE = /OpenID provider does not answer/;

describe('a provider that does not answer', () => {
  const expectUnreachable = async (instance: AccessServer, text: string) => {
    for (const ask of [transports.HTTP, transports.SSE]) {
      const { refused, data, errors } = await ask(instance.url, bearer(text), VIEWER);
      expect([refused, data]).toEqual([401, undefined]);
      expect(errors).toEqual([
        {
          message: expect.stringMatching(UNREACHABLE),
          extensions: expect.objectContaining({ code: 'UNAUTHENTICATED' }),
        },
      ]);
    }
    expect(await transports.WebSocket(instance.url, bearer(text), VIEWER)).toEqual({ refused: 4403 });
  };

  test('from the start: keys work, tokens are told, and taken when it is back', async () => {
    const own = await openProvider(key);
    own.broken = { status: 500, body: 'down' };
    const instance = await fresh(own);
    const text = await tokenOf(own.issuer, key);
    await expectUnreachable(instance, text);
    expect(await kindOf(instance, await storeKey(server.database, []))).toBe('KEY');
    own.broken = { status: 200, body: '{}' };
    laterBySeconds(1);
    await expectUnreachable(instance, text);
    own.broken = undefined;
    expect(await kindOf(instance, text)).toBe('TOKEN');
  });

  test('at all: nobody listens at its address', async () => {
    const own = await openProvider(key);
    await own.close();
    const instance = await fresh(own);
    await expectUnreachable(instance, await tokenOf(own.issuer, key));
    expect(await kindOf(instance, await storeKey(server.database, []))).toBe('KEY');
    expect(await kindOf(instance, 'a.b.c')).toBeUndefined();
  });

  test('for its key set only', async () => {
    const own = await openProvider(key);
    const instance = await fresh(own);
    expect((await transports.HTTP(instance.url, bearer('a.b.c'), VIEWER)).refused).toBe(401);
    own.broken = { status: 503, body: 'down' };
    await expectUnreachable(instance, await tokenOf(own.issuer, key));
    own.broken = undefined;
    laterBySeconds(1);
    expect(await kindOf(instance, await tokenOf(own.issuer, key))).toBe('TOKEN');
  });

  test.each([
    { status: 500, body: 'down' },
    { status: 200, body: '<p>Maintenance' },
  ])('is asked once a second at most, whatever tokens come: $status', async broken => {
    const own = await openProvider(key);
    own.broken = broken;
    const instance = await fresh(own);
    laterBySeconds(0);
    for (const kid of ['one', 'two', 'three'])
      await expectUnreachable(instance, await tokenOf(own.issuer, key, {}, { kid }));
    expect(own.asked).toEqual({ '/.well-known/openid-configuration': 1 });
    own.broken = undefined;
    laterBySeconds(1);
    expect(await kindOf(instance, await tokenOf(own.issuer, key))).toBe('TOKEN');

    own.broken = broken;
    laterBySeconds(60);
    for (const kid of ['one', 'two', 'three'])
      await expectUnreachable(instance, await tokenOf(own.issuer, key, {}, { kid }));
    expect(own.asked).toEqual({ '/.well-known/openid-configuration': 2, '/keys': 2 });
    expect(await kindOf(instance, await tokenOf(own.issuer, key))).toBe('TOKEN');
  });

  test('is asked at once after the clock was set back', async () => {
    const own = await openProvider(key);
    own.broken = { status: 500, body: 'down' };
    const instance = await fresh(own);
    await expectUnreachable(instance, await tokenOf(own.issuer, key));
    own.broken = undefined;
    laterBySeconds(-3_600);
    expect(await kindOf(instance, await tokenOf(own.issuer, key))).toBe('TOKEN');
  });

  test('any more: known keys go on working', async () => {
    const own = await openProvider(key);
    const instance = await fresh(own);
    expect(await kindOf(instance, await tokenOf(own.issuer, key))).toBe('TOKEN');
    await own.close();
    expect(await kindOf(instance, await tokenOf(own.issuer, key))).toBe('TOKEN');
    expect(await kindOf(instance, await tokenOf(own.issuer, stranger))).toBeUndefined();
    const lasting = await tokenOf(own.issuer, key, { exp: now() + 7_200 });
    const start = Date.now();
    for (const minutes of [11, 59]) {
      vi.useFakeTimers({ toFake: ['Date'], now: start + minutes * 60_000 });
      expect(await kindOf(instance, lasting)).toBe('TOKEN');
    }
    vi.useFakeTimers({ toFake: ['Date'], now: start + 61 * 60_000 });
    await expectUnreachable(instance, lasting);
  });
});

describe('two tokens of one subject', () => {
  test('each see their own viewer, in either order and from the cache', async () => {
    const access = { provider: { issuer: provider.issuer, audience: AUDIENCE } };
    const cached = await openAccessServer(access, undefined, 1_000_000);
    opened.push(cached);
    const narrow = { name: 'Jan at the desk', scope: 'organisation:write', exp: now() + 600 };
    const later = { ...narrow, name: 'Jan in the evening', exp: now() + 900 };
    const wide = { name: 'Jan of the night', scope: 'partnership:write register:admin', exp: now() + 1_200 };
    const expected = ({ name, scope, exp }: typeof narrow) => ({
      data: { viewer: { name, scopes: scope.split(' '), expiresAt: new Date(exp * 1_000).toISOString() } },
    });
    for (const query of ['{ viewer { name scopes expiresAt } }', 'query Other { viewer { name scopes expiresAt } }']) {
      const order = query.startsWith('{') ? [narrow, wide, later] : [later, wide, narrow];
      for (const claims of [...order, ...order]) {
        expect(await transports.HTTP(cached.url, bearer(await token({ sub: 'user-1', ...claims })), query)).toEqual(
          expected(claims),
        );
      }
    }
  });

  test('of which one says more in its subject than an identifier, share no answer of the cache', () => {
    const of = (sub: string): Identity => ({ ...ANONYMOUS, kind: IdentityKind.TOKEN, actor: `token:${sub}` });
    const key = (identity: Identity, accept: string, text: string) => {
      const headers = { 'content-type': 'application/json', accept };
      return cacheKey({ method: 'POST', url: '/graphql', headers } as unknown as IncomingMessage, text, identity);
    };
    expect(key(of('a\nX'), '', '{}')).not.toBe(key(of('a'), 'X', '\n{}'));
    expect(key({ ...of('a'), scopes: ['register:admin'] }, '', '{}')).not.toBe(key(of('a'), '', '{}'));
    expect(key({ ...of('a'), fromRouter: true }, '', '{}')).not.toBe(key(of('a'), '', '{}'));
  });
});
