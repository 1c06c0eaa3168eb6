import { get } from 'node:http';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { RunningServer } from '../../src/server/serve.js';
import { openTestServer } from '../support/server.js';
import { inQuiet } from '../support/soak.js';

const MAX_FIRST_BYTE_MS = 30;
const RECORDS = 50;

let server: RunningServer;
let paths: string[];

beforeAll(async () => {
  server = await openTestServer();
  const sitemap = await (await fetch(`${server.url}/sitemap.xml`)).text();
  paths = [...sitemap.matchAll(/<loc>[^<]*?(\/(?:id|questions)\/[^<]+)<\/loc>/g)].map(([, path = '']) => path);
}, 120_000);
afterAll(() => server?.close());

/** Returns the milliseconds from the request of a page to the first byte of its response, and those of CPU in this process. */
function firstByte(path: string): Promise<{ wall: number; cpu: number }> {
  return new Promise((resolve, reject) => {
    const [start, before] = [performance.now(), process.cpuUsage()];
    get(server.url + path, { headers: { accept: 'text/html', 'accept-language': 'nl' } }, response => {
      const { user, system } = process.cpuUsage(before);
      const wall = performance.now() - start;
      response.resume().on('end', () => {
        if (response.statusCode === 200) resolve({ wall, cpu: (user + system) / 1_000 });
        else reject(new Error(`${path}: ${response.statusCode}`));
      });
    }).on('error', reject);
  });
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] as number;

test.each([
  ['records', '/id/'],
  ['questions', '/questions/'],
] as const)(
  'the first byte of a page that is not in the cache comes within 30 ms: the median of %s',
  async (kind, prefix) => {
    const all = paths.filter(path => path.startsWith(prefix));
    const chosen = kind === 'records' ? all.filter((_, index) => index % Math.floor(all.length / RECORDS) === 0) : all;
    expect(chosen.length).toBeGreaterThanOrEqual(kind === 'records' ? RECORDS : 40);
    // The documents are parsed and planned at their first use, and the code is compiled.
    for (const path of chosen) await firstByte(`${path}?language=en`).catch(() => undefined);
    const times: { wall: number; cpu: number }[] = [];
    let slowest = { path: '', cpu: 0 };
    for (const path of chosen) {
      const time = await firstByte(`${path}?language=nl`);
      times.push(time);
      if (time.cpu > slowest.cpu) slowest = { path, cpu: time.cpu };
    }
    const [wall, cpu] = [median(times.map(time => time.wall)), median(times.map(time => time.cpu))];
    console.info(
      `${inject('database')}, ${chosen.length} ${kind}: ${wall.toFixed(1)} ms, ${cpu.toFixed(1)} ms of CPU (medians); ${slowest.path} ${slowest.cpu.toFixed(1)} ms of CPU`,
    );
    expect(wall).toBeLessThan(inQuiet(MAX_FIRST_BYTE_MS));
  },
  120_000,
);
