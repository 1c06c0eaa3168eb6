import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildASTSchema, type GraphQLSchema, Kind, parse, visit } from 'graphql';
import { expect, test } from 'vitest';

/** Returns the paths of the entries of the newest section of a changelog. */
function acceptedPaths(changelog: string): string[] {
  const [, section = ''] = changelog.split(/^## \d{4}-\d\d-\d\d$/m);
  const cells = [...section.matchAll(/^\|([^|]+)\|/gm)].map(([, cell = '']) => cell);
  return cells.flatMap(cell => [...cell.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path));
}

const isCovered = (path: string, accepted: readonly string[]) =>
  accepted.some(entry => path === entry || path.startsWith(`${entry}.`));

/** Directives that the graphs of partners depend on: without them they no longer compose with ours. */
const COMPOSITION_DIRECTIVES = /\.@(?:key|shareable)$/;

const isBreaking = ({ criticality, type, path = '' }: Change) =>
  criticality.level === CriticalityLevel.Breaking ||
  (/^DIRECTIVE_USAGE_.*_REMOVED$/.test(type) && COMPOSITION_DIRECTIVES.test(path));

/** Parses SDL without validation: the definitions of Federation are not in the text. */
const schemaOf = (text: string): GraphQLSchema => buildASTSchema(parse(text), { assumeValidSDL: true });

async function breaking(before: string, after: string): Promise<{ path: string; message: string }[]> {
  const changes = await diff(schemaOf(before), schemaOf(after));
  return changes.filter(isBreaking).map(({ path = '', message }) => ({ path, message }));
}

const git = (...args: string[]) =>
  execFileSync('git', args, { encoding: 'utf8', maxBuffer: 10_000_000, stdio: ['ignore', 'pipe', 'ignore'] });

/** Returns the newest committed schema that differs from the current one, so that a commit is compared to the previous schema. */
function previousSchema(current: string): string {
  const commits = git('log', '--format=%H', '-n', '20', '--', 'schema.graphql').split('\n').filter(Boolean);
  // A clone without history has one schema, and nothing to compare it with.
  return commits.map(commit => git('show', `${commit}:schema.graphql`)).find(text => text !== current) ?? current;
}

test('the published schema has no breaking changes without a reason', async () => {
  const current = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8');
  const accepted = acceptedPaths(await readFile(new URL('../../src/federation/CHANGELOG.md', import.meta.url), 'utf8'));
  expect(accepted).toContain('Change.cursor');
  const changes = await breaking(previousSchema(current), current);
  expect(changes.filter(({ path }) => !isCovered(path, accepted))).toEqual([]);
});

test('an entry of the changelog covers what lies below it, and no other section counts', () => {
  const accepted = acceptedPaths('## 2027-01-02\n| path |\n| --- |\n| `A.b`, `C` | x |\n## 2026-01-01\n| `D` | y |\n');
  expect(accepted).toEqual(['A.b', 'C']);
  expect(['A.b', 'A.b.c', 'C.d'].every(path => isCovered(path, accepted))).toBe(true);
  expect(['A', 'A.bc', 'D'].some(path => isCovered(path, accepted))).toBe(false);
});

/** Returns the deprecated elements of a schema whose reason does not say since when they may be gone. */
function undatedDeprecations(schema: string): string[] {
  const undated: string[] = [];
  visit(parse(schema), {
    Directive({ name, arguments: args = [] }, _key, _parent, _path, ancestors) {
      const [reason] = args.map(({ value }) => (value.kind === Kind.STRING ? value.value : ''));
      if (name.value !== 'deprecated' || /\bRemoved on or after \d{4}-\d\d-\d\d\.$/.test(reason ?? '')) return;
      undated.push((ancestors.at(-1) as { name?: { value: string } }).name?.value ?? '');
    },
  });
  return undated;
}

test('a deprecation says what to use instead, and since when the element may be gone', async () => {
  expect(undatedDeprecations(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'))).toEqual([]);
  const example = `type A { old: ID @deprecated(reason: "Use id.") id: ID
    older: ID @deprecated(reason: "Use id. Removed on or after 2027-06-01.") oldest: ID @deprecated }`;
  expect(undatedDeprecations(example)).toEqual(['old', 'oldest']);
});

test('changes that break a client or a partner are reported; additional directives for routers are not', async () => {
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
