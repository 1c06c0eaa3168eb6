import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { settingNames } from '../../src/config/settings.js';
import { lockDirectory } from '../../src/database/lock.js';
import { openDatabase } from '../../src/database/open.js';
import { databaseUrl } from '../support/global.js';

// Each test starts processes that create a register: seconds on an idle machine, a minute on a busy one.
vi.setConfig({ testTimeout: 180_000 });

const dist = (file: string) => fileURLToPath(new URL(`../../dist/${file}`, import.meta.url));

/** A child process: what it wrote, and how it ended. */
interface Running {
  child: ChildProcess;
  out: string;
  err: string;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; out: string; err: string }>;
}

/** The lock in a data directory. */
const LOCK = 'stedenband-lock';

const running = new Set<Running>();

/** Runs a built file with these settings and no others. */
function run(settings: Record<string, string>, file = 'start.js', ...args: string[]): Running {
  const child = spawn(process.execPath, [dist(file), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'warn', ...settings },
  });
  const ended = once(child, 'close').then(([code, signal]) => {
    running.delete(program);
    return { code, signal, out: program.out, err: program.err };
  });
  const program: Running = { child, out: '', err: '', ended };
  child.stdout.setEncoding('utf8').on('data', text => {
    program.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', text => {
    program.err += text;
  });
  running.add(program);
  return program;
}

/** Resolves with the URL of a server once it has printed it. */
async function url(program: Running): Promise<string> {
  let ended = false;
  program.ended.then(() => {
    ended = true;
  });
  while (!program.out.includes('\n')) {
    if (ended) throw new Error(`The server ended before it served: ${program.err}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return LINE.exec(program.out)?.[1] ?? '';
}

const LINE =
  /^stedenband: GraphQL and GraphiQL at (http:\/\/127\.0\.0\.1:\d+)\/graphql, health at \1\/health\/ready, storage (?:postgresql|embedded in \S+)\n$/;

function stop(program: Running, signal: NodeJS.Signals = 'SIGTERM') {
  program.child.kill(signal);
  return program.ended;
}

async function totals(server: string, fields = 'partnerships exchanges'): Promise<unknown> {
  const query = `{ ${fields.replaceAll(/\w+/g, '$& { totalCount }')} }`;
  const response = await fetch(`${server}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return { data: ((await response.json()) as { data: unknown }).data };
}

/** It ends with code 1, no word on stdout and exactly this line on stderr. */
async function expectFailure(program: Running, line: string | RegExp): Promise<void> {
  const { code, out, err } = await program.ended;
  expect({ code, out, err }).toEqual({ code: 1, out: '', err: expect.stringMatching(/^[^\n]+\n$/) });
  if (typeof line === 'string') expect(err).toBe(`${line}\n`);
  else expect(err.trimEnd()).toMatch(line);
}

let folder: string;
beforeAll(async () => {
  for (const file of ['start.js', 'commands/migrate.js', 'commands/seed.js', 'graphiql/index.html']) {
    if (!existsSync(dist(file))) throw new Error(`dist/${file} is missing: run npm run build first.`);
  }
  folder = await mkdtemp(join(tmpdir(), 'stedenband-process-'));
});

afterEach(async () => {
  for (const program of running) await stop(program, 'SIGKILL');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('with an embedded database', () => {
  test('it migrates, seeds, serves, ends on a signal, and goes on with what it stored', async () => {
    const settings = { DATA_DIR: join(folder, 'register') };
    const lock = join(settings.DATA_DIR, LOCK);

    const first = run(settings);
    const server = await url(first);
    expect(await totals(server)).toEqual({
      data: { partnerships: { totalCount: 53 }, exchanges: { totalCount: 169 } },
    });
    const query = encodeURIComponent('{ partnership(id: "tie-rotterdam-shanghai") { startedOn } }');
    const got = await fetch(`${server}/graphql?query=${query}`, { headers: { 'apollo-require-preflight': '1' } });
    expect(await got.json()).toMatchObject({ data: { partnership: { startedOn: '1979' } } });
    const live = await fetch(`${server}/health/live`);
    expect([live.status, await live.json()]).toEqual([200, { status: 'ok' }]);
    const ready = await fetch(`${server}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ok', database: 'ok', storage: 'embedded', missingMigrations: 0, feedLag: 0, readOnly: false },
    ]);
    expect(await (await fetch(`${server}/graphql`, { headers: { accept: 'text/html' } })).text()).toContain('<html');

    expect(JSON.parse(await readFile(lock, 'utf8'))).toMatchObject({ pid: first.child.pid, since: expect.any(String) });
    const second = run(settings);
    await expectFailure(
      second,
      new RegExp(
        `^The data directory ${settings.DATA_DIR} is in use by process ${first.child.pid} since \\d{4}-\\S+Z; stop that process, or set DATA_DIR to another folder\\.$`,
      ),
    );
    expect(await totals(server, 'programmes')).toEqual({ data: { programmes: { totalCount: 16 } } });

    const { code, signal, out } = await stop(first, 'SIGTERM');
    expect([code, signal]).toEqual([0, null]);
    expect(out).toMatch(LINE);
    expect(out).toContain(`, storage embedded in ${settings.DATA_DIR}\n`);
    expect(existsSync(lock)).toBe(false);

    // A seed that ran again would bring the exchange back, and would put the register's own text in the notes.
    const between = await openDatabase({ kind: 'embedded', directory: settings.DATA_DIR });
    const sql = between.em.getConnection();
    for (const statement of [
      "delete from citation where exchange_id = 'exch-rotterdam-shanghai-rcro'",
      "delete from search_document where id = 'exch-rotterdam-shanghai-rcro'",
      "delete from exchange where id = 'exch-rotterdam-shanghai-rcro'",
      "update partnership set notes = 'written in between' where id = 'tie-rotterdam-shanghai'",
      "insert into mikro_orm_migrations (name) values ('Migration99991231000000')",
    ]) {
      await sql.execute(statement);
    }
    await between.close();

    const third = run(settings);
    const again = await url(third);
    expect(await totals(again)).toEqual({ data: { partnerships: { totalCount: 53 }, exchanges: { totalCount: 168 } } });
    const notes = encodeURIComponent('{ partnership(id: "tie-rotterdam-shanghai") { notes version } }');
    const kept = await fetch(`${again}/graphql?query=${notes}`, { headers: { 'apollo-require-preflight': '1' } });
    expect(await kept.json()).toMatchObject({ data: { partnership: { notes: 'written in between', version: 1 } } });
    expect(third.err).not.toContain('Seeding');
    expect(third.err).toContain(
      'A newer version has migrated the database: the newest migration is Migration99991231000000,',
    );
    const end = await stop(third, 'SIGINT');
    expect([end.code, end.signal, existsSync(lock)]).toEqual([0, null, false]);

    // A killed process leaves its lock behind; the next one takes it over.
    const killed = run(settings);
    await url(killed);
    await stop(killed, 'SIGKILL');
    expect(JSON.parse(await readFile(lock, 'utf8')).pid).toBe(killed.child.pid);
    const heir = run(settings);
    expect(await totals(await url(heir), 'exchanges')).toEqual({ data: { exchanges: { totalCount: 168 } } });
    expect(JSON.parse(await readFile(lock, 'utf8')).pid).toBe(heir.child.pid);
    expect((await stop(heir)).code).toBe(0);
    expect((await readdir(folder)).filter(name => name.startsWith('register'))).toEqual(['register']);
  });

  test('in memory it leaves nothing behind', async () => {
    const before = await readdir(folder);
    const server = run({ DATA_DIR: 'memory' });
    expect(await totals(await url(server), 'partnerships')).toEqual({ data: { partnerships: { totalCount: 53 } } });
    expect((await stop(server, 'SIGINT')).code).toBe(0);
    expect(await readdir(folder)).toEqual(before);
  });
});

test('a second signal, such as the one that npm passes on after a Ctrl-C, does not cut the shutdown off', async () => {
  const program = run({ DATA_DIR: 'memory', SHUTDOWN_DELAY: '1500' });
  const server = await url(program);
  program.child.kill('SIGINT');
  const ready = async () => (await fetch(`${server}/health/ready`)).status;
  while ((await ready()) === 200) await new Promise(resolve => setTimeout(resolve, 20));
  expect(await stop(program, 'SIGINT')).toMatchObject({ code: 0, signal: null });
});

test('a signal that comes as soon as the server says that it serves lets it finish', async () => {
  // As if another process had the core between the line and the next statement.
  const pause =
    'const { log } = console; console.log = line => [log(line), Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)];';
  const program = run({
    DATA_DIR: 'memory',
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(pause)}`,
  });
  await url(program);
  expect(await stop(program, 'SIGTERM')).toMatchObject({ code: 0, signal: null });
});

test('an error that graphql-js drops in a list does not end the process', async () => {
  const server = await url(run({ DATA_DIR: 'memory' }));
  // Without a plan: null for the variable. The Dutch items are promises, a Chinese one throws at once.
  const query = `query($v: Boolean = true) { authorities(first: 100, orderBy: { field: ID, direction: DESC }) {
    nodes { ... on DutchAuthority { citations { supports } } names { nl @include(if: $v) } } } }`;
  for (const order of ['DESC', 'ASC']) {
    const response = await fetch(`${server}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: query.replace('DESC', order), variables: { v: null } }),
    });
    const { data, errors } = (await response.json()) as { data: unknown; errors: { message: string }[] };
    expect([data, errors[0]?.message]).toEqual([
      { authorities: null },
      'Argument "if" of non-null type "Boolean!" must not be null.',
    ]);
  }
  expect(await totals(server, 'programmes')).toEqual({ data: { programmes: { totalCount: 16 } } });
});

describe('the lock of a data directory', () => {
  /** Long enough for all to have tried, in milliseconds. */
  const ROUND = 400;

  /** Tries to take one lock after another, each at a moment that all processes wait for, and says how that went. */
  const RIVAL = `
    const [lock, start, ...directories] = process.argv.slice(1);
    const { lockDirectory } = await import(lock);
    const said = [];
    for (const [round, directory] of directories.entries()) {
      const moment = Number(start) + round * ${ROUND};
      // Until shortly before it, other processes have the processor.
      await new Promise(resolve => setTimeout(resolve, moment - Date.now() - 30));
      while (Date.now() < moment);
      said.push(await lockDirectory(directory).then(() => 'held', error => error.message));
    }
    console.log(JSON.stringify(said));
    process.stdin.resume();`;

  // These wait for moments, each at its own, and for a process that touches nothing any more.
  test.concurrent.each([
    ['there is none', undefined, 0],
    ['a dead process left one', JSON.stringify({ pid: 2 ** 30, since: '2026-01-01T00:00:00.000Z' }), ROUND / 3],
    ['a power cut left an empty one', '', (2 * ROUND) / 3],
  ])('of processes that want it at once exactly one gets it when %s', async (_, left, delay) => {
    const home = await mkdtemp(join(folder, 'rivals-'));
    const directories = Array.from({ length: 8 }, (_, round) => join(home, String(round)));
    for (const directory of directories) {
      await mkdir(directory);
      if (left !== undefined) await writeFile(join(directory, LOCK), left);
    }
    const start = String(Date.now() + 2_500 + delay);
    const rivals = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', RIVAL, dist('database/lock.js'), start, ...directories]),
    );
    try {
      const said = await Promise.all(
        rivals.map(async ({ stdout }) => JSON.parse(String((await once(stdout, 'data'))[0])) as string[]),
      );
      for (const [round, directory] of directories.entries()) {
        const answers = said.map(answer => answer[round]);
        expect(answers.filter(answer => answer === 'held')).toHaveLength(1);
        const { pid } = JSON.parse(await readFile(join(directory, LOCK), 'utf8'));
        expect(pid).toBe(rivals[answers.indexOf('held')]?.pid);
        for (const answer of answers) {
          if (answer !== 'held')
            expect(answer).toMatch(new RegExp(`^The data directory ${directory} is in use by process \\d+ since`));
        }
      }
    } finally {
      for (const rival of rivals) rival.kill('SIGKILL');
    }
  });

  test.runIf(existsSync('/proc/self/ns/pid'))(
    'of a process that this one cannot see is held as long as that touches it',
    { concurrent: true },
    async () => {
      const directory = join(folder, 'elsewhere');
      const lock = join(directory, LOCK);
      await mkdir(directory);
      const since = new Date().toISOString();
      await writeFile(lock, JSON.stringify({ pid: process.pid, since, space: 'another container', startTime: '1' }));
      const now = () => Date.now() / 1_000;
      const touches = setInterval(() => void utimes(lock, now(), now()), 200);
      await expect(lockDirectory(directory)).rejects.toThrow(
        `is in use by process ${process.pid} of another container or machine since ${since}; stop`,
      );
      clearInterval(touches);
      await (await lockDirectory(directory))();
    },
  );

  test('is not held by a process before this one that had the same id, as in a container', async () => {
    const directory = join(folder, 'container');
    const since = new Date(performance.timeOrigin - 1_000).toISOString();
    await mkdir(directory);
    await writeFile(join(directory, LOCK), JSON.stringify({ pid: process.pid, since }));
    const release = await lockDirectory(directory);
    await expect(lockDirectory(directory)).rejects.toThrow(`is in use by process ${process.pid} since`);
    await release();
    expect(await readdir(directory)).toEqual([]);
  });

  test('is one for all paths of the directory', async () => {
    const directory = join(folder, 'linked');
    const release = await lockDirectory(directory);
    const link = join(folder, 'link');
    await symlink(directory, link);
    for (const path of [link, `${directory}/`, `${link}/../linked`])
      await expect(lockDirectory(path)).rejects.toThrow(`is in use by process ${process.pid} since`);
    await release();
    await (await lockDirectory(link))();
  });

  test.runIf(existsSync('/proc/self/stat'))(
    'is not held by another program that has the id of its process',
    async () => {
      const directory = join(folder, 'reused');
      const since = new Date().toISOString();
      const other = spawn('sleep', ['60']);
      try {
        const release = await lockDirectory(directory);
        const { startTime } = JSON.parse(await readFile(join(directory, LOCK), 'utf8'));
        await release();
        // A lock of a process that had the id before, and the same of one that has it now.
        await writeFile(join(directory, LOCK), JSON.stringify({ pid: other.pid, since, startTime: `${startTime}0` }));
        await (await lockDirectory(directory))();
        await writeFile(join(directory, LOCK), JSON.stringify({ pid: other.pid, since }));
        await expect(lockDirectory(directory)).rejects.toThrow(
          `is in use by process ${other.pid} since ${since}; stop`,
        );
      } finally {
        other.kill('SIGKILL');
      }
    },
  );
});

describe('with PostgreSQL', () => {
  const name = `stedenband_process_${process.pid}`;
  const onServer = async (statement: string) => {
    const maintenance = await openDatabase({ kind: 'postgresql', url: inject('server') });
    await maintenance.em.getConnection().execute(statement);
    await maintenance.close();
  };
  beforeAll(() => onServer(`create database ${name}`));
  afterAll(() => onServer(`drop database if exists ${name} with (force)`));

  test('it starts when npm run migrate has run, serves what npm run seed wrote, and both may run again', async () => {
    const settings = { DATABASE_URL: databaseUrl(inject('server'), name) };
    const lacks = /^The database lacks \d+ migrations; run npm run migrate, then npm run seed\.$/;
    await expectFailure(run(settings), lacks);
    await expectFailure(run(settings, 'commands/seed.js'), lacks);

    const done = (out: string | RegExp) => ({ code: 0, signal: null, out: expect.stringMatching(out), err: '' });
    const migrate = () => run(settings, 'commands/migrate.js').ended;
    expect(await migrate()).toEqual(done(/^Migrated: Migration\d+(?:, Migration\d+)*\.\n$/));
    expect(await migrate()).toEqual(done(/^The database has all migrations\.\n$/));

    const empty = run(settings);
    expect(await totals(await url(empty), 'partnerships')).toEqual({ data: { partnerships: { totalCount: 0 } } });
    expect((await stop(empty)).code).toBe(0);

    const seed = () => run(settings, 'commands/seed.js').ended;
    expect(await seed()).toEqual({ ...done(/^Seeded \d+ records\.\n$/), err: expect.any(String) });
    expect(await seed()).toEqual(done(/^The database holds all records of the seeds\.\n$/));

    const server = run(settings);
    expect(await totals(await url(server))).toEqual({
      data: { partnerships: { totalCount: 53 }, exchanges: { totalCount: 169 } },
    });
    const beside = run(settings);
    expect(await totals(await url(beside), 'partnerships')).toEqual({ data: { partnerships: { totalCount: 53 } } });
    const ready = await fetch(`${await url(server)}/health/ready`);
    expect(await ready.json()).toMatchObject({ status: 'ok', storage: 'postgresql' });
    for (const program of [server, beside]) {
      const { code, out, err } = await stop(program);
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(LINE);
      expect(out).toContain(', storage postgresql\n');
    }
  });
});

describe('npm start -- --check', () => {
  const secrets = {
    DATABASE_URL: 'postgresql://register:hunter2@db.example/register?password=hunter2',
    ADMIN_KEY: 'hunter2-hunter2-hunter2',
    METRICS_KEY: 'hunter2-metrics-hunter2',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://user:hunter2@collector.example:4318',
  };

  test('prints every setting, with secrets masked, and opens nothing', async () => {
    const { code, out, err } = await run({ ...secrets, PORT: '8080' }, 'start.js', '--check').ended;
    expect([code, err]).toEqual([0, '']);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map(line => line.split(/[ =]/)[0]),
    ).toEqual(settingNames);
    expect(out).toContain('\nPORT=8080\n');
    expect(out).toContain('\nDATABASE_POOL_SIZE=10 (default)\n');
    expect(out).toContain('\nDATABASE_URL=postgresql://***@db.example/register?***\n');
    expect(out).toContain('\nADMIN_KEY=***\n');
    expect(out).toContain('\nOTEL_EXPORTER_OTLP_ENDPOINT=https://***@collector.example:4318/\n');
    expect(out).toContain('\nOIDC_ISSUER is not set\n');
    expect(out).not.toContain('hunter2');
    expect(existsSync(join(folder, '.data'))).toBe(false);
  });

  test('tells all problems at once, and nothing of a secret', async () => {
    const settings = { ...secrets, ADMIN_KEY: 'hunter2', PORT: 'x', LOG_LEVEL: 'loud', DATABASE_QUERY_TIMEOUT: '0' };
    const program = run(settings, 'start.js', '--check');
    await expectFailure(
      program,
      /^Settings: PORT is a port number.*got "x"\. DATABASE_QUERY_TIMEOUT is a number of milliseconds from 1 to 600000; got "0"\. ADMIN_KEY is one value or, separated by a space, the old and the new one, each of at least 16 characters; got one of 7 characters\. LOG_LEVEL is one of debug, info, warn, error, silent; got "loud"\.$/,
    );
    expect(program.err).not.toContain('hunter2');
  });
});

describe('what an operator can mend ends it with code 1 and one line', () => {
  const noDatabase = (reason: RegExp) =>
    new RegExp(`^The database of DATABASE_URL cannot be reached: .*${reason.source}`);
  const server = (change: (url: URL) => void) => {
    const url = new URL(inject('server'));
    change(url);
    return url.href;
  };

  test.each<[what: string, settings: () => Record<string, string>, line: string | RegExp]>([
    [
      'a database that is not there',
      () => ({ DATABASE_URL: 'postgresql://register:secret@127.0.0.1:1/register' }),
      'The database of DATABASE_URL cannot be reached: connect ECONNREFUSED 127.0.0.1:1.',
    ],
    [
      'a host that is not there',
      () => ({ DATABASE_URL: 'postgresql://register:secret@database.invalid/register' }),
      noDatabase(/database\.invalid/),
    ],
    [
      'an unknown user with a wrong password',
      () => ({
        DATABASE_URL: server(url => {
          url.username = 'nobody';
          url.password = 'secret';
        }),
      }),
      noDatabase(/"nobody"/),
    ],
    [
      'an unknown database',
      () => ({
        DATABASE_URL: server(url => {
          url.pathname = '/no_register';
        }),
      }),
      noDatabase(/"no_register" does not exist/),
    ],
    [
      'another kind of database',
      () => ({ DATABASE_URL: 'mysql://root:secret@127.0.0.1/x' }),
      'Settings: DATABASE_URL begins with postgres:// or postgresql://; got something else.',
    ],
    ['a port that is a word', () => ({ PORT: 'abc' }), 'Settings: PORT is a port number from 0 to 65535; got "abc".'],
    ['a port that is none', () => ({ PORT: '70000' }), 'Settings: PORT is a port number from 0 to 65535; got "70000".'],
    ['a misspelt setting', () => ({ DATADIR: 'x' }), /^Settings: DATADIR is not a setting; did you mean DATA_DIR\W*$/],
    [
      'several at once',
      () => ({ PORT: '-1', database_url: 'postgresql://127.0.0.1/x' }),
      /^Settings: database_url is not a setting.*DATABASE_URL.*PORT is a port number.*got "-1"\.$/,
    ],
    [
      'a data directory that is a file',
      () => ({ DATA_DIR: dist('start.js') }),
      new RegExp(`^The data directory ${dist('start.js')} cannot be used: EEXIST`),
    ],
    [
      'a data directory inside a file',
      () => ({ DATA_DIR: dist('start.js/register') }),
      new RegExp(`^The data directory ${dist('start.js/register')} cannot be used: ENOTDIR`),
    ],
    [
      'a data directory in a folder that the system keeps',
      () => ({ DATA_DIR: '/proc/stedenband/register' }),
      /^The data directory \/proc\/stedenband\/register cannot be used: ENOENT/,
    ],
    [
      'a data directory that cannot be written',
      () => ({ DATA_DIR: '/proc' }),
      /^The data directory \/proc cannot be used: ENOENT/,
    ],
    [
      'a secret of several words',
      () => ({ ADMIN_KEY: 'three words secret' }),
      'Settings: ADMIN_KEY is one value or, separated by a space, the old and the new one, each of at least 16 characters; got 3 of 5, 5, 6 characters.',
    ],
    [
      'a cost for a scope that does not exist',
      () => ({ MAX_COST_BY_SCOPE: 'register:read=50000' }),
      /^Settings: MAX_COST_BY_SCOPE .*the scopes are read, authority:write, .*register:admin; got "register:read=50000"\.$/,
    ],
  ])('%s', async (_, settings, line) => {
    const program = run(settings());
    await expectFailure(program, line);
    expect(program.err).not.toContain('secret');
  });

  test('a role that may not, a database that accepts no writes, and one that ends the command', async () => {
    const [name, weak, reader] = ['refused', 'weak', 'reader'].map(part => `stedenband_${part}_${process.pid}`);
    const maintenance = await openDatabase({ kind: 'postgresql', url: inject('server') });
    const execute = (statement: string) => maintenance.em.getConnection().execute(statement);
    await execute(`create database ${name} template ${inject('template')}`);
    await execute(`create role ${weak} login password 'x'`);
    await execute(`create role ${reader} superuser login password 'x'`);
    await execute(`alter role ${reader} set default_transaction_read_only = on`);
    const as = (role?: string) => {
      const address = new URL(databaseUrl(inject('server'), name as string));
      if (role) Object.assign(address, { username: role, password: 'x' });
      return { DATABASE_URL: address.href };
    };
    try {
      for (const file of ['start.js', 'commands/verify.js'])
        await expectFailure(
          run(as(weak), file),
          'The database did not do it: permission denied for table mikro_orm_migrations; grant the role of DATABASE_URL the right, or name the owner of the tables there.',
        );
      await expectFailure(
        run(as(reader), 'commands/key.js', 'create', '--name', 'x', '--scope', 'read'),
        'The database did not do it: cannot execute INSERT in a read-only transaction; name the primary in DATABASE_URL, and a role that may write.',
      );
      const holder = new Client({ connectionString: as().DATABASE_URL });
      await holder.connect();
      await holder.query('begin; lock table partnership in access exclusive mode');
      const verifying = run(as(), 'commands/verify.js');
      await expectFailure(
        verifying,
        'The database did not do it: canceling statement due to lock timeout; run the command again when the database is free.',
      );
      await holder.end();
    } finally {
      await execute(`drop database ${name} with (force)`);
      await execute(`drop role ${weak}, ${reader}`);
      await maintenance.close();
    }
  });

  test('a database in another encoding', async () => {
    const maintenance = await openDatabase({ kind: 'postgresql', url: inject('server') });
    const name = `stedenband_latin1_${process.pid}`;
    const execute = (statement: string) => maintenance.em.getConnection().execute(statement);
    await execute(
      `create database ${name} template template0 encoding 'LATIN1' locale_provider libc lc_collate 'C' lc_ctype 'C'`,
    );
    try {
      for (const file of ['start.js', 'commands/migrate.js'])
        await expectFailure(
          run({ DATABASE_URL: databaseUrl(inject('server'), name) }, file),
          'The register needs a database with the encoding UTF8; that of DATABASE_URL has LATIN1. Create another: createdb --encoding=UTF8 --template=template0 stedenband.',
        );
    } finally {
      await execute(`drop database ${name}`);
      await maintenance.close();
    }
  });

  test('a key in memory, which would end with the command', async () => {
    const create = ['create', '--name', 'x', '--scope', 'register:admin'];
    await expectFailure(
      run({ DATA_DIR: 'memory' }, 'commands/key.js', ...create),
      'DATA_DIR is memory, where a key would end with this command. Start the server with ADMIN_KEY, a key with all scopes, or set DATA_DIR to a folder or DATABASE_URL.',
    );
  });

  test.each(['migrate', 'seed', 'verify', 'vacuum'])('a database in memory, of npm run %s', async name => {
    await expectFailure(
      run({ DATA_DIR: 'memory' }, `commands/${name}.js`),
      'DATA_DIR is memory, which ends with a command. Set DATA_DIR to a folder, or DATABASE_URL.',
    );
  });

  test.each([['seed'], ['verify'], ['vacuum'], ['key', 'list'], ['migrate', '--restored']])(
    'a data directory without a register, of npm run %s, which makes none',
    async (name, ...args) => {
      const directory = join(folder, 'mistyped');
      await expectFailure(
        run({ DATA_DIR: directory }, `commands/${name}.js`, ...args),
        `There is no register in ${directory}: set DATA_DIR to the folder of one, or make one with npm start.`,
      );
      expect(existsSync(directory)).toBe(false);
    },
  );

  test('a data directory that holds something else, whose lock it gives back', async () => {
    const directory = await mkdtemp(join(folder, 'other-'));
    await writeFile(join(directory, 'PG_VERSION'), 'something else');
    await expectFailure(
      run({ DATA_DIR: directory }),
      /^The embedded database in \S+ cannot be opened: its files are damaged, or of another version of PostgreSQL; restore a backup, or set DATA_DIR to an empty folder\.$/,
    );
    expect(await readdir(directory)).toEqual(['PG_VERSION']);
  });

  test.each(['notes.txt', 'global'])('a data directory with other files, or half a register: %s', async name => {
    const directory = await mkdtemp(join(folder, 'other-'));
    await writeFile(join(directory, name), '');
    await expectFailure(
      run({ DATA_DIR: directory }),
      `The data directory ${directory} holds other files (${name}) and no whole register; restore a backup, or set DATA_DIR to an empty folder.`,
    );
    expect(await readdir(directory)).toEqual([name]);
  });

  test('a port in use, after which the database is closed', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      const settings = { DATABASE_URL: databaseUrl(inject('server'), inject('template')), PORT: String(port) };
      await expectFailure(
        run(settings),
        `The server cannot listen on 127.0.0.1:${port}: that port is in use; set PORT to another.`,
      );
    } finally {
      other.close();
    }
  });

  test('a port in use of npm run webhook:listen, which has an option for it', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      await expectFailure(
        run({}, 'commands/webhook-listen.js', '--port', String(port)),
        `The server cannot listen on 127.0.0.1:${port}: that port is in use; set --port to another.`,
      );
    } finally {
      other.close();
    }
  });

  test.each([
    ['start.js', 'this command takes --check'],
    ['commands/migrate.js', 'this command takes --restored'],
    ['commands/seed.js', 'npm run seed takes at most one folder of seeds'],
  ])('an argument that %s does not know', async (file, rule) => {
    await expectFailure(
      run({}, file, '--port=80'),
      `--port=80 is not known: ${rule}; settings are environment variables.`,
    );
    expect(existsSync(join(folder, '.data'))).toBe(false);
  });

  test.each(['commands/migrate.js', 'commands/seed.js'])('a database that is not there, of %s', async file => {
    await expectFailure(run({ DATABASE_URL: 'postgresql://127.0.0.1:1/x' }, file), noDatabase(/ECONNREFUSED/));
  });
});
