import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { extract } from 'tar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../support/calls.js';
import { copyOnPostgreSql } from '../support/database.js';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAX_UNPACKED_BYTES = 60_000_000;
/** 24 November 2025, 16:00 UTC. */
const TIME = '1764000000';

let folder: string;
/** The folder of the unpacked release. */
let release: string;
let archives: Buffer[];
const makeRelease = (target: string, time = TIME, umask = '022') =>
  run('sh', ['-c', `umask ${umask}; exec "$@"`, 'sh', process.execPath, 'src/build/release.mjs', target], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, SOURCE_DATE_EPOCH: time },
  });
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedenband-release-'));
  // The server reads it as another user.
  await chmod(folder, 0o755);
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const targets = ['first', 'second'].map(name => join(folder, name));
  for (const target of targets) await mkdir(target);
  await Promise.all(targets.map((target, n) => makeRelease(target, TIME, n === 0 ? '022' : '077')));
  const files = targets.map(target => join(target, `stedenband-${version}.tgz`));
  archives = await Promise.all(files.map(file => readFile(file)));
  await extract({ file: files[0] as string, cwd: folder });
  release = join(folder, `stedenband-${version}`);
}, 240_000);
const running = new Set<ChildProcess>();
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const read = (file: string) => readFile(join(release, file), 'utf8');

describe('a release', () => {
  test('of one commit is the same, byte by byte, with any umask', () => {
    expect(archives[0]?.equals(archives[1] as Buffer)).toBe(true);
  });

  test('without the time of a commit is refused', async () => {
    await expect(makeRelease(folder, 'today')).rejects.toMatchObject({
      code: 1,
      stderr: 'SOURCE_DATE_EPOCH is a number of seconds since 1970; got "today".\n',
    });
  });

  test('has at most 60 MB, and no path of the machine that built it', async () => {
    let bytes = 0;
    for (const entry of await readdir(release, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      bytes += (await stat(file)).size;
      if (/\.(?:c?js|json|txt)$/.test(file)) expect((await readFile(file, 'utf8')).includes(ROOT), file).toBe(false);
    }
    expect(bytes).toBeLessThan(MAX_UNPACKED_BYTES);
  });

  test('has a bill of materials with the packages in it, whose licences are beside it', async () => {
    const { serialNumber, metadata, components, dependencies } = JSON.parse(await read('sbom.cdx.json'));
    expect([serialNumber, metadata.timestamp, metadata.component.name]).toEqual([undefined, undefined, 'stedenband']);
    const ids: string[] = components.map((part: Json) => part['bom-ref']);
    const notices = await read('THIRD-PARTY-LICENSES.txt');
    for (const id of ids) expect(notices).toContain(`${id} (`);
    // Of the server, of the page and of the embedded database; none that only builds or tests.
    for (const name of ['pg', 'graphql', '@opentelemetry/sdk-trace', 'react', 'preact', '@electric-sql/pglite'])
      expect(ids.filter(id => id.replace(/@[^@]+$/, '') === name)).toHaveLength(1);
    for (const name of ['vitest', 'typescript', 'rolldown', 'node', 'tar'])
      expect(ids.filter(id => id.replace(/@[^@]+$/, '') === name)).toEqual([]);
    expect(new Set(dependencies.flatMap(({ dependsOn }: Json) => dependsOn)).size).toBeGreaterThan(100);
    for (const { ref } of dependencies) expect(['stedenband@0.1.0', ...ids]).toContain(ref);
  });

  test('has the commands of package.json, without the build', async () => {
    const { scripts } = JSON.parse(await read('package.json'));
    expect(scripts).toMatchObject({
      start: 'exec node --min-semi-space-size=16 dist/start.js',
      migrate: 'node dist/commands/migrate.js',
    });
    for (const script of Object.values<string>(scripts)) {
      const [, file] = /^(?:exec )?node (?:--[\w=-]+ )?(dist\/\S+\.js)$/.exec(script) ?? [];
      expect((await stat(join(release, file as string))).isFile()).toBe(true);
    }
  });
});

/** As systemd would start it: on a file system that it cannot write, but for one folder, as a user without rights. */
const SANDBOX = `
set -e
mount --bind "$WRITABLE" "$WRITABLE"
mount --bind "$(dirname "$NODE")" "$FOLDER/node"
mount -o remount,bind,ro /
cd /
exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs --bounding-set=-all "$FOLDER/node/node" "$@"
`;

/** Returns whether this user may make a sandbox. */
function hasSandbox(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'setpriv', '--reuid=65534', '--bounding-set=-all', 'true'], {
      stdio: 'ignore',
    });
    return userInfo().uid === 0;
  } catch {
    return false;
  }
}

/** Starts a program of the release in an empty environment, and outside of the repository. */
async function start(program: string, settings: Record<string, string>, writable?: string): Promise<ChildProcess> {
  const env = {
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    HOST: '127.0.0.1',
    PORT: '0',
    NODE_ENV: 'production',
    ...settings,
  };
  const file = join(release, program);
  let [command, args, more]: [string, string[], object] = [process.execPath, [file], {}];
  if (writable && hasSandbox()) {
    await mkdir(join(folder, 'node'), { recursive: true });
    [command, args] = ['unshare', ['--mount', '--propagation', 'private', 'sh', '-c', SANDBOX, 'sh', file]];
    more = { NODE: process.execPath, FOLDER: folder, WRITABLE: writable };
  }
  const child = spawn(command, args, { cwd: '/', env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Returns the address of a server as soon as it serves. */
async function addressOf(child: ChildProcess): Promise<string> {
  let [out, err] = ['', ''];
  child.stderr?.setEncoding('utf8').on('data', text => {
    err += text;
  });
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', text => {
      out += text;
      const [, url] = /at (http:\S+)\/graphql,/.exec(out) ?? [];
      if (url) resolve(url);
    });
    child.once('close', () => reject(new Error(`The release ended before it served: ${err}`)));
  });
}

async function expectAnswers(url: string): Promise<void> {
  const asked = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ partnerships(first: 1) { totalCount nodes { id } } }' }),
  });
  expect(((await asked.json()) as Json).data).toEqual({
    partnerships: { totalCount: 53, nodes: [{ id: 'tie-rotterdam-shanghai' }] },
  });
  const csv = await fetch(`${url}/export/partnerships.csv`);
  expect((await csv.text()).trimEnd().split('\n')).toHaveLength(54);
  const page = await fetch(`${url}/graphql`, { headers: { accept: 'text/html' } });
  const [, asset] = /src="\.\/(graphiql\/[^"]+\.js)"/.exec(await page.text()) ?? [];
  const script = await fetch(`${url}/${asset}`);
  expect([page.status, script.status]).toEqual([200, 200]);
  expect((await script.text()).length).toBeGreaterThan(1_000);
  for (const path of ['/questions', '/id/tie-rotterdam-shanghai', '/embed/map'])
    expect([path, (await fetch(url + path)).status]).toEqual([path, 200]);
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
}

describe('a release runs with node alone, outside of the repository', () => {
  test('on an embedded database, whose folder is all that it can write', async () => {
    const directory = join(folder, 'data');
    await mkdir(directory);
    if (hasSandbox()) await chown(directory, 65_534, 65_534);
    for (const state of ['new', 'existing']) {
      const child = await start('dist/start.js', { DATA_DIR: directory }, directory);
      await expectAnswers(await addressOf(child));
      await stop(child);
      expect((await readdir(directory)).includes('PG_VERSION'), state).toBe(true);
    }
    const { stdout } = await run(process.execPath, [join(release, 'dist/commands/verify.js')], {
      env: { DATA_DIR: directory },
    });
    expect(stdout).toContain('agree with their newest versions');
  });

  test('on PostgreSQL, on a file system that it cannot write, as a user without rights', async () => {
    const credentials = join(folder, 'credentials');
    await mkdir(credentials);
    const secret = join(credentials, 'database-url');
    await writeFile(secret, `${await copyOnPostgreSql()}\n`);
    const before = (await readdir(release, { recursive: true })).length;
    const settings = { DATABASE_URL_FILE: secret };
    const migrate = await start('dist/commands/migrate.js', settings, credentials);
    let out = '';
    migrate.stdout?.setEncoding('utf8').on('data', text => {
      out += text;
    });
    expect(await once(migrate, 'close')).toEqual([0, null]);
    expect(out).toBe('The database has all migrations.\n');
    const child = await start('dist/start.js', settings, credentials);
    await expectAnswers(await addressOf(child));
    await stop(child);
    if (hasSandbox()) expect((await readdir(release, { recursive: true })).length).toBe(before);
  });
});
