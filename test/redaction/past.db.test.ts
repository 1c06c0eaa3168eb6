import sql from 'sql-template-tag';
import { expect, test, vi } from 'vitest';
import { ANONYMOUS } from '../../src/access/identity.js';
import { latestPosition } from '../../src/change/log-reader.js';
import { readAt } from '../../src/graph/sql/moment.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { ADMIN, testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';

// On the embedded database a read beside an open transaction would wait for ever.
vi.setConfig({ testTimeout: 20_000 });

const { ask, service } = testApi();
const NAME = 'Jan Zonderling';

async function mutate(mutation: string, input: Json, selection: string): Promise<Json> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation($input: ${type}!) { ${mutation}(input: $input) { ${selection} userErrors { message } } }`;
  const { data, errors } = await ask(document, { input }, ADMIN);
  expect([errors, data?.[mutation].userErrors]).toEqual([undefined, []]);
  return data[mutation];
}

const READ = `query($exchange: ID!, $authority: ID!) {
  exchange(id: $exchange) { version title(language: EN) participants notes label
    citations { source { title publisher url publishedOn } supports } partnership { label notes }
    history(first: 20) { nodes { cursor kind reason fields { field before after } } } }
  authority(id: $authority) { name label names { nl aliases } partnerships { nodes { label } } }
  search(query: "harbour", first: 50) { nodes { __typename ... on Node { id } } }
  changes(last: 20) { nodes { cursor kind reason subjectLabel fields { field before after } } }
}`;

/** Returns the answer as it was known after a change, as text. */
async function at(moment: number, query: string, variables: Json): Promise<string> {
  const context = service().context(ANONYMOUS);
  readAt(context.em, moment);
  const { body } = await (await service().apollo.get()).executeOperation(
    { query, variables },
    { contextValue: context },
  );
  const { data, errors } = (body as Json).singleResult;
  expect(errors).toBeUndefined();
  return JSON.stringify(data);
}

const newest = async () => (await latestPosition(service().fork())).id;
const SEARCH = 'query($query: String!) { search(query: $query, first: 50) { nodes { ... on Node { id } } } }';
const searchAt = (moment: number, query: string) => at(moment, SEARCH, { query });

test('the answers of past moments are as they were, with marks in the place of the name', async () => {
  const moments: number[] = [await newest()];
  const source = { title: `Interview with ${NAME}`, publisher: 'De Krant', url: 'https://krant.example/a' };
  const facts = { kind: 'TECHNICAL', status: 'HELD', startedOn: '2020', dutch: 'nl-rotterdam', chinese: 'cn-shanghai' };
  const exchange = (
    await mutate(
      'recordExchange',
      { ...facts, title: { en: `Harbour of ${NAME}` }, participants: ['TU', NAME], reason: NAME, source },
      'exchange { id }',
    )
  ).exchange.id;
  moments.push(await newest());
  const revisions: Json[] = [
    { notes: `Led by ${NAME}, of the harbour.`, source: { ...source, title: 'Another source' } },
    { title: { en: 'Harbour' }, participants: ['TU'] },
    { notes: 'Led by a person.' },
  ];
  for (const [index, revision] of revisions.entries()) {
    await mutate('reviseExchange', { id: exchange, expectedVersion: index + 1, ...revision }, 'exchange { id }');
    moments.push(await newest());
  }
  const authority = 'nl-rotterdam';
  const { data } = await ask('{ authority(id: "nl-rotterdam") { version names { nl en zh } } }');
  const { version, names } = data.authority;
  const rename = (expectedVersion: number, aliases: string[]) =>
    mutate(
      'reviseAuthority',
      { id: authority, expectedVersion, names: { ...names, aliases } },
      'authority { id partnerships { nodes { id } } }',
    );
  const { partnerships } = (await rename(version, ['Roffa', `Town of ${NAME}`])).authority;
  moments.push(await newest());
  await rename(version + 1, ['Roffa']);
  moments.push(await newest());

  const read = () => Promise.all(moments.map(moment => at(moment, READ, { exchange, authority })));
  const before = await read();
  expect(before.filter(answer => answer.includes(NAME)).length).toBeGreaterThanOrEqual(6);
  const named = moments.at(-2) as number;
  for (const { id } of [...partnerships.nodes, { id: authority }])
    expect(await searchAt(named, 'zonderling')).toContain(`"${id}"`);

  const { changes } = await mutate('redactField', { passage: NAME, reason: 'AVG' }, 'changes { subjectId cursor }');
  expect(changes.map(({ subjectId }: Json) => subjectId)).toEqual([exchange, authority]);
  expect(await read()).toEqual(before.map(answer => answer.replaceAll(NAME, '[redacted]')));
  for (const moment of [...moments, await newest()]) {
    expect(await searchAt(moment, 'zonderling')).toBe('{"search":{"nodes":[]}}');
    // A misspelt word is corrected by the words of the moment.
    expect(await searchAt(moment, 'zonderlimg')).toBe('{"search":{"nodes":[]}}');
  }
  // The rest of its texts is still found as it was.
  expect(await searchAt(moments[2] as number, 'harbour led')).toContain(exchange);
  expect(await searchAt(named, 'roffa')).toContain(authority);
});

test.each([
  ['begins with another of its field', ['Gemeente Delft', 'TU Delft', 'Gemeente Delft, wethouder P. Zonderkop']],
  ['is beside equal ones', ['TU Delft', 'P. Zonderkop', 'P Zonderkop', 'p. zonderkop']],
])('a text that %s leaves the index of past moments, too', async (_, participants) => {
  const facts = { kind: 'CULTURAL', status: 'HELD', startedOn: '2019', dutch: 'nl-delft', chinese: 'cn-shanghai' };
  const { exchange } = await mutate(
    'recordExchange',
    { ...facts, title: { en: `Visit of ${participants.length} guests` }, participants },
    'exchange { id }',
  );
  const moment = await newest();
  expect(await searchAt(moment, 'zonderkop')).toContain(exchange.id);
  await mutate('redactField', { id: exchange.id, field: 'participants', reason: 'AVG' }, 'changes { cursor }');
  expect(await searchAt(moment, 'zonderkop')).toBe('{"search":{"nodes":[]}}');
  const versions = sql`select count(*)::int as count from history.search_document d where d::text ilike '%zonderkop%'`;
  expect(await queryRows(service().fork(), versions)).toEqual([{ count: 0 }]);
});

test('a redacted text stays in the index of past moments where other fields and records have it', async () => {
  const moment = await newest();
  const searched = async (query: string) => JSON.parse(await searchAt(moment, query)).search.nodes;
  const [ofCity, ofSource, ofPast] = [await searched('den haag'), await searched('vng'), await searched('redacted')];
  expect(ofCity.length).toBeGreaterThan(10);
  const id = 'org-vng-international';
  await mutate('redactField', { id, field: 'city', reason: 'AVG' }, 'changes { cursor }');
  await mutate('redactField', { id, field: 'citations', reason: 'AVG' }, 'changes { cursor }');
  expect(await searched('den haag')).toEqual(ofCity.filter((node: Json) => node.id !== id));
  expect(await searched('vng')).toEqual(ofSource);
  expect(await searched('redacted')).toEqual(expect.arrayContaining([...ofPast, { id }]));
  expect(await searched('redacted')).toHaveLength(ofPast.length + 1);
});
