import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Kind, parse, print } from 'graphql';
import { createClient } from 'graphql-ws';
import {
  ConnectionHandler,
  commitMutation,
  Environment,
  fetchQuery,
  type GraphQLTaggedNode,
  Network,
  Observable,
  RecordSource,
  requestSubscription,
  Store,
} from 'relay-runtime';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { RunningServer } from '../../src/server/serve.js';
import type { Json } from '../support/calls.js';
import { KEY, latest } from '../support/feed.js';
import { openTestServer } from '../support/server.js';
import { clientSchema } from './schema.js';

const compiler = createRequire(import.meta.url).resolve('relay-compiler/cli.js');
const documents = fileURLToPath(new URL('relay', import.meta.url));
const folders: string[] = [];
let schema: string;
let server: RunningServer;
let compiled: Awaited<ReturnType<typeof compile>>;

/** Compiles the documents of `relay/register.js` against a schema, in a temporary folder. */
async function compile(sdl: string) {
  const folder = await mkdtemp(join(tmpdir(), 'stedenband-relay-'));
  folders.push(folder);
  await cp(documents, folder, { recursive: true });
  await writeFile(join(folder, 'schema.graphql'), sdl);
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, 'relay.config.json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { folder, status, output: stdout + stderr };
}

/** Returns a compiled operation by name. */
const operation = async (name: string): Promise<GraphQLTaggedNode> =>
  (await import(pathToFileURL(join(compiled.folder, '__generated__', `${name}.graphql.js`)).href)).default;

beforeAll(async () => {
  schema = await clientSchema();
  server = await openTestServer({ access: { adminKey: KEY } });
  compiled = await compile(schema);
});
afterAll(async () => {
  await server?.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

test('relay-compiler compiles the documents of a front end', () => {
  expect(compiled.output).toMatch(/compiled documents: 12 reader, 8 normalization, 15 operation text/);
  expect(compiled.status).toBe(0);
});

test.each([
  ['PageInfo', 'endCursor', "'pageInfo { endCursor }' field that returns a scalar"],
  ['Query', 'node', 'node'],
  ['PartnershipEdge', 'cursor', "'edges { cursor }' field that returns a scalar"],
  ['PartnershipConnection', 'pageInfo', "'pageInfo' field that returns an object"],
])('relay-compiler reports an error if %s has no %s', async (type, field, message) => {
  const definitions = parse(schema).definitions.map(definition =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === type
      ? { ...definition, fields: definition.fields?.filter(({ name }) => name.value !== field) ?? [] }
      : definition,
  );
  const { status, output } = await compile(print({ kind: Kind.DOCUMENT, definitions }));
  expect(output).toContain(message);
  expect(status).not.toBe(0);
});

/** Returns a Relay environment over HTTP and WebSocket, as a front end sets it up. */
function createEnvironment(): Environment {
  const client = createClient({ url: `${server.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
  onTestFinished(async () => void (await client.dispose()));
  return new Environment({
    store: new Store(new RecordSource()),
    network: Network.create(
      async ({ text }, variables) => {
        const response = await fetch(`${server.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
          body: JSON.stringify({ query: text, variables }),
        });
        return (await response.json()) as Json;
      },
      ({ text }, variables) =>
        Observable.create<Json>(sink => client.subscribe({ query: text ?? '', variables }, sink as Json)),
    ),
  });
}

test('relay-runtime queries a connection and its next page', async () => {
  const environment = createEnvironment();
  const filter = { activeOn: '2020-01-01' };
  /** Returns the connection in Relay's store. */
  const storedConnection = () => {
    const stored: Json = {};
    environment.commitUpdate(store => {
      const connection = ConnectionHandler.getConnection(store.getRoot(), 'register_partnerships', { filter });
      stored.ids = connection?.getLinkedRecords('edges')?.map(edge => edge?.getLinkedRecord('node')?.getValue('id'));
      stored.endCursor = connection?.getLinkedRecord('pageInfo')?.getValue('endCursor');
    });
    return stored;
  };
  await fetchQuery(environment, await operation('registerQuery'), { filter }).toPromise();
  expect(storedConnection().ids).toEqual(['tie-rotterdam-shanghai', 'tie-eindhoven-nanjing']);
  const next = { filter, first: 2, after: storedConnection().endCursor };
  await fetchQuery(environment, await operation('registerPartnershipsPage'), next).toPromise();
  expect(storedConnection().ids).toHaveLength(4);
  expect(new Set(storedConnection().ids).size).toBe(4);
});

test('relay-runtime refetches a record by id', async () => {
  const refetch = await operation('registerTieAgain');
  const environment = createEnvironment();
  await fetchQuery(environment, refetch, { id: 'tie-rotterdam-shanghai', last: 1 }).toPromise();
  expect(environment.getStore().getSource().get('tie-rotterdam-shanghai')).toMatchObject({ startedOn: '1979' });
});

test('relay-runtime sends mutations and subscriptions', async () => {
  const environment = createEnvironment();
  const [record, follow] = [await operation('registerRecordMutation'), await operation('registerSubscription')];
  const variables = { after: await latest(server.url) };
  const received = new Promise<Json>((onNext, onError) => {
    requestSubscription(environment, { subscription: follow, variables, onNext, onError });
  });
  const written = new Promise<Json>((onCompleted, onError) => {
    const variables = { input: { kind: 'MINISTRY', names: { en: 'By Relay' } }, connections: [] };
    commitMutation(environment, { mutation: record, variables, onCompleted, onError });
  });
  expect(await written).toMatchObject({
    recordOrganisation: { organisation: { id: 'org-by-relay', version: 1 }, userErrors: [] },
  });
  expect(await received).toMatchObject({
    changes: { kind: 'RECORDED', subjectId: 'org-by-relay', subject: { id: 'org-by-relay' } },
  });
});
