import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

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

function build(): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const env = { PATH: `${join(folder, 'bin')}:/usr/bin:/bin` };
  return new Promise(resolve => {
    execFile(process.execPath, [BUILD], { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr: stderr.replaceAll(/^output of .*\n/gm, '') }),
    );
  });
}

test('a build reports its steps on standard error, and nothing where all is up to date', async () => {
  await replaceTools('exit 0');
  expect(await build()).toEqual({
    code: 0,
    stdout: '',
    stderr: expect.stringMatching(
      /^Building…\n- compiling the server\n- bundling the GraphiQL page\n- compressing the GraphiQL page\n- bundling the server\n- creating the initial database\n- filling the compile cache\nBuilt in \d+\.\d s\.\n$/,
    ),
  });
  expect(await build()).toEqual({ code: 0, stdout: '', stderr: '' });

  await writeFile(join(folder, 'seeds/a.json'), 'newer');
  expect((await build()).stderr).toMatch(
    /^Building…\n- creating the initial database\n- filling the compile cache\nBuilt in \d+\.\d s\.\n$/,
  );
});

test('a step that fails ends the build with code 1, and runs again the next time', async () => {
  await writeFile(join(folder, 'src/main.ts'), 'newer');
  await replaceTools('exit 2');
  for (let i = 0; i < 2; i += 1) {
    expect(await build()).toEqual({ code: 1, stdout: '', stderr: 'Building…\n- compiling the server\n' });
  }
});
