import { once } from 'node:events';
import { type ClientRequest, get as httpGet, type IncomingMessage } from 'node:http';
import { createBrotliDecompress, createGunzip, createZstdDecompress } from 'node:zlib';
import sql from 'sql-template-tag';
import { afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { queryRows } from '../../src/graph/sql/query.js';
import type { Logger } from '../../src/server/observability/logger.js';
import { decoded, send } from '../support/encodings.js';
import { addExchanges, exportServer } from '../support/export.js';

const onPostgreSql = inject('database') === 'postgresql';
/** More than fits in the buffers of the server, its compressor and the connection. */
const MANY = onPostgreSql ? 20_000 : 8_000;
const CODINGS = ['zstd', 'br', 'gzip'] as const;
const DECODERS = { zstd: createZstdDecompress, br: createBrotliDecompress, gzip: createGunzip };

const logged: unknown[][] = [];
const { database, url } = exportServer(((...entry: unknown[]) => void logged.push(entry)) as Logger);
beforeAll(() => addExchanges(database(), MANY));

const open: ClientRequest[] = [];
afterEach(async () => {
  for (const request of open.splice(0)) request.destroy();
  await vi.waitFor(async () => expect((await file('programmes.csv', 'gzip')).status).toBe(200), { timeout: 10_000 });
});

const file = (path: string, encodings?: string, headers = {}, method = 'GET') =>
  send(
    `${url()}/export/${path}`,
    { ...(encodings !== undefined && { 'accept-encoding': encodings }), ...headers },
    { method },
  );

/** Requests a compressed export and does not read it. */
async function begin(coding: string): Promise<{ request: ClientRequest; response: IncomingMessage }> {
  const headers = { 'accept-encoding': coding };
  const request = httpGet(`${url()}/export/exchanges.ndjson`, { agent: false, headers });
  request.on('error', () => undefined);
  open.push(request);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.on('error', () => undefined);
  return { request, response };
}

const wholeFiles = new Map<string, ReturnType<typeof file>>();

/** Requests a long file once for all tests. */
function wholeFile(path: string, coding?: string): ReturnType<typeof file> {
  const key = `${path} ${coding}`;
  const answer = wholeFiles.get(key) ?? file(path, coding);
  wholeFiles.set(key, answer);
  return answer;
}

describe.each(CODINGS)('an export in %s', coding => {
  test.each(['csv', 'ndjson', 'geojson'])('as %s is the same file, byte for byte', async format => {
    const plain = await wholeFile(`exchanges.${format}`);
    expect([plain.status, plain.headers['content-encoding']]).toEqual([200, undefined]);
    const compressed = await wholeFile(`exchanges.${format}`, coding);
    expect([compressed.status, compressed.headers['content-encoding']]).toEqual([200, coding]);
    expect(compressed.headers['content-length']).toBeUndefined();
    expect(compressed.headers['content-type']).toBe(plain.headers['content-type']);
    expect((await decoded(compressed)).equals(plain.bytes)).toBe(true);
    expect(compressed.bytes.length).toBeLessThan(plain.bytes.length / 3);
  });

  test('has an ETag of its own, the same headers with HEAD, and 304', async () => {
    const plain = await file('programmes.csv');
    const { status, headers, bytes } = await file('programmes.csv', coding);
    const etag = headers.etag as string;
    expect([status, etag, headers.vary]).toEqual([
      200,
      `${plain.headers.etag?.slice(0, -1)}-${coding}"`,
      'Accept-Encoding, Register-Known-At',
    ]);
    const head = await file('programmes.csv', coding, {}, 'HEAD');
    const own = ({ date: _, 'transfer-encoding': _chunked, ...rest }: typeof headers) => rest;
    expect(own({ ...head.headers, 'ratelimit-reset': '' })).toMatchObject({
      etag,
      'content-encoding': coding,
      vary: 'Accept-Encoding, Register-Known-At',
      'cache-control': 'no-cache',
    });
    expect(head.headers['content-length']).toBeUndefined();
    for (const method of ['GET', 'HEAD']) {
      const same = await file('programmes.csv', coding, { 'if-none-match': `"other", ${etag}` }, method);
      expect([same.status, same.headers.etag, same.headers.vary]).toEqual([
        304,
        etag,
        'Accept-Encoding, Register-Known-At',
      ]);
      const other = await file('programmes.csv', coding, { 'if-none-match': plain.headers.etag }, method);
      expect([other.status, other.headers.etag]).toEqual([200, etag]);
    }
    // Equal tags, equal bytes.
    expect((await file('programmes.csv', coding)).bytes.equals(bytes)).toBe(true);
  });

  test('has the same bytes for a client that reads slowly', async () => {
    const fast = await wholeFile('exchanges.ndjson', coding);
    const { response } = await begin(coding);
    const chunks: Buffer[] = [];
    for await (const chunk of response) {
      chunks.push(chunk);
      await new Promise(resolve => setTimeout(resolve, 1));
    }
    expect(Buffer.concat(chunks).equals(fast.bytes)).toBe(true);
  });

  test('can be read from its first bytes on', async () => {
    const { response } = await begin(coding);
    const [rows] = (await once(response.pipe(DECODERS[coding]()), 'data')) as [Buffer];
    expect(response.complete).toBe(false);
    expect(rows.toString()).toMatch(/^\{"id":"exch-[^\n]+\}\n/);
  });

  test('frees its place when the client disconnects in the middle', async () => {
    // More rounds than there are places.
    for (let round = 0; round < 6; round += 1) {
      const { request, response } = await begin(coding);
      expect(response.statusCode).toBe(200);
      await once(response, 'readable');
      request.destroy();
      await vi.waitFor(async () => expect((await file('programmes.csv')).status).toBe(200), {
        timeout: 10_000,
        interval: 20,
      });
    }
    expect(logged.splice(0)).toEqual([]);
  });

  test.runIf(onPostgreSql)('that the database ends in the middle is broken for the client', async () => {
    const { response } = await begin(coding);
    await vi.waitFor(async () => {
      const [ended] = await queryRows<{ count: number }>(
        database().em.fork(),
        sql`select count(pg_terminate_backend(pid))::int as count from pg_stat_activity
          where datname = current_database() and application_name = 'stedenband-export'`,
      );
      expect(ended?.count).toBe(1);
    });
    const chunks: Buffer[] = [];
    const read = async () => {
      for await (const chunk of response) chunks.push(chunk);
    };
    // Neither the transfer nor the compressed file has its end.
    await expect(read()).rejects.toThrow('aborted');
    const { headers } = response;
    await expect(decoded({ status: 200, headers, bytes: Buffer.concat(chunks) })).rejects.toThrow();
    expect(logged.splice(0).map(([message]) => message)).toEqual(['export failed']);
  });
});

test('XLSX is a zip, and is sent as it is', async () => {
  const plain = await file('programmes.xlsx');
  const { headers, bytes } = await file('programmes.xlsx', 'gzip, br, zstd');
  expect([headers['content-encoding'], headers.etag, headers.vary]).toEqual([
    undefined,
    plain.headers.etag,
    'Accept-Encoding, Register-Known-At',
  ]);
  expect(bytes.equals(plain.bytes)).toBe(true);
});

test.each([
  ['programmes.csv', 'identity;q=0'],
  ['programmes.csv', '*;q=0'],
  ['programmes.xlsx', 'gzip, identity;q=0'],
])('%s for a client that accepts only %s is refused with 406', async (path, encodings) => {
  const { status, headers, bytes } = await file(path, encodings);
  expect([status, headers.vary, headers['content-type']]).toEqual([
    406,
    'Accept-Encoding, Accept-Language',
    'application/json; charset=utf-8',
  ]);
  expect(JSON.parse(bytes.toString()).errors[0].message).toMatch(/^Accept-Encoding must permit one of /);
});
