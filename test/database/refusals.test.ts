import { Client } from 'pg';
import { afterEach, beforeAll, expect, inject, test, vi } from 'vitest';
import { refusalOf } from '../../src/commands/refusal.js';
import { StartError } from '../../src/config/config.js';
import { migrate, requireMigrations } from '../../src/database/migrate.js';
import { openDatabase } from '../../src/database/open.js';
import { copyOnPostgreSql } from '../support/database.js';
import { databaseUrl } from '../support/global.js';

let url: string;
beforeAll(async () => {
  url = await copyOnPostgreSql();
});
afterEach(() => vi.unstubAllEnvs());

const DIRECT = 'postgresql://localhost/register';

test.each([
  ['a role without a right', '42501', undefined, /; grant the role of DATABASE_URL the right, /],
  [
    'the same with a direct connection',
    '42501',
    DIRECT,
    /; grant the role of DATABASE_URL and DATABASE_DIRECT_URL the /,
  ],
  [
    'no writes with a direct connection',
    '25006',
    DIRECT,
    /; name the primary in DATABASE_URL and DATABASE_DIRECT_URL, /,
  ],
  [
    'a transaction that took too long for its role',
    '25P04',
    undefined,
    /; run the command again when the database is /,
  ],
  ['a full disk', '53100', undefined, /^The database did not do it: refused; free space on its disk\.$/],
])('a command is refused with the advice for %s', (_, code, directUrl, sentence) => {
  vi.stubEnv('DATABASE_URL', DIRECT);
  vi.stubEnv('DATABASE_DIRECT_URL', directUrl);
  expect(refusalOf(Object.assign(new Error('refused'), { code }))).toMatch(sentence);
});

const FOREIGN = new StartError('The database holds tables of another application: name an empty one.');

test.each([
  ['a table of migrations with other columns', 'create table mikro_orm_migrations (version text)'],
  ['a table with the name of one of the register', 'create table partnership (id int)'],
])('the database of another application is refused: %s', async (name, statement) => {
  const database = `${inject('template')}_foreign_${name.length}`;
  const client = new Client({ connectionString: inject('server') });
  await client.connect();
  await client.query(`create database ${database}`);
  const foreign = await openDatabase({ kind: 'postgresql', url: databaseUrl(inject('server'), database) });
  try {
    await foreign.em.getConnection().execute(statement);
    await expect(migrate(foreign)).rejects.toThrow(FOREIGN);
    if (statement.includes('migrations')) await expect(requireMigrations(foreign)).rejects.toThrow(FOREIGN);
  } finally {
    await foreign.close();
    await client.query(`drop database ${database} with (force)`);
    await client.end();
  }
});

test('a replica that is named twice is refused, with and without its default port', async () => {
  const [first, second] = ['postgresql://a@c.example/register', 'postgresql://b:hunter2@c.example:5432/register'];
  const replicas = { urls: [first, second], maxLagMs: 5_000 };
  await expect(openDatabase({ kind: 'postgresql', url, replicas })).rejects.toThrow(
    new StartError(
      'DATABASE_REPLICA_URLS: c.example:5432/register is there twice; give each replica an address of its own.',
    ),
  );
});

test.each([
  ['own', 'own'],
  ['none', 'none that the role may use'],
])('a search path to another schema than public is refused: %s', async (path, schema) => {
  const address = new URL(databaseUrl(inject('server'), `${inject('template')}_schema_${path}`));
  const client = new Client({ connectionString: inject('server') });
  await client.connect();
  await client.query(`create database ${address.pathname.slice(1)}`);
  const empty = await openDatabase({ kind: 'postgresql', url: address.href });
  try {
    await empty.em.getConnection().execute('create schema own');
    address.searchParams.set('options', `-c search_path=${path}`);
    await expect(openDatabase({ kind: 'postgresql', url: address.href })).rejects.toThrow(
      new StartError(
        `The register needs the schema public first in the search path; that of DATABASE_URL leads to ${schema}. Remove search_path from its options, or run: alter role ${address.username} set search_path = public;`,
      ),
    );
  } finally {
    await empty.close();
    await client.query(`drop database ${address.pathname.slice(1)} with (force)`);
    await client.end();
  }
});
