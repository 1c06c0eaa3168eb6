import 'reflect-metadata';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, vi } from 'vitest';
import { ChangeStream } from '../../src/change/stream.js';
import { type Database, openDatabase } from '../../src/database/open.js';
import { COMMAND_LIMITS } from '../../src/database/pool.js';
import { serve } from '../../src/server/serve.js';
import type { ServiceOptions } from '../../src/server/service.js';
import { copyOnPostgreSql } from './database.js';
import { KEY } from './feed.js';
import { UNBOUNDED } from './protection.js';

/** A server in this process, over PostgreSQL, and its feed. */
export interface Feed {
  url: string;
  database: Database;
  stream: ChangeStream;
  /** May be called again. */
  close(): Promise<void>;
}

export async function openFeed(
  url: string,
  log: (...told: unknown[]) => void = console.error,
  more: ServiceOptions = {},
  limits = COMMAND_LIMITS,
): Promise<Feed> {
  const database = await openDatabase({ kind: 'postgresql', url }, { limits });
  const start = vi.spyOn(ChangeStream.prototype, 'start');
  const options = { access: { adminKey: KEY }, protection: UNBOUNDED, ...more };
  const serving = await serve(database, '127.0.0.1', 0, log, options);
  const stream = start.mock.contexts[0] as ChangeStream;
  start.mockRestore();
  let closing: Promise<void> | undefined;
  return {
    url: serving.url,
    database,
    stream,
    close: () => {
      closing ??= serving.close().then(database.close);
      return closing;
    },
  };
}

/**
 * Opens a feed on a copy of the register for the tests of a file, which closes it at its end, with two sessions of its database:
 * `gate` holds locks, `watcher` only looks at them.
 *
 * @param prepare Writes to the copy before it is opened.
 */
export async function openGatedFeed(prepare?: (gate: Client) => Promise<unknown>) {
  const url = await copyOnPostgreSql();
  const [gate, watcher] = [new Client({ connectionString: url }), new Client({ connectionString: url })];
  await Promise.all([gate.connect(), watcher.connect()]);
  await prepare?.(gate);
  const feed = await openFeed(url);
  afterAll(async () => {
    await feed.close();
    await Promise.all([gate.end(), watcher.end()]);
  });
  return { feed, gate, watcher };
}

/** The built server as a process of its own. */
export interface Built {
  url: string;
  child: ChildProcess;
  /** Its output on stderr. */
  errors(): string;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  kill(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Kills it if it still runs, and starts it again at its address. */
  restart(): Promise<Built>;
}

/** The program that `npm start` runs: its bundle takes half as long to start. */
const start = fileURLToPath(new URL('../../dist/start.js', import.meta.url));
/** The same server in separate modules, which probes import. */
const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/**
 * @param before Arguments of node itself, such as the probe to load.
 * @param settings Besides those that every server of the tests has. Lines of requests are left out of its log, so that
 * it is empty when nothing went wrong.
 */
export async function startBuilt(
  database: string,
  port = '0',
  before: string[] = [],
  settings: Record<string, string> = {},
): Promise<Built> {
  if (!existsSync(main)) throw new Error('dist/main.js is missing: run npm run build first.');
  const child = spawn(process.execPath, [...before, before.length ? main : start], {
    // Its many clients are one here.
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: port,
      DATABASE_URL: database,
      ADMIN_KEY: KEY,
      LOG_LEVEL: 'warn',
      RATE_LIMIT_KEY: 'off',
      RATE_LIMIT: 'off',
      SOCKETS_PER_ADDRESS: '10000',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let [out, err] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', text => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', text => {
    err += text;
  });
  let hasEnded = false;
  const ended = once(child, 'exit').then(([code, signal]) => {
    hasEnded = true;
    return { code, signal };
  });
  const serves = /at (http:\S+)\/graphql,/;
  while (!serves.test(out)) {
    if (hasEnded) throw new Error(`The server ended before it served: ${err}`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  const url = serves.exec(out)?.[1] as string;
  const kill = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return {
    url,
    child,
    errors: () => err,
    ended,
    kill,
    restart: async () => {
      await kill('SIGKILL');
      return startBuilt(database, new URL(url).port, before, settings);
    },
  };
}
