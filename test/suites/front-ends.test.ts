import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { gql } from '@apollo/client';
import type { RequestParameters, Variables } from 'relay-runtime';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { RunningServer } from '../../src/server/serve.js';
import type { Json } from '../support/calls.js';
import { ask, KEY, latest, until } from '../support/feed.js';
import { openTestServer } from '../support/server.js';
import { createApolloClient } from './front-ends/apollo.js';
import { formatPartialDate } from './front-ends/dates.js';
import { createRelayEnvironment } from './front-ends/relay.js';
import { createUrqlClient } from './front-ends/urql.js';

let server: RunningServer;
beforeAll(async () => {
  server = await openTestServer({ access: { adminKey: KEY } });
});
afterAll(() => server?.close());

const FOLLOW = 'subscription Follow($after: ChangeCursor) { changes(after: $after) { cursor subjectId } }';
const MEET = `query Tie($id: ID!) { partnership(id: $id) { id startedOn } }`;

/** Relays HTTP and sockets to the server, and closes sockets with any code, as the server does at a restart or of a slow client. */
async function openRelay() {
  const sockets = new Set<WebSocket>();
  const relay = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'graphql-transport-ws' });
  await once(relay, 'listening');
  relay.on('connection', socket => {
    sockets.add(socket);
    const upstream = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const opened = once(upstream, 'open');
    socket.on('message', async data => {
      await opened;
      upstream.send(String(data));
    });
    upstream.on('message', data => socket.send(String(data)));
    socket.on('close', () => {
      sockets.delete(socket);
      upstream.terminate();
    });
  });
  onTestFinished(() => relay.close());
  return {
    url: `http://127.0.0.1:${(relay.address() as AddressInfo).port}/graphql`,
    sockets,
    /** Closes all sockets with a code, and waits until they are gone. */
    async disconnect(code: number) {
      for (const socket of sockets) socket.close(code);
      await until('the sockets are closed', () => sockets.size === 0);
    },
  };
}

/** Follows the changes with a client of the chapter; calls back for each, and returns a function that stops it. */
type Follow = (url: string, after: string, onChange: (change: Json) => void) => () => void;

const FOLLOWERS: Record<string, Follow> = {
  apollo: (url, after, onChange) => {
    const client = createApolloClient(url);
    const events = client.subscribe<Json>({ query: gql(FOLLOW), variables: { after } });
    const subscription = events.subscribe({ next: ({ data }) => onChange(data.changes) });
    return () => {
      subscription.unsubscribe();
      client.stop();
    };
  },
  urql: (url, after, onChange) =>
    createUrqlClient(url)
      .subscription(FOLLOW, { after })
      .subscribe(({ data }) => onChange(data.changes)).unsubscribe,
  relay: (url, after, onChange) => {
    const request = { name: 'Follow', operationKind: 'subscription', text: FOLLOW } as unknown as RequestParameters;
    const events = createRelayEnvironment(url)
      .getNetwork()
      .execute(request, { after } as Variables, {});
    const subscription = events.subscribe({ next: (result: Json) => onChange(result.data.changes) });
    return () => subscription.unsubscribe();
  },
};

let versions = 0;
/** Writes a change, and returns the id of its record. */
async function write(): Promise<string> {
  versions += 1;
  const { recordOrganisation } = await ask(
    server.url,
    'mutation($input: RecordOrganisationInput!) { recordOrganisation(input: $input) { organisation { id } } }',
    { input: { kind: 'MINISTRY', names: { en: `Followed ${versions}` } } },
  );
  return recordOrganisation.organisation.id;
}

test.each(
  Object.entries(FOLLOWERS).flatMap(([name, follow]) => [1012, 1013].map(code => [name, code, follow] as const)),
)('%s goes on after the last change when its socket is closed with %i', async (_, code, follow) => {
  const relay = await openRelay();
  const received: string[] = [];
  const stop = follow(relay.url, await latest(server.url), ({ subjectId }) => received.push(subjectId));
  onTestFinished(stop);
  const before = await write();
  await until('the first change has arrived', () => received.length === 1);
  await relay.disconnect(code);
  const meanwhile = await write();
  await until('the missed change has arrived', () => received.length >= 2);
  const after = await write();
  await until('the next change has arrived', () => received.length >= 3);
  expect(received).toEqual([before, meanwhile, after]);
});

test('the clients of the chapter query with a key, and Apollo Client pages through a connection', async () => {
  const url = `${server.url}/graphql`;
  const tie = { id: 'tie-rotterdam-shanghai' };
  const expected = { partnership: { ...tie, startedOn: '1979' } };
  const apollo = createApolloClient(url, KEY);
  onTestFinished(() => apollo.stop());
  expect((await apollo.query({ query: gql(MEET), variables: tie })).data).toMatchObject(expected);
  expect((await createUrqlClient(url, KEY).query(MEET, tie).toPromise()).data).toMatchObject(expected);
  const request = { name: 'Tie', operationKind: 'query', text: MEET } as unknown as RequestParameters;
  const answer = createRelayEnvironment(url, KEY).getNetwork().execute(request, tie, {});
  expect(await answer.toPromise()).toMatchObject({ data: expected });

  const list = gql`query Ties($after: String) {
    partnerships(first: 5, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
  const ties = apollo.watchQuery<Json>({ query: list });
  const subscription = ties.subscribe(() => {});
  onTestFinished(() => subscription.unsubscribe());
  await until('the first page is there', () => ties.getCurrentResult().data !== undefined);
  const { endCursor } = ties.getCurrentResult().data.partnerships.pageInfo;
  await ties.fetchMore({ variables: { after: endCursor } });
  await until('the second page follows the first', () => ties.getCurrentResult().data.partnerships.edges.length === 10);
});

test('Apollo Client shows the scores of each row of a proposal, whose candidates are the same record', async () => {
  const rows = ['Roterdam', 'Stad Roterdam', 'Rotterdam aan de Maas'].map((dutch, index) => ({
    values: { 'title.en': `Visit ${index}`, kind: 'CULTURAL', status: 'HELD', dutch, chinese: 'Shanghai' },
  }));
  const { submitProposal } = await ask(
    server.url,
    'mutation ($input: SubmitProposalInput!) { submitProposal(input: $input) { proposal { id } } }',
    { input: { concept: 'EXCHANGE', source: { title: 'Visits', publisher: 'Rotterdam' }, rows } },
  );
  const { id } = submitProposal.proposal;
  const query = `query ($id: ID!) { proposal(id: $id) { items(first: 3) { nodes { candidates { id score } } } } }`;
  const scores = ({ proposal }: Json): number[] =>
    proposal.items.nodes.map(({ candidates: [candidate] }: Json) => [candidate.id, candidate.score]);
  const expected = scores(await ask(server.url, query, { id }));
  expect(new Set(expected.map(String)).size).toBe(3);
  const apollo = createApolloClient(`${server.url}/graphql`, KEY);
  onTestFinished(() => apollo.stop());
  expect(scores((await apollo.query<Json>({ query: gql(query), variables: { id } })).data)).toEqual(expected);
});

test.each([
  ['1979', '1979', '1979年'],
  ['1979-11', 'november 1979', '1979年11月'],
  ['1979-11-23', '23 november 1979', '1979年11月23日'],
])('a date of any precision is formatted: %s', (date, dutch, chinese) => {
  expect(formatPartialDate(date, 'nl')).toBe(dutch);
  expect(formatPartialDate(date, 'zh')).toBe(chinese);
});

test('the chapter shows the code that is tested here', async () => {
  const chapter = await readFile(new URL('../../src/client/README.md', import.meta.url), 'utf8');
  const folder = new URL('front-ends/', import.meta.url);
  const files = await readdir(folder);
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const code = await readFile(new URL(file, folder), 'utf8');
    expect(chapter, file).toContain(`\`${file}\``);
    expect(chapter, file).toContain(`\`\`\`ts\n${code}\`\`\``);
  }
});
