import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse, print } from 'graphql';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { AsItStood, EarliestTie } from '../../src/client/generated/questions.js';
import { connect, memoryStore, RegisterError } from '../../src/client/index.js';
import type { RunningServer } from '../../src/server/serve.js';
import { ask, KEY, latest } from '../support/feed.js';
import { openForgetfulProxy } from '../support/forgetful-proxy.js';
import { openTestServer } from '../support/server.js';

let server: RunningServer;
let url: string;
beforeAll(async () => {
  server = await openTestServer({ access: { adminKey: KEY } });
  url = `${server.url}/graphql`;
});
afterAll(() => server?.close());

const errorOf = (promise: Promise<unknown>): Promise<RegisterError> =>
  promise.then(
    () => expect.unreachable(),
    error => error,
  );

/** A server that answers everything with one response. */
async function openAnswer(status: number, headers: Record<string, string>, body: string): Promise<string> {
  const answering = createServer((_, response) => response.writeHead(status, headers).end(body));
  answering.listen(0, '127.0.0.1');
  await once(answering, 'listening');
  onTestFinished(() => void answering.close());
  return `http://127.0.0.1:${(answering.address() as AddressInfo).port}/graphql`;
}

test('a document of the questions returns data with the types of its selection', async () => {
  const register = connect({ url });
  const { partnerships } = await register.ask(EarliestTie);
  const [tie] = partnerships?.nodes ?? [];
  expect(tie?.dutch.name).toEqual(expect.any(String));
  const { byStatus } = await register.ask(AsItStood, { on: '2000' });
  expect(byStatus?.map(({ count }) => count).every(Number.isInteger)).toBe(true);
});

test('a document that is a tree needs print', async () => {
  const tree = parse('{ latestChangeCursor }');
  await expect(connect({ url, print: print as never }).ask(tree)).resolves.toEqual({
    latestChangeCursor: await latest(server.url),
  });
  await expect(connect({ url }).ask(tree)).rejects.toThrow('pass `print` of the package graphql');
});

test('an error has the code, the rule and the message of the register, in the language of the connection', async () => {
  const error = await errorOf(connect({ url, language: 'nl' }).ask('{ partnerships(first: 101) { totalCount } }'));
  expect(error).toBeInstanceOf(RegisterError);
  expect(error).toMatchObject({ name: 'RegisterError', code: 'BAD_USER_INPUT' });
  expect(error.message).toMatch(/moet van 1 tot en met 100 zijn/);
  expect(error.errors[0]?.extensions?.rule).toEqual(expect.any(String));
  await expect(connect({ url }).ask('{ nothing }')).rejects.toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
  await expect(connect({ url, key: 'wrong' }).ask(EarliestTie)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('an error of a part comes with the rest of the answer', async () => {
  const error = await errorOf(
    connect({ url }).ask('{ latestChangeCursor partnerships(first: 101) { totalCount } organisations { totalCount } }'),
  );
  expect(error.data).toEqual({
    latestChangeCursor: await latest(server.url),
    partnerships: null,
    organisations: { totalCount: expect.any(Number) },
  });
});

test('a key is asked for with each request', async () => {
  let count = 0;
  const register = connect({
    url,
    key: () => {
      count += 1;
      return KEY;
    },
  });
  expect(await register.ask('{ viewer { name } }')).toEqual({ viewer: { name: 'ADMIN_KEY' } });
  await register.ask('{ viewer { name } }');
  expect(count).toBe(2);
});

test('no answer, and answers of others than the register, have codes of their own', async () => {
  const closed = await openAnswer(200, {}, '');
  await expect(connect({ url: 'http://127.0.0.1:1/graphql' }).ask(EarliestTie)).rejects.toMatchObject({
    code: 'UNREACHABLE',
    cause: expect.any(Error),
  });
  await expect(connect({ url: closed }).ask(EarliestTie)).rejects.toMatchObject({ code: 'UNEXPECTED_RESPONSE' });
  const html = { 'content-type': 'text/html', 'retry-after': '7' };
  const proxy = await openAnswer(502, html, '<h1>Bad gateway</h1>');
  await expect(connect({ url: proxy }).ask(EarliestTie)).rejects.toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    retryAfterSeconds: 7,
  });
  for (const [status, body, code] of [
    [200, '{"data":', 'UNEXPECTED_RESPONSE'],
    [200, 'null', 'UNEXPECTED_RESPONSE'],
    // A gateway that writes JSON of its own while the register restarts: `follow` and `copy` go on.
    [503, '{"message":"upstream"}', 'SERVICE_UNAVAILABLE'],
    [502, '{"errors":[{"message":"upstream"}]}', 'SERVICE_UNAVAILABLE'],
    [429, '{"errors":[{"message":"slower","extensions":null}]}', 'RATE_LIMITED'],
    [400, '{"errors":[{"message":"no"}]}', 'UNEXPECTED_RESPONSE'],
    [504, '{"errors":[{"message":"late","extensions":{"code":"GATEWAY_TIMEOUT"}}]}', 'GATEWAY_TIMEOUT'],
  ] as const) {
    const other = await openAnswer(status, { 'content-type': 'application/json' }, body);
    const error = await errorOf(connect({ url: other }).ask(EarliestTie));
    expect([error.name, error.code]).toEqual(['RegisterError', code]);
  }
});

test('a page of a proxy in place of the feed ends copying', async () => {
  const proxy = await openAnswer(200, { 'content-type': 'text/html' }, '<h1>Sign in</h1>\n<form></form>\n');
  const store = memoryStore();
  await expect(connect({ url: proxy }).copy({ store })).rejects.toMatchObject({ code: 'UNEXPECTED_RESPONSE' });
  await store.replace('0000000003-0123456789abcdef', (async function* () {})());
  await expect(connect({ url: proxy }).copy({ store })).rejects.toMatchObject({ code: 'UNEXPECTED_RESPONSE' });
});

const NOTES = 'query($id: ID!) { partnership(id: $id) { version } }';
const revise = (version: number) =>
  ask(
    server.url,
    `mutation($input: RevisePartnershipInput!) { revisePartnership(input: $input) { userErrors { message } } }`,
    { input: { id: 'tie-delft-jingdezhen', expectedVersion: version, notes: `Version ${version}` } },
  );

test('a moment is an address of its own: it does not see later changes, and its answers are cached', async () => {
  const addresses: string[] = [];
  const register = connect({
    url,
    fetch: (input, init) => {
      addresses.push(String(input));
      return fetch(input, init);
    },
  });
  const variables = { id: 'tie-delft-jingdezhen' } as never;
  const cursor = await latest(server.url);
  const past = register.at(cursor);
  expect(await past.ask(NOTES, variables)).toEqual({ partnership: { version: 1 } });
  await revise(1);
  expect(await register.ask(NOTES, variables)).toEqual({ partnership: { version: 2 } });
  expect(addresses).toEqual([`${url}?knownAt=${cursor}`, url]);
  // A copy of the answer: what a caller does to it reaches no other.
  const cached = (await past.ask(NOTES, variables)) as { partnership: { version: number } };
  cached.partnership.version = 9;
  expect(await past.ask(NOTES, variables)).toEqual({ partnership: { version: 1 } });
  expect(addresses).toHaveLength(2);
  await expect(register.at('yesterday').ask(EarliestTie)).rejects.toMatchObject({ code: 'INVALID_MOMENT' });
});

test('an answer about the client is not cached at a moment: it is as it is now', async () => {
  const keys = [undefined, KEY];
  const past = connect({ url, key: () => keys.shift() as string }).at(await latest(server.url));
  expect(await past.ask('{ viewer { name } }')).toEqual({ viewer: { name: 'anonymous' } });
  expect(await past.ask('{ viewer { name } }')).toEqual({ viewer: { name: 'ADMIN_KEY' } });
});

test('nor is one that shows a client what others do not see', async () => {
  let requests = 0;
  const counting: typeof fetch = (...args) => {
    requests += 1;
    return fetch(...args);
  };
  const past = connect({ url, fetch: counting }).at(await latest(server.url));
  for (const query of ['{ proposals { totalCount } }', '{ changes(last: 1) { nodes { actorName } } }']) {
    requests = 0;
    for (let n = 0; n < 2; n += 1) await past.ask(query);
    expect([query, requests]).toEqual([query, 2]);
  }
});

test('a request ends with its signal also while it waits for its key', async () => {
  const register = connect({ url, key: () => new Promise(() => undefined) });
  const signal = AbortSignal.timeout(50);
  const request = register.ask('{ latestChangeCursor }', {}, { signal });
  await expect(request).rejects.toMatchObject({ code: 'UNREACHABLE', cause: { name: 'TimeoutError' } });
  await expect(register.copy({ store: memoryStore(), signal })).resolves.toBeUndefined();
  const control = new AbortController();
  const copying = register.copy({ store: memoryStore(), signal: control.signal });
  setTimeout(() => control.abort(), 50);
  await expect(copying).resolves.toBeUndefined();
});

test('an answer of the present is not taken for one of the past', async () => {
  const proxy = await openForgetfulProxy(server.url);
  const past = connect({ url: `${proxy}/graphql` }).at(await latest(server.url));
  await expect(past.ask(EarliestTie)).rejects.toMatchObject({ code: 'NOT_OF_THE_MOMENT' });
});
