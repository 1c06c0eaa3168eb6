import { type ApolloClient, gql } from '@apollo/client';
import type { RequestParameters } from 'relay-runtime';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { RunningServer } from '../../src/server/serve.js';
import type { Json } from '../support/calls.js';
import { ask, KEY, latest, until } from '../support/feed.js';
import { openForgetfulProxy } from '../support/forgetful-proxy.js';
import { openTestServer } from '../support/server.js';
import { createApolloClient } from './front-ends/apollo.js';
import { atMoment, createApolloClientAt } from './front-ends/moment.js';
import { createRelayEnvironment } from './front-ends/relay.js';
import { createUrqlClient } from './front-ends/urql.js';

let server: RunningServer;
/** Cursor of the change that wrote the first of three notes. */
let cursor = '';
beforeAll(async () => {
  server = await openTestServer({ access: { adminKey: KEY }, cacheBytes: 1_000_000 });
  await revise('First notes.');
  cursor = await latest(server.url);
  await revise('Second notes.');
});
afterAll(() => server?.close());

const TIE = 'query Tie { partnership(id: "tie-rotterdam-shanghai") { __typename id version notes } }';
/** The same record by another way: a normalising cache stores it once. */
const TIES =
  'query Ties { partnerships(first: 3) { edges { node { __typename id version notes } } pageInfo { hasNextPage endCursor } } }';
const REVISE = `mutation Revise($input: RevisePartnershipInput!) {
  revisePartnership(input: $input) { partnership { __typename id version notes } userErrors { message } }
}`;
const url = () => `${server.url}/graphql`;
const KEY_OF_TIE = 'Partnership:tie-rotterdam-shanghai';

let version = 1;
const revision = (notes: string) => ({
  input: { id: 'tie-rotterdam-shanghai', expectedVersion: version++, notes, reason: 'Two clocks' },
});
const revise = (notes: string) => ask(server.url, REVISE, revision(notes));

/** Watches a query; returns the notes of the record in each result. */
function watch(client: ApolloClient, query: string): string[] {
  const seen: string[] = [];
  const subscription = client.watchQuery<Json>({ query: gql(query) }).subscribe(({ data }) => {
    const tie = data?.partnership ?? data?.partnerships?.edges[0].node;
    if (tie) seen.push(tie.notes);
  });
  onTestFinished(() => subscription.unsubscribe());
  return seen;
}

const cached = (client: ApolloClient) => (client.cache.extract() as Json)[KEY_OF_TIE];

test('two Apollo Clients, one now and one past, in one page do not disturb each other', async () => {
  const now = createApolloClient(url(), KEY);
  const past = createApolloClientAt(url(), cursor);
  onTestFinished(() => {
    now.stop();
    past.stop();
  });
  const seen = { now: watch(now, TIE), past: watch(past, TIE) };
  await until('both have an answer', () => seen.now.length === 1 && seen.past.length === 1);
  expect(seen).toEqual({ now: ['Second notes.'], past: ['First notes.'] });

  // Each asks for the list, which has the same record, at the same time, and again from the network.
  const lists = { now: watch(now, TIES), past: watch(past, TIES) };
  await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      (index % 2 ? now : past).query({ query: gql(TIES), fetchPolicy: 'network-only' }),
    ),
  );
  await until('both have the list', () => lists.now.length > 0 && lists.past.length > 0);
  expect([new Set(lists.now), new Set(lists.past)]).toEqual([new Set(['Second notes.']), new Set(['First notes.'])]);
  expect([cached(now), cached(past)]).toMatchObject([
    { notes: 'Second notes.', version: 3 },
    { notes: 'First notes.', version: 2 },
  ]);

  // A write of the present changes the present everywhere, and the past nowhere.
  await now.mutate({ mutation: gql(REVISE), variables: revision('Third notes.') });
  await until(
    'the present has changed',
    () => seen.now.at(-1) === 'Third notes.' && lists.now.at(-1) === 'Third notes.',
  );
  await past.refetchQueries({ include: 'all' });
  expect([new Set(seen.past), new Set(lists.past)]).toEqual([new Set(['First notes.']), new Set(['First notes.'])]);
  expect([cached(now), cached(past)]).toMatchObject([
    { notes: 'Third notes.', version: 4 },
    { notes: 'First notes.', version: 2 },
  ]);
});

test('a client of the past pages through a list, and can neither write nor follow; a client of now goes on', async () => {
  const now = createApolloClient(url(), KEY);
  const past = createApolloClientAt(url(), cursor);
  onTestFinished(() => {
    now.stop();
    past.stop();
  });
  const list = gql`query Ties($after: String) {
    partnerships(first: 5, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
  const ties = past.watchQuery<Json>({ query: list });
  const subscription = ties.subscribe(() => {});
  onTestFinished(() => subscription.unsubscribe());
  await until('the first page is there', () => ties.getCurrentResult().data !== undefined);
  await ties.fetchMore({ variables: { after: ties.getCurrentResult().data.partnerships.pageInfo.endCursor } });
  await until('the second page follows the first', () => ties.getCurrentResult().data.partnerships.edges.length === 10);

  const write = {
    mutation: gql(REVISE),
    variables: { input: { id: 'tie-oss-taizhou', expectedVersion: 1, notes: 'No' } },
  };
  await expect(past.mutate(write)).rejects.toThrow();
  const events = past.subscribe<Json>({ query: gql`subscription { changes { cursor } }` });
  const refusal = await new Promise<Json>(resolve => {
    const following = events.subscribe({ next: ({ error }) => error && resolve(error), error: resolve });
    onTestFinished(() => following.unsubscribe());
  });
  expect(refusal).toBeDefined();
  expect((await now.query<Json>({ query: gql(TIE) })).data?.partnership.id).toBe('tie-rotterdam-shanghai');
});

test('a client of a moment refuses an answer that does not say of which moment it is', async () => {
  const client = createApolloClientAt(`${await openForgetfulProxy(server.url)}/graphql`, cursor);
  onTestFinished(() => client.stop());
  await expect(client.query({ query: gql(TIE) })).rejects.toThrow('does not say of which moment');
  expect(cached(client)).toBeUndefined();
});

test('urql and Relay read a moment by the same address', async () => {
  const urql = createUrqlClient(atMoment(url(), cursor));
  expect((await urql.query(TIE, {}).toPromise()).data?.partnership.notes).toBe('First notes.');
  const request = { name: 'Tie', operationKind: 'query', text: TIE } as unknown as RequestParameters;
  const network = createRelayEnvironment(atMoment(url(), cursor)).getNetwork();
  const response = (await network.execute(request, {}, {}).toPromise()) as Json;
  expect(response.data.partnership.notes).toBe('First notes.');
});
