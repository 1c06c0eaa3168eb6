// The load generator, always a process of its own: wrk where it is installed, which costs little, else autocannon.
import { execFile, execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = path => fileURLToPath(new URL(path, import.meta.url));
const bodyFile = join(tmpdir(), `stedenband-bench-${process.pid}.json`);

export const CONNECTIONS = 16;

function hasWrk() {
  try {
    execFileSync('wrk', ['-v'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    return error.code !== 'ENOENT';
  }
}
export const generator = hasWrk() ? 'wrk' : 'autocannon';

/**
 * Posts a body over and over; without one it gets the URL, with an ETag as one who has the answer already.
 *
 * @returns {Promise<{requests: number, ms: number, p50: number, p99: number, errors: number, bytes: number}>}
 */
export async function load(url, body, seconds, etag) {
  writeFileSync(bodyFile, body ?? '');
  const method = body === undefined ? 'GET' : 'POST';
  return generator === 'wrk' ? wrk(url, method, seconds, etag) : autocannon(url, method, seconds, etag);
}

async function wrk(url, method, seconds, etag) {
  const args = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--timeout', '20s', '-s', here('load.lua'), url];
  const { stdout } = await run('wrk', args, {
    env: { ...process.env, BENCH_BODY: bodyFile, BENCH_METHOD: method, ...(etag && { BENCH_ETAG: etag }) },
    timeout: (seconds + 30) * 1000,
  });
  return JSON.parse(stdout.slice(stdout.indexOf('RESULT ') + 7));
}

async function autocannon(url, method, seconds, etag) {
  const args = [here('../node_modules/autocannon/autocannon.js'), '--json', '--no-progress', '-c', String(CONNECTIONS)];
  args.push('-d', String(seconds), '-m', method, '-H', 'content-type=application/json');
  if (method === 'POST') args.push('-i', bodyFile);
  if (etag) args.push('-H', `if-none-match=${etag}`);
  args.push(url);
  const { stdout } = await run(process.execPath, args, { timeout: (seconds + 30) * 1000, maxBuffer: 1e8 });
  const summary = JSON.parse(stdout);
  return {
    requests: summary.requests.total,
    bytes: summary.throughput.total,
    ms: summary.duration * 1000,
    p50: summary.latency.p50,
    p99: summary.latency.p99,
    errors: summary.errors + summary.timeouts + summary['4xx'] + summary['5xx'],
  };
}

/** Asks from as many connections at once for a while, so that pools and plans are warm when the measuring begins. */
export async function warm(url, body, ms) {
  const until = performance.now() + ms;
  const client = async () => {
    while (performance.now() < until) await ask(url, body);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
}

/** Headers of each request. `fetch` would ask for compressed responses, which ours gives and the others do not. */
export const HEADERS = { 'content-type': 'application/json', accept: 'application/json', 'accept-encoding': 'identity' };

/** One question, one answer as text. A key is that of a client that may write. */
export async function ask(url, body, key) {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { ...HEADERS, ...(key && { authorization: `Bearer ${key}` }) },
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 500)}`);
  return text;
}
