import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/database/open.js';
import { copyOnPostgreSql } from '../support/database.js';
import { addExchanges } from '../support/export.js';
import { type Built, startBuilt } from '../support/feed-server.js';

const RECORDS = 100_000;
const MAX_GROWTH_MB = 100;

let server: Built;
beforeAll(async () => {
  const url = await copyOnPostgreSql();
  const database = await openDatabase({ kind: 'postgresql', url });
  await addExchanges(database, RECORDS);
  await database.close();
  server = await startBuilt(url);
}, 240_000);
afterAll(() => server?.kill('SIGTERM'));

/** Returns the most memory that the server has had resident since `resetPeak`, in MB. The kernel keeps it: samples would miss peaks. */
function peakMb(): number {
  const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
}

/** Makes what the server has resident now its peak, which it returns. */
function resetPeak(): number {
  writeFileSync(`/proc/${server.child.pid}/clear_refs`, '5');
  return peakMb();
}

/** Downloads a file without storing it. Returns its length in MB, and its lines. */
async function download(path: string): Promise<{ lengthMb: number; lines: number }> {
  const response = await fetch(`${server.url}/export/${path}`);
  expect(response.status).toBe(200);
  let [length, lines] = [0, 0];
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, at + 1)) lines += 1;
  }
  return { lengthMb: length / 1_048_576, lines };
}

const FILES = ['ndjson', 'xlsx', 'csv', 'geojson', 'parquet'].map(format => [format, `exchanges.${format}`]);

test.runIf(process.platform === 'linux').each([...FILES, ['zip', 'stedenband.zip']])(
  `${RECORDS.toLocaleString('en')} exchanges as %s make the server grow by less than ${MAX_GROWTH_MB} MB`,
  async (format = '', path = '') => {
    // The first export compiles and loads code, which is not counted.
    await download(format === 'zip' ? 'programmes.csv' : `programmes.${format}`);
    const before = resetPeak();
    const start = Date.now();
    const { lengthMb, lines } = await download(`${path}?provenance=true`);
    const peak = peakMb();
    const seconds = (Date.now() - start) / 1_000;
    console.log(
      `${format}: ${lengthMb.toFixed()} MB in ${seconds.toFixed(1)} s, ${before.toFixed()} MB resident before, at most ${peak.toFixed()} MB during`,
    );
    if (format === 'ndjson') expect(lines).toBe(RECORDS + 169);
    // These are compressed in themselves.
    expect(lengthMb).toBeGreaterThan(/^(?:xlsx|parquet|zip)$/.test(format) ? 3 : 100);
    expect(peak - before).toBeLessThan(MAX_GROWTH_MB);
  },
  120_000,
);
