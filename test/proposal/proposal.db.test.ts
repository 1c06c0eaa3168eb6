import { describe, expect, test, vi } from 'vitest';
import type { Identity } from '../../src/access/identity.js';
import { ADMIN, testApi } from '../support/api.js';
import { fingerprint, type Json } from '../support/calls.js';

vi.setConfig({ testTimeout: 30_000 });

const { ask, database } = testApi();

const PROPOSAL = `id state version basis changeSet revertChangeSet
  counts { total create revise same conflict ambiguous unmatched refused stale }
  items(first: 100) { nodes { id number place verdict subjectId subject { id } decision choice isApplied
    fields { field atBasis now proposed isConflict } candidates { id path score node { id } }
    problems { code rule path message } } }`;
const ERRORS = 'userErrors { code rule path message currentVersion }';

/** Calls a mutation of proposals. */
async function call(mutation: string, input: Json, identity: Identity = ADMIN): Promise<Json> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation($input: ${type}!) { ${mutation}(input: $input) { proposal { ${PROPOSAL} } ${ERRORS} } }`;
  const { data, errors } = await ask(document, { input }, identity);
  expect(errors).toBeUndefined();
  return data[mutation];
}

const source = { title: 'List of partnerships', publisher: 'Gemeente Test', url: 'https://example.org/list' };
const submit = (concept: string, rows: Json[], more: Json = {}) =>
  call('submitProposal', { concept, source, rows: rows.map(values => ({ values })), ...more });
const apply = ({ id, basis }: Json, more: Json = {}) => call('applyProposal', { id, expectedBasis: basis, ...more });
const node = async (id: string, fields: string): Promise<Json> =>
  (await ask(`query($id: ID!) { node(id: $id) { ... on Partnership { ${fields} } } }`, { id })).data.node;

const verdicts = ({ items }: Json): string[] => items.nodes.map(({ verdict }: Json) => verdict);

describe('a proposal', () => {
  test('compares, applies as one set of changes with the source, and is all SAME the second time', async () => {
    const rows = [
      { id: 'tie-den-haag-qingdao', notes: 'Notes of a file' },
      { id: 'tie-rotterdam-shanghai', 'dutch.id': 'nl-rotterdam' },
      { 'dutch.id': 'nl-delft', 'chinese.id': 'cn-suzhou', kind: 'EXCHANGE_RELATION', startedOn: '2015' },
      { id: 'tie-nowhere-else', notes: 'x' },
      { id: 'tie-groningen-tianjin', startedOn: 'soon' },
    ];
    const { proposal, userErrors } = await submit('PARTNERSHIP', rows);
    expect(userErrors).toEqual([]);
    console.log(JSON.stringify(proposal, null, 1).slice(0, 6000));
    const applied = await apply(proposal);
    console.log(JSON.stringify(applied, null, 1).slice(0, 3000));
    expect(applied.userErrors).toEqual([]);
  });
});
