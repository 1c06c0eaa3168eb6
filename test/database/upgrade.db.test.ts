import { expect, inject, test } from 'vitest';
import { ANONYMOUS } from '../../src/access/identity.js';
import { latestPosition } from '../../src/change/log-reader.js';
import { migrate } from '../../src/database/migrate.js';
import { verify } from '../../src/database/verify/verify.js';
import { readAt } from '../../src/graph/sql/moment.js';
import { testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';
import { removeVersions } from '../support/downgrade.js';
import { questions } from '../support/questions.js';
import { randomNumbers } from '../support/random-document.js';
import { OLDER_MUTATIONS, RandomEditor } from '../support/random-edits.js';

const { database, service } = testApi();
const EDITS = 300;
const MOMENTS = inject('database') === 'pglite' ? 15 : 30;

/** Beside the questions of the analysts: what only versions of other tables answer. */
const MORE = [
  `{ partnerships(first: 100, filter: { status: { in: [ENDED, DORMANT] } }) { nodes { id version notes statusPeriods { status from until reason citations { supports source { title } } } citations { supports source { title publisher } } programmes { nodes { id } } } } }`,
  `{ programmes(first: 100) { nodes { id version organisations { nodes { id name } } authorities { nodes { id name } } partnerships { nodes { id } } } } }`,
  `{ exchanges(last: 100, orderBy: [{ field: UPDATED_AT }]) { totalCount nodes { id title description chinese { id name } citations { source { title } } } } }`,
  ...['Harbour', 'Lantern Bridge', 'Porcelin', '新城', 'rotterdm'].map(
    text => `{ search(text: "${text}", first: 50) { totalCount edges { node { __typename ... on Node { id } } } } }`,
  ),
];

/** Returns the answers to all questions, in the present or at a moment. */
async function answers(moment?: number): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const { query, variables, name } of [
    ...questions,
    ...MORE.map(query => ({ query, variables: undefined, name: query })),
  ]) {
    const contextValue = service().context(ANONYMOUS);
    if (moment !== undefined) readAt(contextValue.em, moment);
    const request = { query, ...(variables && { variables }) };
    const { body } = await (await service().apollo.get()).executeOperation(request, { contextValue });
    const { data, errors } = (body as Json).singleResult;
    all[name] = JSON.stringify({ data, errors });
  }
  return all;
}

const position = async () => (await latestPosition(database().em.fork())).id;

test('a register of the release before answers every past moment as it answered then, after its migration', async () => {
  await removeVersions(database());
  const then = new Map([[await position(), await answers()]]);
  const editor = new RandomEditor(database(), service(), randomNumbers(29), OLDER_MUTATIONS);
  for (let edit = 1; edit <= EDITS; edit += 1) {
    await editor.edit();
    if (edit % (EDITS / MOMENTS) === 0) then.set(await position(), await answers());
  }
  expect(await migrate(database())).toEqual([
    'Migration20261126100000',
    'Migration20261126115000',
    'Migration20261127100000',
    'Migration20261129140000',
  ]);
  expect((await verify(database())).differences).toEqual([]);
  for (const [moment, expected] of then) {
    const now = await answers(moment);
    for (const [name, answer] of Object.entries(expected))
      expect([moment, name, now[name]]).toEqual([moment, name, answer]);
  }
  expect(then.size).toBe(MOMENTS + 1);
}, 300_000);

test('a register that is upgraded goes on: new changes write versions', async () => {
  const editor = new RandomEditor(database(), service(), randomNumbers(31));
  const before = [await position(), await answers()] as const;
  for (let edit = 0; edit < 20; edit += 1) await editor.edit();
  expect((await verify(database())).differences).toEqual([]);
  expect(await answers(before[0])).toEqual(before[1]);
});
