import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../../src/server/serve.js';
import { brief, type Json } from '../support/calls.js';
import { KEY } from '../support/feed.js';
import { openTestServer } from '../support/server.js';

const readme = readFileSync(new URL('../../src/change/README.md', import.meta.url), 'utf8');
const TIE = 'tie-rotterdam-shanghai';

/** The rows of the tables that follow the mark `two clocks`. */
const rows = [...readme.matchAll(/^\| (now|then) \| ([^|]+) \| `(\/graphql[^`]*)` `([^`]+)` \| `(\w+)` \|$/gm)].map(
  ([, moment = '', valid = '', path = '', query = '', answer = '']) => ({ moment, valid, path, query, answer }),
);
const [, differenceQuery = ''] = /<!-- test: difference -->\n```graphql\n(.*?)\n```/s.exec(readme) ?? [];

let server: RunningServer;
let [start, then] = ['', ''];

async function ask(path: string, query: string, variables: Json = {}): Promise<Json> {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

async function write(mutation: string, input: Json): Promise<Json> {
  const { data, errors } = await ask('/graphql', brief(mutation), { input: { id: TIE, ...input } });
  expect([errors, data[mutation].userErrors]).toEqual([undefined, []]);
  return data[mutation].change;
}

beforeAll(async () => {
  server = await openTestServer({ access: { adminKey: KEY } });
  start = (await ask('/graphql', '{ latestChangeCursor }')).data.latestChangeCursor;
  const change = await write('markPartnershipDormant', { expectedVersion: 1, since: '2020', reason: 'No contact' });
  then = change.recordedAt;
  await write('renewPartnership', { expectedVersion: 2, since: '2024', reason: 'A new agreement' });
});
afterAll(() => server?.close());

describe('the four scenarios of the BAG, as the README has them', () => {
  test('are all there', () => {
    expect(rows.map(({ moment, valid }) => `${moment} ${valid}`)).toEqual([
      'now today',
      'now on a day',
      'then today',
      'then on a day',
      'then on a later day',
      'now on the same day',
    ]);
  });

  test.each(rows)('as known $moment, valid $valid: $answer', async ({ path, query, answer }) => {
    const { data, errors } = await ask(path.replace('$THEN', encodeURIComponent(then)), query);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ partnership: { status: answer } });
  });

  test('neither clock moves the other: a filter and a group have both', async () => {
    const query = `{ partnerships(filter: { id: { eq: "${TIE}" }, statusOn: { on: "2022", eq: DORMANT } }) { totalCount }
      partnershipGroups(by: [STATUS], on: "2022", filter: { id: { eq: "${TIE}" } }) { status count } }`;
    const dormant = { partnerships: { totalCount: 1 }, partnershipGroups: [{ status: 'DORMANT', count: 1 }] };
    const active = { partnerships: { totalCount: 0 }, partnershipGroups: [{ status: 'ACTIVE', count: 1 }] };
    expect((await ask('/graphql', query)).data).toEqual(dormant);
    expect((await ask(`/graphql?knownAt=${encodeURIComponent(then)}`, query)).data).toEqual(dormant);
    expect((await ask(`/graphql?knownAt=${start}`, query)).data).toEqual(active);
  });
});

test('the difference of the README has what both changes came to', async () => {
  const { data, errors } = await ask('/graphql', differenceQuery, { from: start });
  expect(errors).toBeUndefined();
  expect(data.difference).toMatchObject({ totalCount: 1, pageInfo: { hasNextPage: false } });
  const [{ kind, fields, changes }] = data.difference.nodes;
  expect(kind).toBe('REVISED');
  expect(changes.map(({ reason }: Json) => reason)).toEqual(['No contact', 'A new agreement']);
  expect(fields.map(({ label }: Json) => label)).toContain('Statusperioden');
  // It was active before, and is active again.
  expect(fields.map(({ label }: Json) => label)).not.toContain('Status');
});
