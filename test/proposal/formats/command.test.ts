import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../src/database/open.js';
import { fingerprint } from '../../support/calls.js';
import { runCommand } from '../../support/command.js';
import { copyOnPostgreSql } from '../../support/database.js';

let url: string;
let database: Database;
let folder: string;
beforeAll(async () => {
  url = await copyOnPostgreSql();
  database = await openDatabase({ kind: 'postgresql', url });
  folder = await mkdtemp(join(tmpdir(), 'propose-'));
});
afterAll(async () => {
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Returns output and exit code of `npm run propose -- <file> …`. */
async function propose(name: string, content: string, ...args: string[]) {
  const file = join(folder, name);
  await writeFile(file, content);
  return runCommand('commands/propose', { DATABASE_URL: url }, file, ...args);
}

const LIST = 'id;notes\ntie-groningen-tianjin;Van een lijst\ntie-rotterdam-shanghai;\ntie-nowhere;x';

test('a file becomes a proposal, and the report names each row that needs a person', async () => {
  const { code, out, err } = await propose('list.csv', LIST, '--concept', 'partnership');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^Proposal proposal-[0-9a-f]{20}\n3 rows: /);
  expect(out).toContain('\nrow 4: refused\n  RECORD_MISSING: ');
});

test('a dry run writes nothing', async () => {
  const before = await fingerprint(database);
  const { out } = await propose('list.csv', LIST, '--concept', 'partnership', '--dryRun', 'true');
  expect(out).toMatch(/^Nothing was stored: a dry run\.\n3 rows: /);
  expect(await fingerprint(database)).toEqual(before);
});

test('a folder with the name of a file is refused in one line', async () => {
  const list = join(folder, 'folder.csv');
  await mkdir(list);
  expect(await runCommand('commands/propose', { DATABASE_URL: url }, list, '--concept', 'partnership')).toEqual({
    code: 1,
    out: '',
    err: `${list} cannot be read: EISDIR: illegal operation on a directory, read.\n`,
  });
});

test.each([
  ['list.ods', ['--concept', 'partnership'], /^format is one of csv, .*; got "ods"\.\n$/],
  ['list.csv', [], /^concept is one of /],
  ['list.csv', ['--concept', 'partnership', '--colour', 'red'], /Use: npm run propose/],
  ['list.ndjson', ['--concept', 'exchange', '--title', 'x'], /^source.publisher/],
  ['list.xlsx', ['--concept', 'exchange'], /^The file is not XLSX/],
] as const)('%s with %j ends with one line', async (name, args, line) => {
  const { code, out, err } = await propose(name, LIST, ...args);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(line);
});
