import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scope } from '../../src/access/scope.js';
import { SCOPES } from '../../src/access/scope.js';
import { type AccessServer, bearer, keyId, openAccessServer, Socket, storeKey, transports } from '../support/access.js';
import { brief, calls, fingerprint, type Json } from '../support/calls.js';

const ADMIN_KEY = 'an admin key of this test'.replaceAll(' ', '-');
const VIEWER = '{ viewer { kind name actor scopes expiresAt } }';
const READ = '{ partnership(id: "tie-rotterdam-shanghai") { dutch { name } } }';

let server: AccessServer;
beforeAll(async () => {
  server = await openAccessServer({ adminKey: ADMIN_KEY });
});
afterAll(() => server?.close());

const key = (scopes: Scope[], more?: Parameters<typeof storeKey>[2]) => storeKey(server.database, scopes, more);
const codes = (errors: Json[] | undefined) => errors?.map(({ extensions }) => extensions.code);

const everywhere = Object.entries(transports);

describe.each(everywhere)('over %s', (transport, ask) => {
  const as = (authorization: string | undefined, query: string, variables?: Json) =>
    ask(server.url, authorization, query, variables);

  test('reading is open to all, with a key or without', async () => {
    const data = { partnership: { dutch: { name: 'Rotterdam' } } };
    expect(await as(undefined, READ)).toEqual({ data });
    // As the example of Apollo Client sends it for a visitor.
    expect(await as('', READ)).toEqual({ data });
    expect(await as(bearer(await key(['exchange:write'])), READ)).toEqual({ data });
  });

  test('viewer says who you are', async () => {
    const anonymous = { kind: 'ANONYMOUS', name: 'anonymous', actor: 'anonymous', scopes: [], expiresAt: null };
    expect(await as(undefined, VIEWER)).toEqual({ data: { viewer: anonymous } });
    const admin = { kind: 'ADMIN_KEY', name: 'ADMIN_KEY', actor: 'admin', scopes: ['register:admin'], expiresAt: null };
    expect(await as(bearer(ADMIN_KEY), VIEWER)).toEqual({ data: { viewer: admin } });
    const expiresAt = new Date(Date.now() + 60_000);
    const text = await key(['exchange:write', 'programme:write'], { name: 'The museum', expiresAt });
    const viewer = { kind: 'KEY', name: 'The museum', actor: `key:${keyId(text)}`, expiresAt: expiresAt.toISOString() };
    expect(await as(bearer(text), VIEWER)).toEqual({
      data: { viewer: { ...viewer, scopes: ['exchange:write', 'programme:write'] } },
    });
    expect((await as(`bearer   ${text}`, VIEWER)).data.viewer).toMatchObject(viewer);
  });

  test('keys that open nothing are refused alike, also for reading', async () => {
    const good = await key(['register:admin']);
    const other = await key(['register:admin']);
    const past = new Date(Date.now() - 1);
    // A secret may contain the separator.
    const [, id, secret] = /^stedenband_(\w{12})_(.+)$/.exec(good) as unknown as [string, string, string];
    const wrong = [
      `stedenband_${id}_${other.slice(-43)}`,
      `stedenband_000000000000_${secret}`,
      good.slice(0, -1),
      `${good}A`,
      good.replace('stedenband', 'Stedenband'),
      secret,
      id,
      await key(['register:admin'], { expiresAt: past }),
      await key(['register:admin'], { revokedAt: past }),
      await key(['register:admin'], { revokedAt: past, expiresAt: new Date(Date.now() + 60_000) }),
      ADMIN_KEY.slice(0, -1),
      `${ADMIN_KEY}x`,
      'x',
      'a.b.c',
      "'or'1'='1",
    ];
    for (const text of wrong) {
      const { refused, data, errors } = await as(bearer(text), READ);
      const which = { key: text, refused, data };
      if (transport === 'WebSocket') expect(which).toEqual({ key: text, refused: 4403, data: undefined });
      else {
        expect(which).toEqual({ key: text, refused: 401, data: undefined });
        const message = 'The key is not valid: wrong, expired or revoked.';
        expect(errors).toEqual([{ message, extensions: expect.objectContaining({ code: 'UNAUTHENTICATED' }) }]);
      }
    }
  });

  test('a header that is no bearer’s is refused', async () => {
    const good = await key(['register:admin']);
    for (const header of [
      'Bearer',
      'Bearer ',
      good,
      `Basic ${good}`,
      `Bearer ${good} x`,
      `Bearer ${good},`,
      `Token ${good}`,
    ]) {
      const { refused, errors } = await as(header, READ);
      if (transport === 'WebSocket') expect([header, refused]).toEqual([header, 4403]);
      else expect([header, refused, codes(errors)]).toEqual([header, 401, ['UNAUTHENTICATED']]);
    }
  });

  const RECORD = 'recordOrganisation(input: { kind: MINISTRY, names: { en: "Not allowed" } }) { change { cursor } }';
  const END =
    'endPartnership(input: { id: "tie-rotterdam-shanghai", expectedVersion: 1, since: "2025", reason: "x" }) { change { cursor } }';
  const documents: [what: string, query: string][] = [
    ['after one that is', `mutation { ${RECORD} ${END} }`],
    ['before one that is', `mutation { ${END} ${RECORD} }`],
    ['under an alias', `mutation { ${RECORD} recordExchange: ${END} }`],
    ['in a fragment', `mutation { ${RECORD} ...F } fragment F on Mutation { ${END} }`],
    [
      'in a fragment in a fragment',
      `mutation { ${RECORD} ...F } fragment F on Mutation { ...G } fragment G on Mutation { ... { ${END} } }`,
    ],
    ['in an inline fragment', `mutation { ${RECORD} ... on Mutation { ${END} } }`],
    ['under @include', `mutation { ${RECORD} ${END.replace(') {', ') @include(if: true) {')} }`],
    ['under @include of a variable', `mutation($yes: Boolean = true) { ${RECORD} ... @include(if: $yes) { ${END} } }`],
  ];
  test.each(documents)('a field that is not allowed %s keeps all of the document from running', async (_, query) => {
    const before = await fingerprint(server.database);
    const { data, errors } = await as(bearer(await key(['organisation:write'])), query);
    expect(data).toBeUndefined();
    expect(codes(errors)).toEqual(['FORBIDDEN']);
    expect(errors?.[0].message).toBe(
      'endPartnership needs the scope partnership:write; this key has organisation:write.',
    );
    const anonymous = await as(undefined, query);
    expect([anonymous.data, codes(anonymous.errors)]).toEqual([undefined, ['UNAUTHENTICATED']]);
    const { access_key: _now, ...after } = await fingerprint(server.database);
    expect(after).toEqual({ ...before, access_key: undefined });
  });
});

test('without a key a mutation answers 401, with one that lacks the scope 403', async () => {
  const query = 'mutation { recordOrganisation(input: { kind: MINISTRY, names: { en: "A" } }) { change { cursor } } }';
  for (const ask of [transports.HTTP, transports.SSE]) {
    expect(await ask(server.url, undefined, query)).toMatchObject({ refused: 401 });
    expect(await ask(server.url, bearer(await key(['exchange:write'])), query)).toMatchObject({ refused: 403 });
  }
});

test('each 401 has the challenge that HTTP requires, without which a client of Java shows no answer', async () => {
  const headers = { 'content-type': 'application/json', 'apollo-require-preflight': '1' };
  const mutation = 'mutation { withdrawExchange(input: { id: "exch-x", expectedVersion: 1 }) { __typename } }';
  const search = `?${new URLSearchParams({ query: '{ webhooks { id } }' })}`;
  const wrong = { headers: { ...headers, authorization: 'Bearer wrong' } };
  const unnamed = { method: 'POST', headers, body: JSON.stringify({ query: mutation }) };
  const refused: [path: string, request: RequestInit][] = [
    ['/graphql', wrong],
    ['/graphql', unnamed],
    [`/graphql${search}`, { headers }],
    ['/graphql/stream', wrong],
    ['/graphql/stream', unnamed],
    ['/export/partnerships.csv', wrong],
  ];
  for (const [path, request] of refused) {
    const response = await fetch(server.url + path, request);
    const challenge = response.headers.get('www-authenticate');
    expect([path, response.status, challenge]).toEqual([path, 401, 'Bearer realm="stedenband"']);
  }
});

const scopeOf = (mutation: string): Scope =>
  `${/(authority|partnership|exchange|programme|organisation)/i.exec(mutation)?.[0].toLowerCase()}:write` as Scope;

test.each(calls)('$mutation needs its own scope, or register:admin', async ({ mutation, input }) => {
  const own = scopeOf(mutation);
  const variables = { input: { ...input, dryRun: true } };
  const ask = (scopes: Scope[]) =>
    key(scopes).then(text => transports.HTTP(server.url, bearer(text), brief(mutation), variables));
  const others = SCOPES.filter(scope => scope !== own && scope !== 'register:admin');
  const { errors } = await ask(others);
  expect(errors).toEqual([
    {
      message: `${mutation} needs the scope ${own}; this key has ${others.join(', ')}.`,
      extensions: expect.objectContaining({ code: 'FORBIDDEN', rule: 'SCOPE_MISSING' }),
    },
  ]);
  expect((await ask([own])).data[mutation]).toBeDefined();
  expect((await ask(['register:admin'])).data[mutation]).toBeDefined();
});

test('redactField needs register:admin: no other scope suffices', async () => {
  const query = `mutation { redactField(input: { id: "org-vng", field: "notes", reason: "AVG", dryRun: true }) {
    changes { cursor } userErrors { message } } }`;
  const others = SCOPES.filter(scope => scope !== 'register:admin');
  expect(await transports.HTTP(server.url, undefined, query)).toMatchObject({ refused: 401 });
  const { refused, errors } = await transports.HTTP(server.url, bearer(await key(others)), query);
  expect([refused, errors?.[0].extensions.rule]).toEqual([403, 'SCOPE_MISSING']);
  const { data } = await transports.HTTP(server.url, bearer(await key(['register:admin'])), query);
  expect(data).toEqual({ redactField: { changes: [], userErrors: [] } });
});

test('the change log names who wrote', async () => {
  const text = await key(['organisation:write']);
  const query =
    'mutation { recordOrganisation(input: { kind: MINISTRY, names: { en: "By key" } }) { change { actor } } }';
  const { data } = await transports.HTTP(server.url, bearer(text), query);
  expect(data.recordOrganisation.change).toEqual({ actor: `key:${keyId(text)}` });
});

test('a key in the address is never taken', async () => {
  const text = await key(['register:admin']);
  const query = encodeURIComponent('{ viewer { kind } }');
  const names = ['authorization', 'Authorization', 'key', 'apiKey', 'api_key', 'token', 'access_token', 'bearer'];
  for (const path of ['/graphql', '/graphql/stream']) {
    for (const name of names) {
      for (const value of [text, `Bearer ${text}`]) {
        const address = `${server.url}${path}?query=${query}&${name}=${encodeURIComponent(value)}`;
        const response = await fetch(address, {
          headers: {
            'apollo-require-preflight': '1',
            accept: path.endsWith('m') ? 'text/event-stream' : 'application/json',
          },
        });
        expect(await response.text()).toContain('ANONYMOUS');
      }
    }
  }
});

describe('a WebSocket', () => {
  test('also takes the header of its request; connectionParams come first', async () => {
    const [first, two] = [await key(['exchange:write']), await key(['programme:write'])];
    const viewer = async (params: Json, header: string) => {
      const socket = new Socket(server.url, params, { authorization: `Bearer ${header}` });
      expect(await socket.ready).toBe(true);
      socket.subscribe('{ viewer { actor } }');
      const { payload } = await socket.next();
      socket.close();
      return payload.data.viewer.actor;
    };
    expect(await viewer(undefined, first)).toBe(`key:${keyId(first)}`);
    for (const name of ['authorization', 'Authorization', 'AUTHORIZATION'])
      expect(await viewer({ [name]: `Bearer ${two}` }, first)).toBe(`key:${keyId(two)}`);
  });

  test.each([[42], [null], [['Bearer x']], [{ key: 'x' }]])(
    'with authorization %j is no other’s',
    async authorization => {
      const socket = new Socket(server.url, { authorization });
      const isOpen = await socket.ready;
      if (authorization === null) expect(isOpen).toBe(true);
      else expect([isOpen, await socket.closed]).toEqual([false, 4403]);
      socket.close();
    },
  );
});

test('a mutation that a GET asks for is refused, whoever asks', async () => {
  const before = await fingerprint(server.database);
  const query = encodeURIComponent(
    'mutation { recordOrganisation(input: { kind: MINISTRY, names: { en: "Get" } }) { change { cursor } } }',
  );
  for (const path of ['/graphql', '/graphql/stream']) {
    const response = await fetch(`${server.url}${path}?query=${query}`, {
      headers: {
        authorization: `Bearer ${ADMIN_KEY}`,
        'apollo-require-preflight': '1',
        accept: path.endsWith('m') ? 'text/event-stream' : 'application/json',
      },
    });
    expect([path, response.status]).toEqual([path, 405]);
  }
  expect(await fingerprint(server.database)).toEqual(before);
});
