import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { StartError } from '../../src/config/config.js';
import { type Database, openDatabase } from '../../src/database/open.js';
import { rewriteFiles } from '../../src/database/vacuum.js';
import { createService } from '../../src/server/service.js';
import { ADMIN } from '../support/api.js';
import type { Json } from '../support/calls.js';
import { startCluster } from '../support/cluster.js';
import { copyOnPostgreSql } from '../support/database.js';
import { debianBin } from '../support/debian.js';
import { WITHOUT_COST } from '../support/protection.js';

vi.setConfig({ testTimeout: 120_000 });

const NAME = 'Jan Zonderling';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedenband-files-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Returns the files below a folder that hold the name, in any case. */
function filesWith(directory: string, text = 'zonderling'): string[] {
  const { status, stdout, stderr } = spawnSync('grep', ['-rlia', text, directory], { encoding: 'utf8' });
  if (status === 2 && stderr) throw new Error(stderr);
  return stdout.split('\n').filter(Boolean);
}

/** Writes the name into every kind of place, revises some of it, and redacts it. */
async function writeAndRedact(database: Database, directory: string): Promise<void> {
  const service = await createService(database, console.error, { protection: WITHOUT_COST });
  const mutate = async (mutation: string, input: Json, selection: string): Promise<Json> => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation($input: ${type}!) { ${mutation}(input: $input) { ${selection} userErrors { message } } }`;
    const contextValue = service.context(ADMIN);
    const { body } = await (await service.apollo.get()).executeOperation(
      { query, variables: { input } },
      { contextValue },
    );
    const { data, errors } = JSON.parse(JSON.stringify((body as Json).singleResult));
    expect([errors, data?.[mutation].userErrors]).toEqual([undefined, []]);
    return data[mutation];
  };
  const source = { title: `Interview with ${NAME}`, publisher: NAME };
  for (let number = 0; number < 20; number += 1) {
    const { exchange } = await mutate(
      'recordExchange',
      {
        kind: 'TECHNICAL',
        title: { en: `Week ${number}`, nl: `Week van ${NAME}` },
        status: 'HELD',
        participants: [NAME],
        notes: `Led by ${NAME}.`,
        reason: NAME,
        idempotencyKey: `week-${number}`,
        source,
      },
      'exchange { id }',
    );
    await mutate('reviseExchange', { id: exchange.id, expectedVersion: 1, notes: `Not ${NAME}.` }, 'exchange { id }');
  }
  // Statistics hold frequent values.
  await database.em.getConnection().execute('analyze');
  await database.em.getConnection().execute('checkpoint');
  expect(filesWith(directory).length).toBeGreaterThan(10);
  const { changes } = await mutate('redactField', { passage: NAME, reason: 'AVG' }, 'changes { subjectId }');
  expect(changes).toHaveLength(20);
  await service.close();
}

test('no file of the embedded database holds the name after npm run vacuum', async () => {
  const directory = join(folder, 'data');
  const database = await openDatabase({ kind: 'embedded', directory }, { snapshot: inject('snapshot') });
  try {
    await writeAndRedact(database, directory);
    expect(filesWith(directory)).not.toEqual([]);
    await rewriteFiles(database);
    expect(filesWith(directory)).toEqual([]);
    expect(filesWith(directory, 'Led by \\[redacted\\]')).not.toEqual([]);
  } finally {
    await database.close();
  }
  expect(filesWith(directory)).toEqual([]);
});

test('npm run vacuum refuses PostgreSQL, of which it would rewrite only the tables of its role, and no log', async () => {
  const database = await openDatabase({ kind: 'postgresql', url: await copyOnPostgreSql() });
  await expect(rewriteFiles(database).finally(database.close)).rejects.toThrow(
    new StartError(
      'npm run vacuum rewrites the files of an embedded database only; nothing was done. On PostgreSQL, a superuser runs the statements of src/change/README.md (Forget).',
    ),
  );
});

test.skipIf(!debianBin)(
  'no file of PostgreSQL, and no dump, holds it after the statements in src/change/README.md (needs Debian’s PostgreSQL)',
  async () => {
    const readme = await readFile(new URL('../../src/change/README.md', import.meta.url), 'utf8');
    const [, block] = readme.split('<!-- test: forget on postgresql -->\n```sh\n');
    const commands = block?.split('\n```')[0] as string;
    const cluster = await startCluster({ initdb: `${debianBin}/initdb`, postgres: `${debianBin}/postgres` });
    const env = { PATH: `${debianBin}:${process.env.PATH}`, DATABASE_URL: cluster.url };
    const data = join(cluster.folder, 'data');
    const database = await openDatabase({ kind: 'postgresql', url: cluster.url });
    try {
      await writeAndRedact(database, data);
      const dump = execFileSync('pg_dump', [cluster.url], { env, encoding: 'utf8', maxBuffer: 1e9 });
      expect(dump).toContain('Led by [redacted]');
      expect(dump).not.toMatch(/zonderling/i);
      expect(filesWith(data)).not.toEqual([]);
      execFileSync('bash', ['-euc', commands], { env, stdio: ['ignore', 'ignore', 'pipe'] });
      expect(filesWith(data)).toEqual([]);
    } finally {
      await database.close();
      await cluster.remove();
    }
  },
);
