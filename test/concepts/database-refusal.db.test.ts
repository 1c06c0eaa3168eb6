import { expect, test } from 'vitest';
import { ADMIN, testApi } from '../support/api.js';
import { brief, fingerprint } from '../support/calls.js';

const { ask, database } = testApi();

test('a value that only the database refuses is an error for the client, in words of the register', async () => {
  // A rule that no check of the mutation knows, broken by a statement that MikroORM does not send.
  await database()
    .em.getConnection()
    .execute(`alter table source add constraint no_gossip check (publisher <> 'Gossip')`);
  const before = await fingerprint(database());
  const input = { kind: 'MINISTRY', names: { en: 'A' }, source: { title: 'Secret', publisher: 'Gossip' } };
  const { data, errors } = await ask(brief('recordOrganisation'), { input }, ADMIN);
  expect(errors).toBeUndefined();
  expect(data.recordOrganisation).toEqual({
    organisation: null,
    change: null,
    userErrors: [
      {
        code: 'INVALID',
        rule: 'VALUES_CONTRADICT',
        params: {},
        path: ['input'],
        message: 'These values contradict each other or another record.',
        nl: 'Deze waarden spreken elkaar of een ander record tegen.',
        zh: '这些值相互矛盾，或与其他记录矛盾。',
        currentVersion: null,
        changedFields: null,
      },
    ],
  });
  expect(await fingerprint(database())).toEqual(before);
});
