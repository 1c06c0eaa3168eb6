import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inodesIn } from '../support/inodes.js';

const run = promisify(execFile);
const LOADER = new URL('../../dist/load-bundle.js', import.meta.url);

let folder: string;
let cache: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedenband-bundle-'));
  cache = join(folder, 'compiled');
  const other = 'exports.greet = name => { const text = "hello"; return [text, name].join(" "); };';
  await writeFile(join(folder, 'other.cjs'), other);
  await writeFile(
    join(folder, 'main.cjs'),
    'const { greet } = require("./other.cjs"); const { sep } = require("node:path"); if (process.argv[1] !== "quiet") console.log(greet("you"), sep);',
  );
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Loads the bundle in a process of its own, and returns what it prints. */
async function load(...args: string[]): Promise<string> {
  const text = `import { loadBundle } from '${LOADER}'; loadBundle(${JSON.stringify(join(folder, 'main.cjs'))}, ${JSON.stringify(cache)});`;
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', text, '--', ...args]);
  expect(stderr).toBe('');
  return stdout;
}

const caches = () => inodesIn(cache);
const pathOf = async (name: string) => {
  const [tag = ''] = await readdir(cache);
  return join(cache, tag, name);
};

describe('the code cache of a bundle', () => {
  test('is written by the first process, and used by the next ones', async () => {
    expect(await load()).toBe('hello you /\n');
    const written = await caches();
    expect(Object.keys(written).sort()).toEqual(['main.cjs', 'other.cjs']);
    expect(await load()).toBe('hello you /\n');
    expect(await caches()).toEqual(written);
  });

  test('has the functions that were called', async () => {
    await load('quiet');
    const { size } = await stat(await pathOf('other.cjs'));
    await rm(cache, { recursive: true });
    await load();
    expect((await stat(await pathOf('other.cjs'))).size).toBeGreaterThan(size);
  });

  test('is not used if it is damaged or cut off: it is written again', async () => {
    await load();
    const path = await pathOf('other.cjs');
    const whole = await readFile(path);
    const damaged = Buffer.from(whole);
    damaged.writeUInt8(255 - damaged.readUInt8(whole.length >> 1), whole.length >> 1);
    for (const bytes of [damaged, whole.subarray(0, 100), Buffer.alloc(0), Buffer.alloc(whole.length)]) {
      await writeFile(path, bytes);
      expect(await load()).toBe('hello you /\n');
      expect((await readFile(path)).equals(bytes)).toBe(false);
    }
  });

  test('is not used for another text of the same length', async () => {
    await load();
    const file = join(folder, 'other.cjs');
    await writeFile(file, (await readFile(file, 'utf8')).replace('hello', 'howdy'));
    expect(await load()).toBe('howdy you /\n');
  });

  test('has no part in a chunk that was not there: it is read when it is required again', async () => {
    await writeFile(
      join(folder, 'main.cjs'),
      `const greet = () => require("./later.cjs").greet("you");
      try { greet(); } catch (error) { console.log(error.code); }
      require("node:fs").renameSync(${JSON.stringify(join(folder, 'other.cjs'))}, ${JSON.stringify(join(folder, 'later.cjs'))});
      console.log(greet());`,
    );
    expect(await load()).toBe('ENOENT\nhello you\n');
  });

  test('is not needed: a file in the place of its folder stays', async () => {
    await writeFile(cache, 'a file');
    expect(await load()).toBe('hello you /\n');
    expect(await readFile(cache, 'utf8')).toBe('a file');
  });
});
