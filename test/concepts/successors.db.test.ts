import { expect, test, vi } from 'vitest';
import { latestPosition } from '../../src/change/log-reader.js';
import { verify } from '../../src/database/verify/verify.js';
import { readAt } from '../../src/graph/sql/moment.js';
import { matchRecords } from '../../src/matching/match-records.js';
import { ADMIN, testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';
import { exportedRows, proposalCalls } from '../support/proposals.js';

vi.setConfig({ testTimeout: 30_000 });

const { ask, database, service } = testApi();
const { submit, apply } = proposalCalls(ask);

const BRIELLE = 'nl-brielle';
const VOORNE = 'nl-voorne-aan-zee';

const REVISE = `mutation($input: ReviseAuthorityInput!) { reviseAuthority(input: $input) {
  authority { version succeededBy { id name } }
  change { fields { field label(language: NL) before after afterLabel(language: ZH) } }
  userErrors { rule path message } } }`;

async function revise(id: string, facts: Json): Promise<Json> {
  const { data } = await ask('query($id: ID!) { authority(id: $id) { version } }', { id });
  const input = { id, expectedVersion: data.authority.version, reason: 'A merger', ...facts };
  const { data: revised, errors } = await ask(REVISE, { input }, ADMIN);
  expect(errors).toBeUndefined();
  return revised.reviseAuthority;
}

test('the initial data name the successor of a merged municipality, and its predecessors', async () => {
  const { data, statements } = await ask(`{ authorities(filter: { succeededBy: { isNull: false } }) {
    nodes { id dissolvedOn succeededBy { id name cited: citations { supports } predecessors { totalCount nodes { id succeededBy { id } } } } } } }`);
  expect(data.authorities.nodes).toMatchObject([
    {
      id: BRIELLE,
      dissolvedOn: '2023-01-01',
      succeededBy: {
        id: VOORNE,
        predecessors: { totalCount: 1, nodes: [{ id: BRIELLE, succeededBy: { id: VOORNE } }] },
      },
    },
  ]);
  const { statements: ofAll } = await ask(`{ authorities(first: 100) {
    nodes { id dissolvedOn succeededBy { id name cited: citations { supports } predecessors { totalCount nodes { id succeededBy { id } } } } } } }`);
  expect(ofAll.length).toBe(statements.length);
  const { data: cited } = await ask(`{ authority(id: "${BRIELLE}") { citations { supports } } }`);
  expect(cited.authority.citations.flatMap(({ supports }: Json) => supports)).toContain('succeededBy');
});

test('the successors of a list take one statement, or two with their predecessors by a variable', async () => {
  const { statements } = await ask('{ authorities(first: 100) { nodes { succeededBy { name } } } }');
  expect(statements).toHaveLength(1);
  const byVariable = `query($n: Int!) { authorities(first: 100) { nodes { predecessors(first: $n) { nodes { id } } } } }`;
  expect((await ask(byVariable, { n: 5 })).statements).toHaveLength(2);
});

test('an authority cannot succeed itself, be its own successor through others, or be of another country', async () => {
  const refused = async (id: string, succeededBy: string) =>
    (await revise(id, { succeededBy })).userErrors.map(({ rule, path }: Json) => [rule, path.at(-1)]);
  expect(await refused(BRIELLE, BRIELLE)).toEqual([['SUCCESSOR_CYCLE', 'succeededBy']]);
  expect(await refused(VOORNE, BRIELLE)).toEqual([['SUCCESSOR_CYCLE', 'succeededBy']]);
  expect(await refused(BRIELLE, 'cn-shanghai')).toEqual([['SUCCESSOR_ABROAD', 'succeededBy']]);
  expect(await refused(BRIELLE, 'nl-atlantis')).toEqual([['REFERENCE_MISSING', 'succeededBy']]);
  const [first, second] = await Promise.all([
    revise('nl-lisse', { succeededBy: 'nl-westland' }),
    revise('nl-westland', { succeededBy: 'nl-lisse' }),
  ]);
  const rules = [first, second].flatMap(({ userErrors }) => userErrors.map(({ rule }: Json) => rule));
  expect(rules).toEqual(['SUCCESSOR_CYCLE']);
  for (const id of ['nl-lisse', 'nl-westland']) await revise(id, { succeededBy: null });
});

test('the database refuses an authority that succeeds itself', async () => {
  const statement = `update authority set succeeded_by_id = id where id = '${BRIELLE}'`;
  await expect(database().em.fork().execute(statement)).rejects.toThrow(/check/);
});

test('a successor is in the log with labels, at past moments, and in the versions', async () => {
  const before = (await latestPosition(database().em.fork())).id;
  const written = await revise('nl-ermelo', { dissolvedOn: '2025-01-01', succeededBy: 'nl-nijmegen' });
  expect(written).toMatchObject({ userErrors: [], authority: { succeededBy: { id: 'nl-nijmegen' } } });
  const logged = written.change.fields.find(({ field }: Json) => field === 'succeededBy');
  expect(logged).toMatchObject({ label: 'Opgevolgd door', before: null, after: 'nl-nijmegen' });
  const document =
    '{ authority(id: "nl-ermelo") { succeededBy { id } } successor: authority(id: "nl-nijmegen") { predecessors { nodes { id } } } }';
  const predecessor = { id: 'nl-ermelo' };
  expect((await ask(document)).data).toEqual({
    authority: { succeededBy: { id: 'nl-nijmegen' } },
    successor: { predecessors: { nodes: [predecessor] } },
  });
  const contextValue = service().context(ADMIN);
  readAt(contextValue.em, before);
  const { body } = await (await service().apollo.get()).executeOperation({ query: document }, { contextValue });
  expect(JSON.parse(JSON.stringify((body as Json).singleResult.data))).toEqual({
    authority: { succeededBy: null },
    successor: { predecessors: { nodes: [] } },
  });
  expect((await verify(database())).differences).toEqual([]);
});

test('an export has it, and proposes it back: unedited nothing, edited the edit', async () => {
  const row = async (): Promise<Json> =>
    (await exportedRows(database(), 'authorities', true)).find(({ id }) => id === BRIELLE) as Json;
  expect(await row()).toMatchObject({ 'succeededBy.id': VOORNE });
  const same = await submit('AUTHORITY', [await row()]);
  expect(same.items.nodes).toMatchObject([{ verdict: 'SAME' }]);
  const edited = await submit('AUTHORITY', [
    { id: 'nl-heerenveen', dissolvedOn: '2026-01-01', 'succeededBy.id': 'nl-leeuwarden' },
  ]);
  expect(edited.items.nodes).toMatchObject([
    {
      verdict: 'REVISE',
      fields: [{ field: 'dissolvedOn' }, { field: 'succeededBy.id', now: null, proposed: 'nl-leeuwarden' }],
    },
  ]);
  expect(await apply(edited)).toMatchObject({ proposal: { state: 'APPLIED' }, userErrors: [] });
  const { data } = await ask('{ authority(id: "nl-leeuwarden") { predecessors { nodes { id } } } }');
  expect(data.authority.predecessors.nodes).toEqual([{ id: 'nl-heerenveen' }]);
});

test('two rows that would make a circle: one is written, the other becomes stale', async () => {
  const circle = await submit('AUTHORITY', [
    { id: 'nl-weert', 'succeededBy.id': 'nl-venlo' },
    { id: 'nl-venlo', 'succeededBy.id': 'nl-weert' },
  ]);
  const { proposal } = await apply(circle);
  expect(proposal.counts).toMatchObject({ revise: 1, stale: 1 });
});

test('a merged municipality is what it was until the day, and its successor from it on', async () => {
  const match = (queries: { name: string; codes?: string[]; on?: string }[]) =>
    matchRecords(
      database().em.fork(),
      queries.map(query => ({ type: 'Authority' as const, ...query })),
    );
  const matches = await match([
    { name: 'Brielle', on: '2022-12-31' },
    { name: 'Brielle', on: '2023-01-01' },
    { name: 'Brielle' },
    { name: 'Brielle', on: '2023' },
    { name: 'Brielle', codes: ['GM0501'], on: '2024' },
    { name: 'Voorne aan Zee', on: '2024' },
  ]);
  expect(matches.map(({ automatic }) => automatic)).toEqual([BRIELLE, VOORNE, undefined, VOORNE, VOORNE, VOORNE]);
  expect(matches[1]?.candidates[0]).toMatchObject({ id: VOORNE, matched: 'Brielle' });
  // Through two mergers.
  await revise(VOORNE, { dissolvedOn: '2025-01-01', succeededBy: 'nl-rotterdam' });
  const later = await match([
    { name: 'Brielle', on: '2024' },
    { name: 'Brielle', on: '2026' },
  ]);
  expect(later.map(({ automatic }) => automatic)).toEqual([VOORNE, 'nl-rotterdam']);
});

test('the side of a row is the authority on the day of its start', async () => {
  const row = (startedOn: string) => ({
    'title.en': `Visit in ${startedOn}`,
    kind: 'CULTURAL',
    status: 'HELD',
    startedOn,
    dutch: 'Brielle',
  });
  const { items } = await submit('EXCHANGE', [row('2020'), row('2023-06')]);
  const sides = items.nodes.map(({ fields }: Json) => fields.find(({ field }: Json) => field === 'dutch.id')?.proposed);
  expect(sides).toEqual([BRIELLE, VOORNE]);
});
