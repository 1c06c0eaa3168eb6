import { expect, test } from 'vitest';
import { workbookParts } from '../../src/export/xlsx-parts.js';
import { testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';
import { refusalOf, rowsOf } from '../support/files.js';
import { proposalCalls } from '../support/proposals.js';
import { workbookOf, zipOf } from '../support/workbooks.js';

const { ask } = testApi();
const { call, submit, decide } = proposalCalls(ask);

/** Returns a text whose last character before a length has two units, of which the second is after it. */
const cutAt = (length: number) => `${'x'.repeat(length - 1)}😀`;

const proposed = () => submit('ORGANISATION', [{ 'names.en': 'Nobody of nowhere' }], { policy: 'UPDATE_ONLY' });
const report = (more: Json) => call('reportError', { subjectId: 'org-vng', field: 'city', message: 'x', ...more });

test.each<[string, () => Promise<Json>]>([
  ['the id of a proposal', () => call('rejectProposal', { id: cutAt(60) })],
  ['the id of a row', async () => decide(await proposed(), [{ itemId: cutAt(80), decision: 'REJECT' }])],
  ['the field of a report', () => report({ field: cutAt(60) })],
])('%s is cut before a character, not in it', async (_, refused) => {
  const { userErrors } = await refused();
  expect(userErrors).toHaveLength(1);
  expect(userErrors[0].message).toContain('x\uFFFD');
  expect(userErrors[0].message.isWellFormed()).toBe(true);
});

test('a part of a file that is cut is a whole text, too', async () => {
  const json = await refusalOf('wikidata', `x${'😀'.repeat(20)}`);
  const part = await refusalOf(
    'xlsx',
    await zipOf({ 'xl/workbook.xml': `<a>&${'x'.repeat(180)}${'😀'.repeat(20)};</a>` }),
  );
  const xml = await refusalOf('iati', `<a>&${'x'.repeat(180)}${'😀'.repeat(20)};</a>`);
  for (const { params } of [json, part, xml]) expect(params.problem.isWellFormed()).toBe(true);
  const names = workbookParts(['list', cutAt(40)]);
  const rows =
    '<worksheet><sheetData><row><c t="str"><v>id</v></c></row><row><c t="str"><v>tie-a-b</v></c></row></sheetData></worksheet>';
  const [row] = await rowsOf('xlsx', await workbookOf('<worksheet/>', { ...names, 'xl/worksheets/sheet2.xml': rows }));
  expect(row?.place).toBe(`sheet ${'x'.repeat(39)}\uFFFD, row 2`);
});
