import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openTestServer } from '../support/server.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const MAX_PACKED_BYTES = 20_000;

let folder: string;
let packed: { file: string; bytes: number };
/** A program of a partner: the README's, a document that is a tree, and the stores. */
let program: string;

beforeAll(async () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['src/build/client-package.mjs'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const [, file, bytes] = /^(\S+): (\d+) bytes/.exec(stdout) ?? [];
  packed = { file: join(root, String(file)), bytes: Number(bytes) };
  const readme = await readFile(join(root, 'src/client/README.md'), 'utf8');
  program = /<!-- test: client\.ts -->\n```ts\n(.*?)```/s.exec(readme)?.[1] as string;

  // A fresh project with the package, its dependency, and the tools of the partner.
  folder = await mkdtemp(join(tmpdir(), 'stedenband-client-'));
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, 'stedenband'), { recursive: true });
  spawnSync('tar', ['xzf', packed.file, '--strip-components=1', '-C', join(modules, 'stedenband')]);
  for (const name of ['graphql-ws', 'graphql', '@types', 'undici-types']) {
    await symlink(join(root, 'node_modules', name), join(modules, name));
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'client.ts'), program);
  await writeFile(join(folder, 'types.ts'), TYPES);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Uses of types, some of which must not compile. */
const TYPES = `import { print } from 'graphql';
import { type ClientErrorCode, type CopyStore, connect, type ErrorCode, RegisterError } from 'stedenband/client';
import { openFileStore } from 'stedenband/client/file';
import { openIndexedDbStore } from 'stedenband/client/indexeddb';
import possibleTypes from 'stedenband/client/possible-types.json' with { type: 'json' };
import { AsItStood, EarliestTie, type AsItStoodQuery } from 'stedenband/client/questions';
import { scalars } from 'stedenband/client/scalars';

const register = connect({ url: 'http://127.0.0.1/graphql', print, key: async () => 'key' });
export const answer: AsItStoodQuery = await register.ask(AsItStood, { on: '2000' });
export const withSignal = register.ask(EarliestTie, {}, { signal: AbortSignal.timeout(1_000) });
// @ts-expect-error: the day is required.
void register.ask(AsItStood);
// @ts-expect-error: a day is a text.
void register.at('moment').ask(AsItStood, { on: 2000 });
// @ts-expect-error: there is no such field.
export const wrong = answer.nothing;
// @ts-expect-error: the past cannot be followed.
register.at('moment').follow;
void register.follow({ onChange: ({ kind }) => kind === 'ENDED', filter: { kinds: ['ENDED'] } });
// @ts-expect-error: HAPPENED is no kind.
void register.follow({ onChange: () => {}, filter: { kinds: ['HAPPENED'] } });
export const stores: CopyStore[] = [openFileStore('copy.sqlite'), await openIndexedDbStore()];
export const code = (error: RegisterError): ErrorCode | ClientErrorCode => error.code;
// @ts-expect-error: there is no such code.
export const isWrong = (error: RegisterError) => error.code === 'HAPPENED';
export const date: 'string' = scalars.PartialDate;
export const types: string[] = possibleTypes.Authority;
`;

test(`the package is smaller than ${MAX_PACKED_BYTES} bytes and depends on graphql-ws only`, async () => {
  expect(packed.bytes).toBeLessThan(MAX_PACKED_BYTES);
  const manifest = JSON.parse(await readFile(join(folder, 'node_modules/stedenband/package.json'), 'utf8'));
  const own = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  expect(manifest.dependencies).toEqual({ 'graphql-ws': own.dependencies['graphql-ws'] });
  // The same names as those of the repository, without the schema, which a register serves.
  const names = Object.keys(own.exports).filter(name => name.startsWith('./client'));
  expect([...Object.keys(manifest.exports), './client/schema.graphql'].sort()).toEqual(names.sort());
});

test.each([
  ['nodenext', '--module nodenext --moduleResolution nodenext'],
  ['bundler', '--module esnext --moduleResolution bundler'],
])('a fresh project that installs it type-checks under strict, with the resolution %s', (_, resolution) => {
  const strict = '--strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --noEmit --resolveJsonModule';
  const platform = '--target es2024 --lib es2024,dom,dom.iterable,dom.asynciterable --types node --skipLibCheck false';
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/typescript/bin/tsc'),
      ...`${strict} ${platform} ${resolution}`.split(' '),
      'client.ts',
      'types.ts',
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  expect(stdout).toBe('');
  expect(status).toBe(0);
});

test('the program of the README runs on the package as it stands', async () => {
  const server = await openTestServer();
  onTestFinished(server.close);
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['client.ts'], {
    cwd: folder,
    env: { ...process.env, REGISTER: `${server.url}/graphql` },
  });
  expect(stderr).toBe('');
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(/^\d+ ties were active in 2000$/),
    expect.stringMatching(/^\d+ changes until now$/),
    expect.stringMatching(/^\d+$/),
    expect.stringMatching(/101/),
    expect.stringMatching(/^[1-9]\d* exchanges in the copy$/),
    '',
  ]);
});
