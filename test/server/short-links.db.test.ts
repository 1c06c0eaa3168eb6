import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AddressState, writeAddress } from '../../src/graphiql/address.js';
import { MAX_LINKS_PER_HOUR } from '../../src/limits/hourly-limiter.js';
import { checkState, hashOf, MAX_STATE_LENGTH } from '../../src/server/links/short-link.js';
import { readLink, storeLink } from '../../src/server/links/store.js';
import { type AccessServer, openAccessServer, storeKey } from '../support/access.js';

let server: AccessServer;
let key: string;

beforeAll(async () => {
  server = await openAccessServer();
  key = await storeKey(server.database, []);
}, 60_000);
afterAll(() => server?.close());

const STATE = '#question=TiesOnADay&variables=%7B%22on%22:%222010-01-01%22%7D&view=map&map.hidden=ENDED&language=nl';

interface Made {
  status: number;
  headers: Headers;
  body: {
    path?: string;
    errors?: { message: string; extensions: { code: string; rule: string; retryAfter?: number } }[];
  };
}

async function make(state: unknown, headers: Record<string, string> = {}): Promise<Made> {
  const response = await fetch(`${server.url}/s`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
    body: JSON.stringify({ state }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Made['body'] };
}

const withKey = (state: unknown) => make(state, { authorization: `Bearer ${key}` });
const follow = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/${path}`, { redirect: 'manual', headers });

test('a link is made once for a state, and leads to the desk with it, also below the prefix of a proxy', async () => {
  const first = await withKey(STATE);
  expect([first.status, first.headers.get('cache-control')]).toEqual([201, 'no-store']);
  const { path = '' } = first.body;
  expect(path).toMatch(/^s\/[\w-]{16}$/);
  expect(first.headers.get('location')).toBe(path);
  expect((await withKey(STATE)).status).toBe(200);

  const answer = await follow(path);
  expect([answer.status, answer.headers.get('location')]).toEqual([302, `../graphql${STATE}`]);
  const target = new URL(answer.headers.get('location') ?? '', `${server.url}/nl/register/${path}`);
  expect(target.href).toBe(`${server.url}/nl/register/graphql${STATE}`);
  expect((await fetch(`${server.url}/${path}`, { method: 'HEAD', redirect: 'manual' })).status).toBe(302);
});

test('a link holds every parameter that the desk writes into its address', () => {
  const state: Required<AddressState> = {
    question: 'TiesOnADay',
    query: '{ partnerships { totalCount } }',
    variables: '{"name":"南京"}',
    operationName: 'A',
    view: 'map',
    language: 'zh',
    knownAt: '2026-01-01T00:00:00Z',
    settings: new Map([['table.list-1.filter', 'a&b=c#d']]),
  };
  const fragment = writeAddress(state);
  expect(checkState({ state: fragment })).toBe(fragment);
});

test.each([
  ['another site', 'https://example.org/#question=EarliestTie'],
  ['another path', '/../evil#question=EarliestTie'],
  ['a network path', '//example.org#question=EarliestTie'],
  ['a header', '#question=EarliestTie\r\nSet-Cookie: a=b'],
  ['a second fragment', '#question=EarliestTie#query=x'],
  ['a parameter of no page', '#redirect=https://example.org'],
  ['a parameter without a value', '#question'],
  ['an escape that is none', '#%zz.a=b'],
  ['text that is not escaped', '#question=南京'],
  ['nothing', '#'],
])('a link never holds %s', async (_, state) => {
  const { status, body } = await withKey(state);
  expect([status, body.errors?.[0]?.extensions]).toMatchObject([
    400,
    { code: 'BAD_USER_INPUT', rule: 'SHORT_LINK_STATE' },
  ]);
});

test('what is no state, or too long a one, is refused with the rule, and 16 kB are stored', async () => {
  for (const state of [undefined, 7, ['#question=EarliestTie']])
    expect((await withKey(state)).body.errors?.[0]?.extensions.rule).toBe('SHORT_LINK_BODY');
  const asForm = await fetch(`${server.url}/s`, { method: 'POST', body: `state=${STATE}` });
  expect(asForm.status).toBe(400);
  const headers = { 'content-type': 'application/json' };
  const cut = await fetch(`${server.url}/s`, { method: 'POST', headers, body: '{"state":"#question' });
  expect([cut.status, ((await cut.json()) as Made['body']).errors?.[0]?.extensions.rule]).toEqual([
    400,
    'BODY_NOT_JSON',
  ]);
  const longest = '#query='.padEnd(MAX_STATE_LENGTH, 'x');
  const long = await withKey(`${longest}x`);
  expect(long.body.errors?.[0]?.message).toBe(
    `state has ${MAX_STATE_LENGTH + 1} characters; a short link holds at most ${MAX_STATE_LENGTH}. Share the long link.`,
  );
  const { status, body } = await withKey(longest);
  expect(status).toBe(201);
  // Clients and proxies refuse a header of this length.
  const page = await follow(body.path ?? '');
  expect([page.status, page.headers.get('location')]).toEqual([200, null]);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page.headers.get('vary')).toContain('Accept-Language');
  expect(await page.text()).toContain(`<meta http-equiv="refresh" content="0; url=../graphql${longest}">`);
});

test('an unknown link is a page in the language of the reader, or an error', async () => {
  const page = await follow('s/AAAAAAAAAAAAAAAA', { accept: 'text/html', 'accept-language': 'nl' });
  expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  expect(await page.text()).toContain('Geen korte link heet AAAAAAAAAAAAAAAA');
  for (const path of ['s/AAAAAAAAAAAAAAAA', 's/', 's/a%0d%0ab', `s/${'x'.repeat(2_000)}`]) {
    const answer = await follow(path);
    const { errors } = (await answer.json()) as Made['body'];
    expect([answer.status, errors?.[0]?.extensions.code]).toEqual([404, 'NOT_FOUND']);
  }
  expect((await fetch(`${server.url}/s`)).status).toBe(405);
});

test('a page of another site can make no link in the name of its visitor, and embed none', async () => {
  for (const headers of [
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
    { origin: 'https://example.org' },
  ])
    expect((await make(STATE, headers)).status).toBe(403);
  const { path = '' } = (await withKey(STATE)).body;
  // fetch of Node.js replaces these headers.
  const statusFor = async (mode: string, destination: string) => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode, 'sec-fetch-dest': destination };
    const sent = request(`${server.url}/${path}`, { headers }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode;
  };
  expect(await statusFor('no-cors', 'image')).toBe(403);
  expect(await statusFor('navigate', 'iframe')).toBe(403);
  expect(await statusFor('navigate', 'document')).toBe(302);
});

test('without a key a few new links an hour are made from one address; those that exist are always given', async () => {
  const states = Array.from({ length: MAX_LINKS_PER_HOUR + 1 }, (_, i) => `#question=EarliestTie&table.list=t${i}`);
  const made: Made[] = [];
  for (const state of states) made.push(await make(state));
  expect(made.map(({ status }) => status)).toEqual([...Array(MAX_LINKS_PER_HOUR).fill(201), 429]);
  const [refusal] = made.slice(-1);
  expect(refusal?.body.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', rule: 'SHORT_LINK_LIMIT' });
  expect(Number(refusal?.headers.get('retry-after'))).toBeGreaterThan(60);
  expect((await make(states[0])).status).toBe(200);
  expect((await withKey(states.at(-1))).status).toBe(201);
});

test('at the limit the links that were not used for the longest time go, each kind by itself', async () => {
  const { em } = server.database;
  await em.fork().getConnection().execute('delete from short_link');
  const stored = async (state: string, byKey: boolean, limit: number) => {
    await storeLink(em.fork(), hashOf(state), state, byKey, limit);
    return hashOf(state);
  };
  const [old, used, keyed] = [
    await stored('#query=a', false, 2),
    await stored('#query=b', false, 2),
    await stored('#query=k', true, 2),
  ];
  await em.fork().getConnection().execute(`update short_link set used_on = current_date - 9`);
  expect(await readLink(em.fork(), used)).toBe('#query=b');
  const added = await stored('#query=c', false, 2);
  const left = await Promise.all([old, used, keyed, added].map(hash => readLink(em.fork(), hash)));
  expect(left).toEqual([undefined, '#query=b', '#query=k', '#query=c']);
  // A link of an address that a client with a key makes, too, belongs to its kind from then on.
  await stored('#query=b', true, 2);
  await stored('#query=d', false, 1);
  expect(await readLink(em.fork(), used)).toBe('#query=b');
  expect(await readLink(em.fork(), added)).toBeUndefined();
});
