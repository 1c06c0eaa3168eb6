import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from '@graphql-codegen/cli';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scalars } from '../../src/client/scalars.js';
import { clientSchema } from './schema.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const tsc = here('../../node_modules/typescript/bin/tsc');
let temporary: string;
let folder: string;

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'stedenband-codegen-'));
  folder = join(temporary, 'front-end');
  await cp(here('codegen'), folder, { recursive: true });
  // Resolves packages as this folder does: those of the suites first, then those of the register.
  await symlink(here('node_modules'), join(folder, 'node_modules'));
  await symlink(here('../../node_modules'), join(temporary, 'node_modules'));
  await generate(
    {
      cwd: folder,
      schema: await clientSchema(),
      // Operations of a front end, and all example questions.
      documents: [join(folder, 'front-end.ts'), here('../questions/*.graphql')],
      silent: true,
      generates: {
        [join(folder, 'gql/')]: {
          preset: 'client',
          config: {
            strictScalars: true,
            scalars,
          },
        },
      },
    },
    true,
  );
});
afterAll(() => rm(temporary, { recursive: true, force: true }));

test('codegen generates types for every example question and the operations of a front end', async () => {
  const generated = await readFile(join(folder, 'gql/graphql.ts'), 'utf8');
  expect(generated.match(/^export type \w+Query = /gm)?.length).toBeGreaterThan(37);
  for (const name of ['TieQuery', 'RecordMutation', 'FollowSubscription', 'EndsFragment']) {
    expect(generated).toContain(`export type ${name} = `);
  }
});

test('the types and a front end that uses them compile with tsc --strict', async () => {
  const options = '--strict --noUncheckedIndexedAccess --exactOptionalPropertyTypes --noEmit --target es2024';
  const modules = '--module esnext --moduleResolution bundler --skipLibCheck';
  const { status, stdout } = spawnSync(
    process.execPath,
    [tsc, ...options.split(' '), ...modules.split(' '), 'front-end.ts'],
    { cwd: folder, encoding: 'utf8' },
  );
  expect(stdout).toBe('');
  expect(status).toBe(0);
});
