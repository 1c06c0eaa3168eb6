import { test } from 'vitest';
import { testApi } from '../support/api.js';
import { randomNumbers } from '../support/random-document.js';
import { RandomEditor } from '../support/random-edits.js';
import { expectFilledAsWritten } from '../support/versions.js';

const { database, service } = testApi();

test('versions that are filled from the log are those that the writes made', async () => {
  const editor = new RandomEditor(database(), service(), randomNumbers(17));
  for (let edit = 0; edit < 300; edit += 1) await editor.edit();
  await expectFilledAsWritten(database());
}, 180_000);
