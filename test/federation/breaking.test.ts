import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';
import { expect, test } from 'vitest';

/** Breaking changes of the published schema that were meant: the path in it, and why clients are asked to follow. */
const ACCEPTED: Record<string, string> = {};

/** What the graphs of partners lean on: without it they no longer compose with ours. */
const LEANED_ON = /\.@(?:key|shareable)$/;

const isBreaking = ({ criticality, type, path = '' }: Change) =>
  criticality.level === CriticalityLevel.Breaking ||
  (/^DIRECTIVE_USAGE_.*_REMOVED$/.test(type) && LEANED_ON.test(path));

/** What Federation brings along is defined nowhere in the text. */
const read = (text: string): GraphQLSchema => buildASTSchema(parse(text), { assumeValidSDL: true });

async function breaking(before: string, after: string): Promise<{ path: string; message: string }[]> {
  const changes = await diff(read(before), read(after));
  return changes.filter(isBreaking).map(({ path = '', message }) => ({ path, message }));
}

const git = (...args: string[]) =>
  execFileSync('git', args, { encoding: 'utf8', maxBuffer: 10_000_000, stdio: ['ignore', 'pipe', 'ignore'] });

/** The newest committed text that is not the one of today, so that a commit is held to what came before it. */
function committed(today: string): string {
  const commits = git('log', '--format=%H', '-n', '20', '--', 'schema.graphql').split('\n').filter(Boolean);
  // A clone without history has one text, and there is nothing that it could break.
  return commits.map(commit => git('show', `${commit}:schema.graphql`)).find(text => text !== today) ?? today;
}

test('the published schema breaks no client of the last one, but where it says why', async () => {
  const today = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8');
  const found = await breaking(committed(today), today);
  expect(found.filter(({ path }) => !(path in ACCEPTED))).toEqual([]);
});

test('what breaks a client or a partner is found; what a router is told more is neither', async () => {
  const before = 'type Query { a(b: Int): A c: String } type A @key(fields: "id") @shareable { id: ID }';
  expect(await breaking(before, 'type Query { a(b: Int!): A } type A { id: ID }')).toEqual([
    { path: 'Query.c', message: expect.stringContaining('was removed') },
    { path: 'Query.a.b', message: expect.stringContaining("changed from 'Int' to 'Int!'") },
    { path: 'A.@key', message: expect.stringContaining('was removed') },
    { path: 'A.@shareable', message: expect.stringContaining('was removed') },
  ]);
  const more =
    'type Query @tag(name: "public") { a(b: Int): A c: String @cost(weight: 1) d: Int } type A @key(fields: "id") @key(fields: "code") @shareable { id: ID code: ID }';
  expect(await breaking(before, more)).toEqual([]);
});
