import { chmodSync, cpSync } from 'node:fs';
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

/** The address of a new copy of the seeded register on PostgreSQL. */
export async function copyOnPostgreSql(): Promise<string> {
  copies += 1;
  const [server, template] = [inject('server'), inject('template')];
  const name = `${template}_${process.pid}_${copies}`;
  const maintenance = await openDatabase({ kind: 'postgresql', url: server });
  await maintenance.em.getConnection().execute(`create database ${name} template ${template}`);
  await maintenance.close();
  return databaseUrl(server, name);
}
