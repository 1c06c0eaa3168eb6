import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { runCommand } from '../support/command.js';
import { copyOnEmbedded, copyOnPostgreSql } from '../support/database.js';

const verify = (settings: Record<string, string>) => runCommand('commands/verify', settings);
const AGREE =
  /^The rows of 16 tables agree with their newest versions, and all versions of 10 with the log of \d+ changes\. Older versions of proposals, of sources, of citations of periods and of the search index were not compared with it\.\n$/;

test('npm run verify says that a register on PostgreSQL agrees, or where it differs, and exits with 1', async () => {
  const url = await copyOnPostgreSql();
  expect(await verify({ DATABASE_URL: url })).toEqual({ code: 0, out: expect.stringMatching(AGREE), err: '' });
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`update partnership set notes = 'Forged' where id = 'tie-rotterdam-shanghai'`);
  expect(await verify({ DATABASE_URL: url })).toEqual({
    code: 1,
    out: expect.stringMatching(
      /^partnership tie-rotterdam-shanghai, change \d+: the row differs from its newest version in notes\.\n$/,
    ),
    err: 'Tables, versions and log differ, or have wrong values, in 1 place.\n',
  });
  await client.query(`update exchange set description = 'Forged'`);
  await client.end();
  expect(await verify({ DATABASE_URL: url })).toMatchObject({
    err: 'Tables, versions and log differ, or have wrong values, in at least 101 places.\n',
  });
});

test('npm run verify finds no difference with the rights of a server, which may not read the sequence of the log', async () => {
  const url = new URL(await copyOnPostgreSql());
  const client = new Client({ connectionString: url.href });
  await client.connect();
  const role = `verifier_${process.pid}`;
  await client.query(`create role ${role} login password 'x'; grant usage on schema past, history to ${role};
    grant select on all tables in schema public, past, history to ${role}`);
  Object.assign(url, { username: role, password: 'x' });
  try {
    expect(await verify({ DATABASE_URL: url.href })).toEqual({ code: 0, out: expect.stringMatching(AGREE), err: '' });
  } finally {
    await client.query(`drop owned by ${role}; drop role ${role}`);
    await client.end();
  }
});

test('npm run verify opens the folder of a stopped server', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'stedenband-verify-'));
  try {
    const register = join(directory, 'register');
    copyOnEmbedded(register);
    expect(await verify({ DATA_DIR: register })).toEqual({ code: 0, out: expect.stringMatching(AGREE), err: '' });
  } finally {
    await rm(directory, { recursive: true });
  }
});
