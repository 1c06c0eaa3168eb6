import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const BUILD = fileURLToPath(new URL('../../src/build/build.mjs', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedenband-build-'));
  for (const path of ['bin', 'src', 'seeds']) await mkdir(join(folder, path));
  for (const file of ['package-lock.json', 'tsconfig.json', 'src/main.ts', 'seeds/a.json'])
    await writeFile(join(folder, file), '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Replaces the tools of the build. They take longer than the resolution of file times, so that stamps are in order. */
async function replaceTools(script: string): Promise<void> {
  for (const tool of ['tsc', 'vite', 'node'])
    await writeFile(join(folder, 'bin', tool), `#!/bin/sh\necho output of ${tool}\nsleep 0.05\n${script}\n`, {
      mode: 0o755,
    });
}

interface Ended {
  code: unknown;
  stdout: string;
  stderr: string;
}

/** @param script The build script; a copy of it in a folder without packages has no build tools. */
function build(args: string[] = [], more: Record<string, string> = {}, script = BUILD): Promise<Ended> {
  const env = { PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, ...more };
  return new Promise(resolve => {
    execFile(process.execPath, [script, ...args], { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({
        code: error ? (error.code ?? error.signal) : 0,
        stdout,
        stderr: stderr.replaceAll(/^output of .*\n/gm, ''),
      }),
    );
  });
}

test('a build reports its steps on standard error, and nothing where all is up to date', async () => {
  await replaceTools('exit 0');
  expect(await build()).toEqual({
    code: 0,
    stdout: '',
    stderr: expect.stringMatching(
      /^Building…\n- compiling the server\n- declaring the types for clients\n- bundling the GraphiQL page\n- bundling the embedded views\n- compressing the pages\n- collecting the questions\n- drawing the outlines of the maps\n- bundling the server\n- creating the initial database\n- filling the code cache\nBuilt in \d+\.\d s\.\n$/,
    ),
  });
  expect(await build()).toEqual({ code: 0, stdout: '', stderr: '' });

  await writeFile(join(folder, 'seeds/a.json'), 'newer');
  expect((await build()).stderr).toMatch(
    /^Building…\n- creating the initial database\n- filling the code cache\nBuilt in \d+\.\d s\.\n$/,
  );
});

test('a step that fails ends the build with code 1, and runs again the next time', async () => {
  await writeFile(join(folder, 'src/main.ts'), 'newer');
  await replaceTools('exit 2');
  for (let i = 0; i < 2; i += 1) {
    expect(await build()).toEqual({ code: 1, stdout: '', stderr: 'Building…\n- compiling the server\n' });
  }
});

/** Makes everything out of date. */
const touchAll = () =>
  Promise.all(['src/main.ts', 'package-lock.json'].map(file => writeFile(join(folder, file), 'newer')));

test('two builds at once: the second waits for the first, and has nothing to do', async () => {
  await replaceTools('echo step >> steps; sleep 0.2');
  await touchAll();
  const [first, second] = await Promise.all([build(), build()]);
  expect([first.code, second.code]).toEqual([0, 0]);
  const outputs = [first.stderr, second.stderr].sort();
  expect(outputs[0]).toBe('Another build runs in this folder; waiting for it.\n');
  expect(outputs[1]).toMatch(/^Building…\n(?:- .*\n){10}Built in/);
  expect((await readFile(join(folder, 'steps'), 'utf8')).match(/step/g)).toHaveLength(10);
});

test('a build after one that was killed does not wait', async () => {
  await touchAll();
  await replaceTools('kill -9 $PPID');
  expect((await build()).code).not.toBe(0);
  await replaceTools('exit 0');
  expect(await build()).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Building…\n/) });
});

test('a folder that cannot be written ends the build with one sentence', async () => {
  await rm(join(folder, 'dist'), { recursive: true, force: true });
  await writeFile(join(folder, 'dist'), '');
  expect(await build()).toEqual({
    code: 1,
    stdout: '',
    stderr: "dist cannot be written (EEXIST: file already exists, mkdir 'dist'): build as a user that can.\n",
  });
  await rm(join(folder, 'dist'));
});

describe('before a command', () => {
  const BUILT = [
    'dist/start.js',
    'dist/bundle/main.cjs',
    'dist/snapshot/PG_VERSION',
    'dist/graphiql/index.html',
    'dist/embed/index.html',
    'dist/questions.json',
    'dist/outlines.json',
  ];
  const writeBuilt = async () => {
    for (const file of BUILT) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), '');
    }
  };
  const production = { NODE_ENV: 'production' };
  const NOTHING = { code: 0, stdout: '', stderr: '' };

  test('nothing is built in production, although it is out of date', async () => {
    await writeBuilt();
    await touchAll();
    expect(await build(['--run'], production)).toEqual(NOTHING);
    await rm(join(folder, 'dist/bundle'), { recursive: true });
    expect(await build(['--run'], production)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'There is no complete build in dist, and with NODE_ENV=production none is made: run "npm ci --include=dev && npm run build", then "npm prune --omit=dev" if you like.\n',
    });
  });

  test('without build tools the build that is there runs, and one sentence says what is missing', async () => {
    await cp(dirname(BUILD), join(folder, 'src/build'), { recursive: true });
    const script = join(folder, 'src/build/build.mjs');
    const missing = {
      code: 1,
      stdout: '',
      stderr:
        'The build tools are missing (typescript, vite, rolldown): run "npm ci --include=dev && npm run build", then "npm prune --omit=dev" if you like.\n',
    };
    expect(await build(['--run'], {}, script)).toEqual(missing);
    await writeBuilt();
    expect(await build([], {}, script)).toEqual(missing);
    expect(await build(['--run'], {}, script)).toEqual({
      ...NOTHING,
      stderr: 'Running the build in dist: typescript, vite, rolldown are not installed.\n',
    });
  });
});
