import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DOCUMENT_LIMITS } from '../../src/limits/document-limits.js';
import type { RunningServer } from '../../src/server/serve.js';
import { openTestServer } from '../support/server.js';

let readme: string;
let server: RunningServer;
beforeAll(async () => {
  readme = await readFile(new URL('../../src/limits/README.md', import.meta.url), 'utf8');
  server = await openTestServer();
});
afterAll(() => server?.close());

const block = (language: string) => readme.split(`\`\`\`${language}\n`)[1]?.split('\n```')[0] ?? '';

test('the example has the cost that the README computes', async () => {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: block('graphql') }),
  });
  const { errors, extensions } = (await response.json()) as { errors?: unknown; extensions: object };
  const { cost } = JSON.parse(block('json')).extensions;
  expect(errors).toBeUndefined();
  expect(extensions).toMatchObject({ cost: { estimated: cost.estimated, actual: cost.actual } });
  expect(readme).toContain(`= ${cost.estimated}.`);
});

test('the table lists every limit of a document', () => {
  for (const [limit, maximum] of Object.entries(DOCUMENT_LIMITS)) {
    expect(readme).toContain(`| \`${limit}\` | ${maximum.toLocaleString('en')} |`);
  }
});

test('the example of an operation over the maximum is what the server says', async () => {
  const query = `{ authorities(first: 5) { nodes { partnerships(first: 80) { nodes { exchanges(first: 15) { nodes { id } } } } } } }`;
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { errors } = (await response.json()) as { errors: { extensions: object }[] };
  expect(errors[0]?.extensions).toEqual(JSON.parse(readme.split('```json\n')[2]?.split('\n```')[0] ?? ''));
});
