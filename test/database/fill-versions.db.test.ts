import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { verify } from '../../src/database/verify/verify.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { ADMIN, testApi } from '../support/api.js';
import { randomNumbers } from '../support/random-document.js';
import { RandomEditor } from '../support/random-edits.js';
import { expectFilledAsWritten } from '../support/versions.js';

const { ask, database, service } = testApi();

/** Redacts the reasons of a record that was withdrawn. */
async function redactWithdrawn(): Promise<void> {
  const withdrawn = sql`select subject_id as id from change where kind = 'WITHDRAWN' limit 1`;
  const [record] = await queryRows<{ id: string }>(database().em.fork(), withdrawn);
  const input = { id: record?.id, field: 'reason', reason: 'AVG' };
  const document = 'mutation($input: RedactFieldInput!) { redactField(input: $input) { changes { kind } } }';
  expect((await ask(document, { input }, ADMIN)).data.redactField.changes).toEqual([{ kind: 'REDACTED' }]);
}

test('versions that are filled from the log are those that the writes made', async () => {
  const editor = new RandomEditor(database(), service(), randomNumbers(17));
  for (let edit = 0; edit < 300; edit += 1) await editor.edit();
  await redactWithdrawn();
  await expectFilledAsWritten(database());
  // Of the search documents, also the runs that find them.
  expect((await verify(database())).differences).toEqual([]);
}, 180_000);
