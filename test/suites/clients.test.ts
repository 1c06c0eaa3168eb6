import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { Client, type ClientOptions, cacheExchange, fetchExchange, subscriptionExchange } from '@urql/core';
import { buildSchema, type DocumentNode, OperationTypeNode, print } from 'graphql';
import { GraphQLClient } from 'graphql-request';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { RunningServer } from '../../src/server/serve.js';
import type { Json } from '../support/calls.js';
import { KEY, latest } from '../support/feed.js';
import { openTestServer } from '../support/server.js';
import { clientSchema } from './schema.js';

// `relay.test.ts` tests Relay's runtime, with documents compiled by its compiler.

let server: RunningServer;
beforeAll(async () => {
  server = await openTestServer({ access: { adminKey: KEY } });
});
afterAll(() => server?.close());

const QUERY = gql`query Tie($id: ID!) { partnership(id: $id) { id startedOn dutch { id name(language: NL) } } }`;
const TIE = { id: 'tie-rotterdam-shanghai' };
const ROTTERDAM = { id: 'tie-rotterdam-shanghai', startedOn: '1979', dutch: { id: 'nl-rotterdam', name: 'Rotterdam' } };
const MUTATION = gql`mutation Record($input: RecordOrganisationInput!) {
  recordOrganisation(input: $input) { organisation { id version } userErrors { code } }
}`;
const SUBSCRIPTION = gql`subscription Follow($after: ChangeCursor) { changes(after: $after) { kind subjectId } }`;
const headers = { authorization: `Bearer ${KEY}` };
const url = () => `${server.url}/graphql`;

/** Adapter of a client library that is set up as documented. */
interface ClientAdapter {
  query(document: DocumentNode, variables: Json): Promise<Json>;
  mutate(document: DocumentNode, variables: Json): Promise<Json>;
  /** Returns the data of the first event of a subscription. */
  first?(document: DocumentNode, variables: Json): Promise<Json>;
}

function socket() {
  const client = createClient({
    url: url().replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: headers,
  });
  onTestFinished(async () => void (await client.dispose()));
  return client;
}

function apolloClient(): ClientAdapter {
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(socket()),
      new HttpLink({ uri: url(), headers }),
    ),
  });
  onTestFinished(() => client.stop());
  const data = ({ data, error }: Json) => {
    if (error) throw error;
    return data;
  };
  return {
    query: (query, variables) => client.query({ query, variables }).then(data),
    mutate: (mutation, variables) => client.mutate({ mutation, variables }).then(data),
    first: (query, variables) =>
      new Promise((resolve, reject) => {
        const events = client.subscribe({ query, variables });
        const subscription = events.subscribe({ next: result => resolve(data(result)), error: reject });
        onTestFinished(() => subscription.unsubscribe());
      }),
  };
}

function urql(options: Partial<ClientOptions> = { preferGetMethod: false }): ClientAdapter {
  const webSocket = socket();
  const client = new Client({
    url: url(),
    fetchOptions: { headers },
    exchanges: [
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: sink => ({
            unsubscribe: webSocket.subscribe({ query: query ?? '', variables: variables ?? {} }, sink as Json),
          }),
        }),
      }),
    ],
    ...options,
  });
  const data = ({ data, error }: Json) => {
    if (error) throw error;
    return data;
  };
  return {
    query: (document, variables) => client.query(document, variables).toPromise().then(data),
    mutate: (document, variables) => client.mutation(document, variables).toPromise().then(data),
    first: (document, variables) =>
      new Promise((resolve, reject) => {
        const { unsubscribe } = client.subscription(document, variables).subscribe(result => {
          if (result.error) reject(result.error);
          else resolve(result.data);
        });
        onTestFinished(unsubscribe);
      }),
  };
}

function graphqlRequest(): ClientAdapter {
  const client = new GraphQLClient(url(), { headers });
  const request = (document: DocumentNode, variables: Json) => client.request<Json>(document, variables);
  return { query: request, mutate: request };
}

function graphqlWs(): ClientAdapter {
  const client = socket();
  const first = async (document: DocumentNode, variables: Json) => {
    const results = client.iterate<Json>({ query: print(document), variables });
    onTestFinished(async () => void (await results.return?.()));
    const { value } = await results.next();
    if (value.errors) throw new Error(JSON.stringify(value.errors));
    return value.data;
  };
  return { query: first, mutate: first, first };
}

const CLIENTS = {
  'Apollo Client': apolloClient,
  urql: () => urql(),
  'graphql-request': graphqlRequest,
  'graphql-ws': graphqlWs,
};

test.each(Object.entries(CLIENTS))('%s sends queries, mutations and subscriptions', async (name, open) => {
  const client = open();
  expect(await client.query(QUERY, TIE)).toMatchObject({ partnership: ROTTERDAM });
  const after = await latest(server.url);
  const event = client.first?.(SUBSCRIPTION, { after });
  const id = `org-by-${name.toLowerCase().replace(' ', '-')}`;
  expect(await client.mutate(MUTATION, { input: { kind: 'MINISTRY', names: { en: `By ${name}` } } })).toMatchObject({
    recordOrganisation: { organisation: { id, version: 1 }, userErrors: [] },
  });
  if (event) expect(await event).toMatchObject({ changes: { kind: 'RECORDED', subjectId: id } });
});

test('a rejected query reaches the program as a GraphQL error, with its code', async () => {
  const invalid = gql`{ organisations(first: 1000) { totalCount } }`;
  for (const open of Object.values(CLIENTS)) {
    const error = await open()
      .query(invalid, {})
      .catch((reason: Json) => reason);
    const code =
      error.graphQLErrors?.[0] ?? error.errors?.[0] ?? error.response?.errors[0] ?? JSON.parse(error.message)[0];
    expect(code.extensions.code).toBe('BAD_USER_INPUT');
  }
});

test('urql sends a short query with GET, which is rejected without the header that the README names', async () => {
  await expect(urql({}).query(QUERY, TIE)).rejects.toThrow(/CSRF/);
  const options = { fetchOptions: { headers: { 'apollo-require-preflight': '1' } } };
  expect(await urql(options).query(QUERY, TIE)).toMatchObject({ partnership: ROTTERDAM });
});

/** Python interpreter with graphql-core, if installed: Debian's package is python3-graphql-core. */
const python = ['/usr/bin/python3', 'python3'].find(
  command => spawnSync(command, ['-c', 'import graphql']).status === 0,
);

test.skipIf(!python)(
  'Python’s graphql-core reads the introspection (skipped without python3-graphql-core)',
  async () => {
    const script = fileURLToPath(new URL('introspect.py', import.meta.url));
    const { stdout } = await promisify(execFile)(python as string, [script, url()]);
    const { types, errors, answer, printed } = JSON.parse(stdout);
    const ours = Object.keys(buildSchema(await clientSchema()).getTypeMap()).filter(name => !name.startsWith('__'));
    expect(types).toEqual(expect.arrayContaining(ours));
    expect([errors, answer]).toEqual([[], { partnership: { startedOn: '1979', dutch: { name: 'Rotterdam' } } }]);
    expect(printed).toBeGreaterThan(50_000);
  },
);
