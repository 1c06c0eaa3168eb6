// Each contestant is a process of its own, started the same way and asked from outside.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../load/postgres.mjs';
import { cpuOf } from '../measure/cpu.mjs';
import { HEADERS } from '../measure/load.mjs';

const here = file => fileURLToPath(new URL(file, import.meta.url));
const FIRST_ANSWER_TIMEOUT = 30_000;

/** As the others are: no budget of clients, and no log line a request. */
const OURS = { RATE_LIMIT: 'off', LOG_LEVEL: 'warn' };

/** The start of each contestant: arguments, settings, and the path of its endpoint. */
const commands = {
  limit: () => ({ args: [here('limit.mjs')], path: '/' }),
  floor: () => ({ args: [here('floor.mjs')], path: '/' }),
  postgraphile: () => ({ args: [here('postgraphile.mjs')], env: { GRAPHILE_ENV: 'production' } }),
  mercurius: () => ({ args: [here('mercurius.mjs')] }),
  mercuriusShared: () => ({ args: [here('mercurius.mjs'), '--shared'] }),
  ours: ours => ({ args: [join(ours, 'dist/start.js')], env: { ...OURS, RESPONSE_CACHE: 'off' } }),
  hand: () => ({ args: [here('hand-write.mjs')], path: '/' }),
  cached: ours => ({ args: [join(ours, 'dist/start.js')], env: OURS }),
};

export const titles = {
  limit: 'limit',
  floor: 'floor',
  postgraphile: 'PostGraphile',
  mercurius: 'Mercurius',
  mercuriusShared: 'Mercurius, tuned',
  ours: 'ours',
  cached: 'ours cached',
};

/** Returns the flags of node with which a checkout is started by `npm start`: its peers have them, too. */
function flagsOf(ours) {
  const { scripts } = JSON.parse(readFileSync(join(ours, 'package.json'), 'utf8'));
  return scripts.start.split(' && ').at(-1).match(/--\S+/g) ?? [];
}

/**
 * Starts a contestant and asks it until it answers.
 *
 * @param first The body it is asked first.
 * @returns Its `url` and `pid`, and what the first answer took: `firstMs`, `firstCpu`.
 */
export async function startContestant(name, database, ours, first, env = {}) {
  const { args, env: own = {}, path = '/graphql' } = commands[name](ours);
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, [...flagsOf(ours), ...args], {
    cwd: here('..'),
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), DATABASE_URL: database.url, ...own, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', data => {
    said = (said + data).slice(-4_000);
  });
  const exited = new Promise(resolve => child.once('exit', resolve));
  const url = `http://127.0.0.1:${port}${path}`;
  const stop = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 6_000);
    await exited;
    clearTimeout(late);
  };
  try {
    await firstAnswer(url, first, child, () => said);
  } catch (error) {
    await stop();
    throw new Error(`${titles[name]} gives no answer: ${error.message}\n${said}`);
  }
  return {
    name,
    url,
    pid: child.pid,
    stop,
    firstMs: performance.now() - began,
    firstCpu: cpuOf(child.pid),
    said: () => said,
  };
}

async function firstAnswer(url, body, child) {
  const until = performance.now() + FIRST_ANSWER_TIMEOUT;
  let problem = 'nothing listens';
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    try {
      const response = await fetch(url, { method: 'POST', body, headers: HEADERS });
      const text = await response.text();
      if (response.ok && text.startsWith('{"data":{')) return;
      problem = `${response.status} ${text.slice(0, 1_000)}`;
      if (response.status >= 400) throw new Error(problem);
    } catch (error) {
      if (error.message === problem) throw error;
    }
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  throw new Error(problem);
}
