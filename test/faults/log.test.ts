import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from '../support/feed.js';
import { inQuiet } from '../support/soak.js';

const MAIN = fileURLToPath(new URL('../../dist/start.js', import.meta.url));

let folder: string;
/** A file system of 256 kB; undefined if this user may not mount one. */
let small: string | undefined;
beforeAll(async () => {
  if (!existsSync(MAIN)) throw new Error('dist/start.js is missing: run npm run build first.');
  folder = await mkdtemp(join(tmpdir(), 'stedenband-log-'));
  const mount = join(folder, 'small');
  await mkdir(mount);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', mount], { stdio: 'ignore' });
    small = mount;
  } catch {}
});
const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});
afterAll(async () => {
  if (small) execFileSync('umount', [small]);
  await rm(folder, { recursive: true, force: true });
});

/** Makes SIGUSR2 an error that nothing catches. */
const CRASH = 'data:text/javascript,process.on("SIGUSR2", () => { throw new Error("a bug") })';

/** Starts the built server with a standard error of the test's choice. */
async function start(stderr: number): Promise<{ url: string; stop(signal?: NodeJS.Signals): Promise<unknown> }> {
  const child = spawn(process.execPath, ['--import', CRASH, MAIN], {
    env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: 'memory', RATE_LIMIT: 'off' },
    stdio: ['ignore', 'pipe', stderr],
  });
  running.add(child);
  const ended = once(child, 'exit').then(([code, signal]) => {
    running.delete(child);
    return { code, signal };
  });
  let out = '';
  child.stdout?.on('data', text => {
    out += text;
  });
  await until('it serves', () => out.includes('\n') || child.exitCode !== null, inQuiet(20_000));
  return {
    url: /http:\S+(?=\/graphql)/.exec(out)?.[0] ?? '',
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return Promise.race([ended, new Promise(resolve => setTimeout(resolve, 10_000, 'still running after 10 s'))]);
    },
  };
}

const NAME = 'A'.repeat(100);

/** Sends queries, some at once, each of which writes a line to the log; returns the number of those that were answered. */
async function answered(url: string, count: number): Promise<number> {
  let [sent, answers] = [0, 0];
  const client = async () => {
    while (sent < count) {
      sent += 1;
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: `query ${NAME} { __typename }` }),
      });
      if ((await response.text()).includes('"Query"')) answers += 1;
    }
  };
  await Promise.all(Array.from({ length: 20 }, client));
  return answers;
}

async function expectServing(url: string): Promise<void> {
  expect(await answered(url, 100)).toBe(100);
  const before = performance.now();
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  expect(performance.now() - before).toBeLessThan(inQuiet(50));
}

async function dropped(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^stedenband_log_dropped_total (\d+)$/m.exec(text)?.[1]);
}

const STOPPED = { code: 0, signal: null };

/** Creates a pipe with a name, and opens its end to read from. */
function openPipe(name: string): { path: string; reader: number; writer: number } {
  const path = join(folder, name);
  execFileSync('mkfifo', [path]);
  const reader = openReader(path);
  return { path, reader, writer: openSync(path, constants.O_WRONLY) };
}

const openReader = (path: string) => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);

/** Reads all that is in a pipe now. */
function readAll(reader: number): string {
  const buffer = Buffer.alloc(1_000_000);
  let text = '';
  for (;;) {
    try {
      const count = readSync(reader, buffer);
      if (count === 0) return text;
      text += buffer.toString('utf8', 0, count);
    } catch {
      return text;
    }
  }
}

const lastLineOf = (text: string) => JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');

test('a log on a full device costs lines, never answers', async () => {
  const device = openSync('/dev/full', 'w');
  const server = await start(device);
  closeSync(device);
  await expectServing(server.url);
  await until('the lines are counted', async () => (await dropped(server.url)) >= 100);
  await expectServing(server.url);
  expect(await server.stop()).toEqual(STOPPED);
}, 60_000);

test('a log on a disk that fills goes on when there is room', async context => {
  if (!small) return context.skip('mounting a small disk takes root');
  const path = join(small, 'log');
  const file = openSync(path, 'a');
  const server = await start(file);
  closeSync(file);
  const filler = join(small, 'filler');
  writeFileSync(filler, Buffer.alloc(200_000));
  expect(await answered(server.url, 500)).toBe(500);
  await until('lines are dropped', async () => (await dropped(server.url)) > 0);
  await expectServing(server.url);
  rmSync(filler);
  await expectServing(server.url);
  const lost = await dropped(server.url);
  expect(await server.stop()).toEqual(STOPPED);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const whole = lines.filter(line => line.startsWith('{') && line.endsWith('}'));
  // One line more: that of the start.
  expect(whole).toHaveLength(701 - lost);
  // At most the line in which the disk was full is incomplete.
  expect(lines.length - whole.length).toBeLessThanOrEqual(1);
  expect(lastLineOf(whole.join('\n'))).toMatchObject({ operation: NAME, status: 200 });
}, 60_000);

test('a log on a pipe that nobody reads from costs lines, never the stop', async () => {
  const { reader, writer } = openPipe('stalled');
  const server = await start(writer);
  closeSync(writer);
  await expectServing(server.url);
  // More than the pipe and the buffer of the log hold.
  expect(await answered(server.url, 15_000)).toBe(15_000);
  expect(await dropped(server.url)).toBeGreaterThan(0);
  await expectServing(server.url);
  readAll(reader);
  await until('lines come again', () => readAll(reader).includes('request'));
  expect(await answered(server.url, 1)).toBe(1);
  expect(await server.stop()).toEqual(STOPPED);
  closeSync(reader);
}, 120_000);

test('a log on a pipe that was closed goes on when somebody reads again', async () => {
  const { path, reader, writer } = openPipe('closed');
  const server = await start(writer);
  closeSync(writer);
  closeSync(reader);
  await expectServing(server.url);
  await until('the lines are counted', async () => (await dropped(server.url)) >= 100);
  const again = openReader(path);
  await expectServing(server.url);
  let text = '';
  await until('lines come again', () => {
    text += readAll(again);
    return text.split('\n').length > 100;
  });
  expect(lastLineOf(text)).toMatchObject({ operation: NAME, status: 200 });
  closeSync(again);
  await expectServing(server.url);
  expect(await server.stop()).toEqual(STOPPED);
}, 60_000);

test('the lines before a stop are written', async () => {
  const path = join(folder, 'whole');
  const file = openSync(path, 'a');
  const server = await start(file);
  closeSync(file);
  expect(await answered(server.url, 1_000)).toBe(1_000);
  expect(await server.stop()).toEqual(STOPPED);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const [first = '', ...requests] = lines;
  expect(JSON.parse(first)).not.toHaveProperty('operation');
  expect(requests).toHaveLength(1_000);
  for (const line of requests) expect(JSON.parse(line)).toMatchObject({ operation: NAME, status: 200 });
}, 60_000);

test('a crash ends the process, whatever the log is on, and comes after the lines before it', async () => {
  const path = join(folder, 'crash');
  const { reader, writer } = openPipe('crashed');
  const crash = async (stderr: number) => {
    const server = await start(stderr);
    closeSync(stderr);
    expect(await answered(server.url, 1_000)).toBe(1_000);
    expect(await server.stop('SIGUSR2')).toEqual({ code: 1, signal: null });
  };
  await crash(openSync('/dev/full', 'w'));
  await crash(writer);
  await crash(openSync(path, 'a'));
  closeSync(reader);
  const text = readFileSync(path, 'utf8');
  expect(text.match(/"msg":"request"/g)).toHaveLength(1_000);
  expect(text).toContain('Error: a bug');
}, 90_000);
