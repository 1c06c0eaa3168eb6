import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';
import { expect, test } from 'vitest';

const OWN_TYPES = 'each mutation has an input and a payload type of its own, so that each can grow alone';

/** Intended breaking changes of the published schema: its path, and the reason. */
const ACCEPTED: Record<string, string> = {
  'Change.cursor':
    'a dry run has a change, but no position in the feed: its cursor was refused, or named another change',
  AuthorityPayload: OWN_TYPES,
  ExchangePayload: OWN_TYPES,
  OrganisationPayload: OWN_TYPES,
  PartnershipPayload: OWN_TYPES,
  ProgrammePayload: OWN_TYPES,
  ExistingInput: OWN_TYPES,
  StatusInput: OWN_TYPES,
  ProgrammeLinkInput: OWN_TYPES,
  'Mutation.recordAuthority': OWN_TYPES,
  'Mutation.reviseAuthority': OWN_TYPES,
  'Mutation.recordExchange': OWN_TYPES,
  'Mutation.reviseExchange': OWN_TYPES,
  'Mutation.withdrawExchange': OWN_TYPES,
  'Mutation.withdrawExchange.input': OWN_TYPES,
  'Mutation.recordOrganisation': OWN_TYPES,
  'Mutation.reviseOrganisation': OWN_TYPES,
  'Mutation.recordPartnership': OWN_TYPES,
  'Mutation.revisePartnership': OWN_TYPES,
  'Mutation.markPartnershipDormant': OWN_TYPES,
  'Mutation.markPartnershipDormant.input': OWN_TYPES,
  'Mutation.renewPartnership': OWN_TYPES,
  'Mutation.renewPartnership.input': OWN_TYPES,
  'Mutation.endPartnership': OWN_TYPES,
  'Mutation.endPartnership.input': OWN_TYPES,
  'Mutation.linkPartnershipToProgramme': OWN_TYPES,
  'Mutation.linkPartnershipToProgramme.input': OWN_TYPES,
  'Mutation.unlinkPartnershipFromProgramme': OWN_TYPES,
  'Mutation.unlinkPartnershipFromProgramme.input': OWN_TYPES,
  'Mutation.recordProgramme': OWN_TYPES,
  'Mutation.reviseProgramme': OWN_TYPES,
  'UserError.conflictingFields':
    'called changedFields: it has all fields that changed since, and not only those that conflict',
};

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
  const changes = await breaking(previousSchema(current), current);
  expect(changes.filter(({ path }) => !(path in ACCEPTED))).toEqual([]);
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
