import { readFile } from 'node:fs/promises';
import { buildSchema, isScalarType, isSpecifiedScalarType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scalars } from '../../src/client/scalars.js';
import type { RunningServer } from '../../src/server/serve.js';
import { openTestServer } from '../support/server.js';

const text = await readFile(new URL('../../src/client/schema.graphql', import.meta.url), 'utf8');

let server: RunningServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.close());

test('buildSchema accepts the schema for clients, which has nothing of Federation', () => {
  const schema = buildSchema(text);
  const names = Object.keys(schema.getTypeMap()).filter(name => !name.startsWith('__'));
  expect(names.filter(name => name.startsWith('_'))).toEqual([]);
  expect(Object.keys(schema.getQueryType()?.getFields() ?? {}).filter(name => name.startsWith('_'))).toEqual([]);
  expect(text).not.toMatch(/@(?:key|link|shareable|cost|tag)\b/);
});

test('every scalar has a type for code generators', () => {
  const custom = Object.values(buildSchema(text).getTypeMap()).filter(
    type => isScalarType(type) && !isSpecifiedScalarType(type),
  );
  expect(Object.keys(scalars)).toEqual(custom.map(({ name }) => name).sort());
});

test('GET /schema.graphql returns the schema for clients, with an ETag', async () => {
  const response = await fetch(`${server.url}/schema.graphql`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(text.slice(text.indexOf('\n\n') + 2)).toBe(`${await response.text()}\n`);
  const again = await fetch(`${server.url}/schema.graphql`, {
    headers: { 'if-none-match': response.headers.get('etag') ?? '' },
  });
  expect(again.status).toBe(304);
});
