import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/database/open.js';
import { addExchanges } from '../support/export.js';
import { type Built, copyOfRegister, startBuilt } from '../support/feed-server.js';

const RECORDS = 100_000;
/** How much the server may grow by, in megabytes. */
const MOST = 100;

let server: Built;
beforeAll(async () => {
  const url = await copyOfRegister();
  const database = await openDatabase({ kind: 'postgresql', url });
  await addExchanges(database, RECORDS);
  await database.close();
  server = await startBuilt(url);
}, 240_000);
afterAll(() => server?.kill('SIGTERM'));

/** What the server holds of the machine's memory, in megabytes. */
function resident(): number {
  const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
}

/** Takes a file and forgets it; gives its length, in megabytes, and the most that the server held meanwhile. */
async function take(path: string): Promise<{ length: number; most: number; lines: number }> {
  const response = await fetch(`${server.url}/export/${path}`);
  expect(response.status).toBe(200);
  let [length, most, lines] = [0, 0, 0];
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    for (const byte of chunk) if (byte === 0x0a) lines += 1;
    most = Math.max(most, resident());
  }
  return { length: length / 1_048_576, most, lines };
}

test.runIf(process.platform === 'linux').each(['ndjson', 'xlsx', 'csv', 'geojson'])(
  `${RECORDS.toLocaleString('en')} exchanges as %s make the server grow by less than ${MOST} MB`,
  async format => {
    // What is compiled and loaded at the first use is no part of it.
    await take(`programmes.${format}`);
    const before = resident();
    const start = Date.now();
    const { length, most, lines } = await take(`exchanges.${format}?provenance=true`);
    const seconds = (Date.now() - start) / 1_000;
    console.log(
      `${format}: ${length.toFixed()} MB in ${seconds.toFixed(1)} s, ${before.toFixed()} MB held before, at most ${most.toFixed()} meanwhile`,
    );
    if (format === 'ndjson') expect(lines).toBe(RECORDS + 130);
    expect(length).toBeGreaterThan(format === 'xlsx' ? 10 : 100);
    expect(most - before).toBeLessThan(MOST);
  },
  120_000,
);
