import { chmodSync, cpSync } from 'node:fs';
import { Client } from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../src/database/open.js';
import { databaseUrl } from './global.js';

let copies = 0;

/** A copy of the seeded register for one test file, on the database that the project runs on. */
export async function openTestDatabase(): Promise<Database> {
  if (inject('database') === 'pglite') {
    return openDatabase({ kind: 'embedded', directory: undefined }, { snapshot: inject('snapshot') });
  }
  return openDatabase({ kind: 'postgresql', url: await copyOnPostgreSql() });
}

/** Makes a folder a copy of the seeded register: creating a register takes seconds. */
export function copyOnEmbedded(directory: string): void {
  cpSync(inject('snapshot'), directory, { recursive: true });
  chmodSync(directory, 0o700);
}

/** Copies the seeded register on PostgreSQL; the copy goes when the tests end. Returns its address. */
export async function copyOnPostgreSql(): Promise<string> {
  copies += 1;
  const [server, template] = [inject('server'), inject('template')];
  const name = `${template}_${process.pid}_${copies}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(`create database ${name} template ${template}`);
  await client.end();
  return databaseUrl(server, name);
}
