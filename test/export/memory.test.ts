import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/database/open.js';
import { addExchanges } from '../support/export.js';
import { type Built, copyOfRegister, startBuilt } from '../support/feed-server.js';

const RECORDS = 100_000;
const MAX_GROWTH_MB = 100;

let server: Built;
beforeAll(async () => {
  const url = await copyOfRegister();
  const database = await openDatabase({ kind: 'postgresql', url });
  await addExchanges(database, RECORDS);
  await database.close();
  server = await startBuilt(url);
}, 240_000);
afterAll(() => server?.kill('SIGTERM'));

/** Returns the resident set size of the server, in MB. */
function residentMb(): number {
  const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
}

/** Downloads a file without storing it. Returns its length and the peak memory of the server, both in MB. */
async function download(path: string): Promise<{ lengthMb: number; peakMb: number; lines: number }> {
  const response = await fetch(`${server.url}/export/${path}`);
  expect(response.status).toBe(200);
  let [length, peakMb, lines] = [0, 0, 0];
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, at + 1)) lines += 1;
    peakMb = Math.max(peakMb, residentMb());
  }
  return { lengthMb: length / 1_048_576, peakMb, lines };
}

const FILES = ['ndjson', 'xlsx', 'csv', 'geojson', 'parquet'].map(format => [format, `exchanges.${format}`]);

test.runIf(process.platform === 'linux').each([...FILES, ['zip', 'stedenband.zip']])(
  `${RECORDS.toLocaleString('en')} exchanges as %s make the server grow by less than ${MAX_GROWTH_MB} MB`,
  async (format = '', path = '') => {
    // The first export compiles and loads code, which is not counted.
    await download(format === 'zip' ? 'programmes.csv' : `programmes.${format}`);
    const before = residentMb();
    const start = Date.now();
    const { lengthMb, peakMb, lines } = await download(`${path}?provenance=true`);
    const seconds = (Date.now() - start) / 1_000;
    console.log(
      `${format}: ${lengthMb.toFixed()} MB in ${seconds.toFixed(1)} s, ${before.toFixed()} MB resident before, at most ${peakMb.toFixed()} MB during`,
    );
    if (format === 'ndjson') expect(lines).toBe(RECORDS + 169);
    // These are compressed in themselves.
    expect(lengthMb).toBeGreaterThan(/^(?:xlsx|parquet|zip)$/.test(format) ? 3 : 100);
    expect(peakMb - before).toBeLessThan(MAX_GROWTH_MB);
  },
  120_000,
);
