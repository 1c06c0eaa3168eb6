import { parse } from 'csv-parse/sync';
import readWorkbook from 'read-excel-file/node';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Database } from '../../../src/database/open.js';
import { type RunningServer, serve } from '../../../src/server/serve.js';
import { fingerprint, type Json } from '../../support/calls.js';
import { openTestDatabase } from '../../support/database.js';
import { ask, KEY } from '../../support/feed.js';
import { fingerprintWithoutProposals } from '../../support/proposals.js';
import { WITHOUT_COST } from '../../support/protection.js';

vi.setConfig({ testTimeout: 120_000 });

let database: Database;
let server: RunningServer;
beforeAll(async () => {
  database = await openTestDatabase();
  const options = { protection: WITHOUT_COST, access: { adminKey: KEY } };
  server = await serve(database, '127.0.0.1', 0, console.error, options);
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const exported = (path: string) => fetch(`${server.url}/export/${path}`);

const TABLES = ['authorities', 'partnerships', 'programmes', 'exchanges', 'organisations'];

/** Returns all records with their evidence, and those of a table in every format, without what every change changes. */
async function exportsOf(table: string): Promise<Json> {
  const files: Json = {};
  for (const name of TABLES) {
    const lines = (await (await exported(`${name}.ndjson?provenance=true`)).text()).trim().split('\n');
    files[name] = lines.map(line => ({ ...JSON.parse(line), version: 0, updatedAt: '' }));
  }
  const formats = ['csv', ...(['authorities', 'partnerships'].includes(table) ? ['geojson'] : [])];
  if (table === 'partnerships') formats.push('quickstatements');
  for (const format of formats) {
    const text = await (await exported(`${table}.${format}`)).text();
    files[format] = text.replaceAll(/,\d+(?=,"stedenband, CC BY)|(?<="version":)\d+/g, '');
  }
  const [sheet] = await readWorkbook(Buffer.from(await (await exported(`${table}.xlsx`)).arrayBuffer()));
  const version = sheet?.data[0]?.indexOf('version');
  expect(version).toBeGreaterThan(0);
  return { ...files, xlsx: sheet?.data.map(row => row.toSpliced(version as number, 1)) };
}

async function send(concept: string, file: string, dryRun: boolean): Promise<Json> {
  const parameters = { format: 'csv', concept, title: 'List', publisher: 'Gemeente Test', dryRun: String(dryRun) };
  const init = { method: 'POST', headers: { authorization: `Bearer ${KEY}` }, body: file };
  const response = await fetch(`${server.url}/proposals?${new URLSearchParams(parameters)}`, init);
  const report = (await response.json()) as Json;
  expect(report.errors).toBeUndefined();
  const { total, ...byVerdict } = report.counts;
  expect(Object.values<number>(byVerdict).reduce((sum, count) => sum + count, 0)).toBe(total);
  return report;
}

const quoted = (rows: readonly (readonly string[])[]) =>
  rows.map(row => row.map(cell => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');

/** An export as CSV with an edit in three of its records, and a new record. */
async function editedExport(table: string, edit: Json, added: Json): Promise<{ file: string; rows: number }> {
  const text = await (await exported(`${table}.csv`)).text();
  const [names = [], ...records] = parse(text, { bom: true }) as string[][];
  for (const [column, value] of Object.entries<string>(edit)) {
    for (const record of records.slice(3, 6)) record[names.indexOf(column)] = value;
  }
  records.push(names.map(name => added[name] ?? ''));
  return { file: quoted([names, ...records]), rows: records.length };
}

test.each<[string, string, Json, Json]>([
  [
    'partnership',
    'partnerships',
    { notes: 'Van een reis, met "aanhalingstekens", komma’s\nen regels' },
    { 'dutch.id': 'nl-delft', 'chinese.id': 'cn-wuxi', kind: 'FRIENDSHIP', startedOn: '2001-05' },
  ],
  [
    'authority',
    'authorities',
    { 'names.aliases': 'Eerste naam; Tweede naam' },
    { 'names.nl': 'Reisdorp', country: 'NL', level: 'MUNICIPALITY', code: 'GM9998', 'parent.id': 'nl-prov-utrecht' },
  ],
  ['programme', 'programmes', { notes: 'Reis' }, { 'names.en': 'Journey of proposals', startedOn: '2020' }],
  [
    'exchange',
    'exchanges',
    { notes: 'Reis' },
    { 'title.en': 'Journey of files', kind: 'CULTURAL', status: 'HELD', startedOn: '2019', 'dutch.id': 'nl-delft' },
  ],
  [
    'organisation',
    'organisations',
    { notes: 'Reis' },
    { 'names.en': 'Society of Journeys', kind: 'FRIENDSHIP_ASSOCIATION' },
  ],
])('a file of %s: looked at, applied once, sent again, undone', async (concept, table, edit, added) => {
  const before = await exportsOf(table);
  const { file, rows } = await editedExport(table, edit, added);

  const untouched = await fingerprint(database);
  const looked = await send(concept, file, true);
  expect(looked).toMatchObject({ id: null, counts: { total: rows, create: 1, same: rows - 4 } });
  expect(await fingerprint(database)).toEqual(untouched);

  const register = await fingerprintWithoutProposals(database);
  const { id, basis, counts, items } = await send(concept, file, false);
  expect(counts).toEqual(looked.counts);
  expect(await fingerprintWithoutProposals(database)).toEqual(register);

  const decisions = items.map(({ id: itemId }: Json) => ({ itemId, decision: 'ACCEPT' }));
  if (decisions.length) {
    const decide =
      'mutation($input: DecideProposalItemsInput!) { decideProposalItems(input: $input) { userErrors { rule } } }';
    const { decideProposalItems } = await ask(server.url, decide, { input: { id, expectedVersion: 1, decisions } });
    expect(decideProposalItems.userErrors).toEqual([]);
  }
  const apply = `mutation($input: ApplyProposalInput!) { applyProposal(input: $input) {
    proposal { items(filter: { isApplied: { eq: true } }) { totalCount } } userErrors { rule } } }`;
  const { applyProposal } = await ask(server.url, apply, { input: { id, expectedBasis: basis } });
  expect(applyProposal).toEqual({ proposal: { items: { totalCount: 4 } }, userErrors: [] });

  const again = await send(concept, file, true);
  expect(again.counts).toMatchObject({ total: rows, same: rows });

  const revert = 'mutation($input: RevertProposalInput!) { revertProposal(input: $input) { userErrors { rule } } }';
  const { revertProposal } = await ask(server.url, revert, { input: { id } });
  expect(revertProposal.userErrors).toEqual([]);
  expect(await exportsOf(table)).toEqual(before);
});
