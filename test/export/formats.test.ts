import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { parse } from 'csv-parse/sync';
import readWorkbook from 'read-excel-file/node';
import sql from 'sql-template-tag';
import { describe, expect, test } from 'vitest';
import { parseDatabaseUrl } from '../../src/database/connection/url.js';
import { csvCell } from '../../src/export/csv.js';
import type { ExportJob } from '../../src/export/export-file.js';
import { openExportFileInThread } from '../../src/export/thread.js';
import { columnLetters, xmlText } from '../../src/export/xlsx-parts.js';
import { queryRows } from '../../src/graph/sql/query.js';
import { streamResponse } from '../../src/server/export/stream-response.js';
import { exportServer, type Json } from '../support/export.js';

const { get, records, ask, database, url } = exportServer();

const csvOf = async (path: string, parameters?: Record<string, string>): Promise<Record<string, string>[]> =>
  parse(await (await get(path, parameters)).text(), { bom: true, columns: true });

const noteOf = (notes: string) =>
  queryRows(database().em.fork(), sql`update organisation set notes = ${notes} where id = 'org-vng'`);
const VNG = { filter: '{id: {eq: "org-vng"}}' };

describe('text that a spreadsheet might run as a formula', () => {
  test.each([
    '=1+1',
    '+31 70 373 83 93',
    '-1',
    '@SUM(A1)',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(A1)',
    '=HYPERLINK("http://127.0.0.1/", "上海")',
  ])('%j is text in CSV and in XLSX', async text => {
    await noteOf(text);
    // A tab and a line end are separators, too: what follows them is guarded as well.
    const guarded = `'${text}`.replace(/(?<=[\t\r\n])=/, "'=");
    expect((await csvOf('organisations.csv', VNG))[0]?.notes).toBe(guarded);
    const workbook = await get('organisations.xlsx', VNG);
    const [sheet] = await readWorkbook(Buffer.from(await workbook.arrayBuffer()), { trim: false });
    const [head, row] = sheet?.data ?? [];
    // An XML parser normalises a carriage return to a line feed, unless it is escaped as Excel does.
    const read = String(row?.[head?.indexOf('notes') as number]).replaceAll('_x000D_', '\r');
    expect(read).toBe(text);
  });

  const SPLIT = [
    'Innocent;=1+1;@SUM(A1)',
    'a,-1',
    '"=1+1";=2',
    'first\n=1+1',
    'a\t+1',
    '；＝1;＝1',
    ';=1',
    'a;"=1;b',
    'x\n"=1+1;y',
    'a,""@SUM(1)',
  ];

  test.each(SPLIT)('%j is no formula at whichever separator a spreadsheet splits it', async text => {
    await noteOf(text);
    for (const separator of [{}, { separator: 'comma' }, { separator: 'semicolon' }]) {
      const file = await (await get('organisations.csv', { ...VNG, ...separator })).text();
      for (const at of [/,/, /;/, /\t/, /[\r\n]/, /[,;\t\r\n]/]) {
        for (const piece of file.slice(1).split(at)) expect(piece).not.toMatch(/^"*[=+\-@＝＋－＠]/);
      }
      const parsed = parse(file, {
        bom: true,
        columns: true,
        delimiter: separator.separator === 'semicolon' ? ';' : ',',
      });
      expect((parsed[0] as Record<string, string>).notes?.replaceAll("'", '')).toBe(text);
    }
  });

  test('the semicolon is a separator of columns if it is asked for, and text with one is quoted', async () => {
    await noteOf('one; two');
    const [commas, semicolons] = await Promise.all(
      ['comma', 'semicolon'].map(async separator => {
        const response = await get('organisations.csv', { ...VNG, separator });
        return { tag: response.headers.get('etag'), text: await response.text() };
      }),
    );
    expect(commas?.text).toContain('"one; two"');
    expect(semicolons?.text).toMatch(/^id;/);
    expect(parse(semicolons?.text ?? '', { bom: true, delimiter: ';' })).toEqual(
      parse(commas?.text ?? '', { bom: true }),
    );
    expect(semicolons?.tag).not.toBe(commas?.tag);
  });

  test.each([
    ['organisations.csv', 'tab', 'separator must be one of comma, semicolon; got "tab".'],
    ['organisations.xlsx', 'semicolon', 'separator is for csv; xlsx has none.'],
    ['organisations.ndjson', 'comma', 'separator is for csv; ndjson has none.'],
  ])('%s with the separator %s is refused', async (path, separator, message) => {
    const response = await get(path, { separator });
    const extensions = expect.objectContaining({ code: 'BAD_USER_INPUT' });
    expect([response.status, await response.json()]).toEqual([400, { errors: [{ message, extensions }] }]);
  });

  test.each(['1979', '3 = 4', '上海', "'s-Hertogenbosch", '', ' =1'])('%j is unchanged', text => {
    expect(csvCell(text)).toBe(text);
  });

  test('numbers are numbers, negative ones too', () => {
    expect([csvCell(-122.4), csvCell(0), csvCell(true), csvCell(null)]).toEqual(['-122.4', '0', 'true', '']);
  });
});

describe('CSV', () => {
  test('has a byte order mark, the line ends of RFC 4180, and hanzi', async () => {
    const bytes = Buffer.from(await (await get('partnerships.csv')).arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.toString().endsWith('\r\n')).toBe(true);
    const shanghai = (await csvOf('partnerships.csv')).find(({ id }) => id === 'tie-rotterdam-shanghai');
    expect(shanghai).toMatchObject({
      'dutch.names.nl': 'Rotterdam',
      'chinese.names.zh': '上海市',
      'chinese.location.latitude': '31.22222',
      status: 'ACTIVE',
      statusPeriods: 'ACTIVE 1979/..',
      themes: 'LOGISTICS; TRADE; WATER; SPATIAL_PLANNING; ENVIRONMENT; HEALTH; CULTURE',
      attribution: expect.stringContaining('GeoNames (https://www.geonames.org/), CC BY 4.0'),
    });
  });

  test('quotes cells that need it', async () => {
    const text = 'a "b", c\r\nd\n"';
    await noteOf(text);
    expect((await csvOf('organisations.csv', VNG))[0]?.notes).toBe(text);
  });

  test('without records has only a header', async () => {
    expect(await csvOf('programmes.csv', { filter: '{id: {eq: "prog-none"}}' })).toEqual([]);
    expect(
      (await (await get('programmes.csv', { filter: '{id: {eq: "prog-none"}}' })).text()).split('\r\n'),
    ).toHaveLength(2);
  });
});

describe('XLSX', () => {
  test('has numbers as numbers, dates as text, and a sheet with the attribution', async () => {
    const filter = '{id: {eq: "tie-rotterdam-shanghai"}}';
    const response = await get('partnerships.xlsx', { filter });
    const [sheet, about] = await readWorkbook(Buffer.from(await response.arrayBuffer()));
    const [head = [], row = []] = sheet?.data ?? [];
    const record = Object.fromEntries(head.map((name, i) => [name, row[i]]));
    expect(record).toMatchObject({
      'chinese.names.zh': '上海市',
      'dutch.location.latitude': 51.9225,
      startedOn: '1979',
      lastEvidenceOn: '2025-10-24',
      exchangeCount: 17,
      endedOn: null,
    });
    expect(record).not.toHaveProperty('attribution');
    const aboutValues = Object.fromEntries((about?.data ?? []) as [string, string][]);
    expect(aboutValues).toMatchObject({
      records: 'partnerships',
      filter,
      attribution: expect.stringMatching(/^stedenband, CC BY 4\.0, .* GeoNames .*, CC BY 4\.0; .* CC0$/),
      licence: 'https://creativecommons.org/licenses/by/4.0/',
    });
    // A file of rows has no other place for the licence of all of them.
    const csv = await get('partnerships.csv', { filter });
    expect(csv.headers.get('link')).toBe('<https://creativecommons.org/licenses/by/4.0/>; rel="license"');
    await csv.body?.cancel();
  });

  test('escapes characters that XML does not allow', () => {
    expect(xmlText('a\u0000\u000b\r<b>&"\uffff_x0041_\t\n')).toBe(
      'a_x0000__x000B__x000D_&lt;b&gt;&amp;&quot;_xFFFF__x005F_x0041_\t\n',
    );
    expect([0, 25, 26, 51, 52, 701, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  });

  test('marks a truncated cell', async () => {
    await noteOf('x'.repeat(40_000));
    const [sheet] = await readWorkbook(Buffer.from(await (await get('organisations.xlsx', VNG)).arrayBuffer()));
    const note = sheet?.data[1]?.find(value => String(value).startsWith('xxx'));
    expect(String(note)).toHaveLength(32_767);
    expect(note).toMatch(/x … \(truncated: a cell can hold 32,767 characters; the CSV file has the full text\)$/);
  });
});

describe('GeoJSON', () => {
  test('draws a partnership as a line from its Dutch to its Chinese side, longitude first, or as a point if a side has no location', async () => {
    const response = await get('partnerships.geojson');
    expect(response.headers.get('content-type')).toBe('application/geo+json');
    const { type, attribution, license, features } = (await response.json()) as Json;
    expect([type, license]).toEqual(['FeatureCollection', 'https://creativecommons.org/licenses/by/4.0/']);
    expect(attribution).toContain('GeoNames');
    expect(features).toHaveLength(53);
    const kinds: string[] = [];
    for (const { type, id, geometry, properties } of features) {
      expect([type, properties.id]).toEqual(['Feature', id]);
      const places = ['dutch', 'chinese']
        .map(side => [properties[`${side}.location.longitude`], properties[`${side}.location.latitude`]])
        .filter(([longitude]) => longitude !== null);
      kinds.push(geometry.type);
      expect(geometry).toEqual(
        places.length === 2 ? { type: 'LineString', coordinates: places } : { type: 'Point', coordinates: places[0] },
      );
      // The Netherlands lie between 3 and 8 degrees east, China between 73 and 136.
      for (const [longitude, latitude] of places) {
        expect((longitude > 3 && longitude < 8) || (longitude > 73 && longitude < 136)).toBe(true);
        expect(latitude > 18 && latitude < 54).toBe(true);
      }
    }
    expect(kinds.filter(kind => kind === 'LineString').length).toBeGreaterThan(45);
  });

  test('draws an authority as a point, a programme as the points of its authorities, and null without a location', async () => {
    const kinds = async (type: string): Promise<Record<string, number>> => {
      const { features } = (await (await get(`${type}.geojson`)).json()) as Json;
      const counts: Record<string, number> = {};
      for (const { geometry } of features)
        counts[geometry?.type ?? 'none'] = (counts[geometry?.type ?? 'none'] ?? 0) + 1;
      return counts;
    };
    const { data } = await ask(`{ first: authorities(first: 100) { nodes { location { latitude } } }
      last: authorities(last: 15) { nodes { location { latitude } } } }`);
    const placed = [...data.first.nodes, ...data.last.nodes].filter(({ location }: Json) => location).length;
    expect(await kinds('authorities')).toEqual({ Point: placed, ...(placed < 115 && { none: 115 - placed }) });
    expect(Object.keys(await kinds('programmes')).sort()).toEqual(['MultiPoint', 'none']);
    expect(await kinds('exchanges')).toMatchObject({ LineString: expect.any(Number), Point: expect.any(Number) });
  });
});

describe('a request', () => {
  const NAMES =
    'Types: partnerships, authorities, programmes, exchanges, organisations, difference, mismatches. Formats: csv, ndjson, geojson, xlsx, parquet, quickstatements.';
  test.each<[path: string, parameters: Record<string, string>, status: number, code: string, message: string | RegExp]>(
    [
      ['ties.csv', {}, 404, 'NOT_FOUND', `There is no export "ties.csv". ${NAMES} Example: /export/partnerships.csv.`],
      [
        'exchanges.pdf',
        {},
        404,
        'NOT_FOUND',
        `There is no export "exchanges.pdf". ${NAMES} Example: /export/exchanges.csv.`,
      ],
      ['.csv', {}, 404, 'NOT_FOUND', /^There is no export "\.csv"/],
      ['partnerships.csv/../../x', {}, 404, 'NOT_FOUND', /^Nothing is at \/x/],
      [
        'organisations.geojson',
        {},
        404,
        'NOT_FOUND',
        'The export organisations has no locations: use csv, ndjson, xlsx, parquet. geojson is available for partnerships, authorities, programmes, exchanges.',
      ],
      [
        'partnerships.csv',
        { filters: '{}' },
        400,
        'BAD_USER_INPUT',
        'Unknown parameter "filters"; an export accepts filter, orderBy, provenance, separator, template, knownAt.',
      ],
      [
        'partnerships.csv',
        { provenance: 'yes' },
        400,
        'BAD_USER_INPUT',
        'provenance must be true or false; got "yes".',
      ],
      ['partnerships.csv', { filter: '{"status":' }, 400, 'BAD_USER_INPUT', /^filter is not valid JSON: /],
      [
        'partnerships.csv',
        { filter: '{status: ' },
        400,
        'BAD_USER_INPUT',
        /^filter is neither JSON nor a GraphQL literal such as .*Syntax Error/,
      ],
      ['partnerships.csv', { filter: '{status: {eq: $x}}' }, 400, 'BAD_USER_INPUT', /Unexpected variable "\$x"/],
      [
        'partnerships.csv',
        { filter: '{state: {eq: ACTIVE}}' },
        400,
        'BAD_USER_INPUT',
        /^Field "state" is not defined by type "PartnershipFilter"\. Did you mean /,
      ],
      [
        'partnerships.csv',
        { filter: '{status: {eq: ALIVE}}' },
        400,
        'BAD_USER_INPUT',
        /^filter\.status\.eq cannot be "ALIVE": the enum PartnershipStatus has no such value\./,
      ],
      [
        'partnerships.csv',
        { filter: '{or: [{startedOn: {after: "2021-02-30"}}]}' },
        400,
        'BAD_USER_INPUT',
        /^filter\.or\[0\]\.startedOn\.after: .*that day is not in the calendar/,
      ],
      [
        'partnerships.csv',
        { filter: '[]' },
        400,
        'BAD_USER_INPUT',
        /^filter must be an object of type PartnershipFilter; got \[\]\.$/,
      ],
      [
        'partnerships.csv',
        { filter: `{id: {in: [${Array(101).fill('"a"')}]}}` },
        400,
        'BAD_USER_INPUT',
        'filter.id.in names at most 100 values; got 101.',
      ],
      [
        'partnerships.csv',
        { filter: '{nestedIn: "shanghai"}' },
        400,
        'BAD_USER_INPUT',
        /^filter\.nestedIn must be like nl-rotterdam/,
      ],
      ['partnerships.csv', { filter: `${'{not:'.repeat(600)}{}${'}'.repeat(600)}` }, 400, 'BAD_USER_INPUT', /token/],
      [
        'partnerships.csv',
        { filter: '['.repeat(4_000) },
        400,
        'BAD_USER_INPUT',
        /^filter is (?:neither JSON nor|nested too deeply)/,
      ],
      [
        'partnerships.csv',
        { orderBy: '[{field: ID}, {field: ID}]' },
        400,
        'BAD_USER_INPUT',
        'orderBy names every field at most once; got ID twice.',
      ],
      ['partnerships.csv', { orderBy: 'ID' }, 400, 'BAD_USER_INPUT', /^orderBy/],
    ],
  )('%s is rejected with a message: %#', async (path, parameters, status, code, message) => {
    const response = await get(path, parameters);
    const { errors } = (await response.json()) as Json;
    expect([response.status, errors[0].extensions]).toEqual([status, expect.objectContaining({ code })]);
    expect(errors.length).toBeLessThanOrEqual(3);
    if (typeof message === 'string') expect(errors[0].message).toBe(message);
    else expect(errors[0].message).toMatch(message);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  });

  test('with a repeated parameter, another method, or an invalid key is rejected', async () => {
    const twice = await fetch(`${url()}/export/programmes.csv?filter={}&filter={}`);
    expect([twice.status, await twice.json()]).toEqual([
      400,
      {
        errors: [
          {
            message: 'filter occurs twice; send it once.',
            extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }),
          },
        ],
      },
    ]);
    const posted = await get('programmes.csv', {}, { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    const keyed = await get('programmes.csv', {}, { headers: { authorization: 'Bearer nothing' } });
    expect([keyed.status, ((await keyed.json()) as Json).errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('with a wrong filter is rejected by the rules of the API, in the language of the client', async () => {
    const errorIn = async (language: string, filter: string) => {
      const refused = await get('partnerships.csv', { filter }, { headers: { 'accept-language': language } });
      expect([refused.status, refused.headers.get('content-language')]).toEqual([400, language]);
      return ((await refused.json()) as Json).errors[0];
    };
    const unknown = '{status: {eq: FOO}}';
    expect(await errorIn('nl', unknown)).toMatchObject({
      message: '"FOO" is geen keuze bij filter.status.eq. Kies een waarde uit de lijst.',
      extensions: {
        code: 'BAD_USER_INPUT',
        rule: 'ENUM_VALUE_UNKNOWN',
        params: { field: 'filter.status.eq', value: '"FOO"' },
        path: ['filter', 'status', 'eq'],
      },
    });
    expect((await errorIn('zh', unknown)).message).toBe('filter.status.eq没有选项"FOO"。请从列表中选择。');
    for (const language of ['en', 'nl', 'zh']) {
      const misspelt = await errorIn(language, '{"statusx":{}}');
      expect(misspelt.extensions.rule).toBe('FIELD_MISSPELT');
      expect(misspelt.message).toMatch(/status[^?？]*[?？]$/);
    }
  });

  test('has a file name, may be a HEAD, and gets 304 until the register changes', async () => {
    const first = await get('programmes.xlsx');
    const tag = first.headers.get('etag') as string;
    expect(first.headers.get('content-disposition')).toMatch(
      /^attachment; filename="stedenband-programmes-\d{4}-\d\d-\d\d\.xlsx"$/,
    );
    expect(tag).toMatch(/^"[\w-]{22}"$/);
    const bytes = Buffer.from(await first.arrayBuffer());
    const head = await get('programmes.xlsx', {}, { method: 'HEAD' });
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, tag, '']);
    const revalidated = await get('programmes.xlsx', {}, { headers: { 'if-none-match': `"other", W/${tag}` } });
    expect([revalidated.status, await revalidated.text()]).toEqual([304, '']);
    // The ETag is strong: equal tags mean equal bytes.
    expect(Buffer.from(await (await get('programmes.xlsx')).arrayBuffer()).equals(bytes)).toBe(true);

    for (const parameters of [{ filter: '{}' }, { provenance: 'true' }, { orderBy: '[{field: ID}]' }]) {
      expect((await get('programmes.xlsx', parameters)).headers.get('etag')).not.toBe(tag);
    }
    await queryRows(
      database().em.fork(),
      sql`insert into change (kind, actor, subject_type, subject_id, subject_version, authorities, fields)
        values ('REVISED', 'admin', 'PROGRAMME', 'prog-vngi-iurc-china', 2, '{}', '[]')`,
    );
    const changed = await get('programmes.xlsx', {}, { headers: { 'if-none-match': tag } });
    expect([changed.status, changed.headers.get('etag') === tag]).toEqual([200, false]);
  });
});

test('unknown parts of a record are null, in the shape of the API', async () => {
  const exchanges = await records('exchanges', { filter: '{id: {eq: "exch-rotterdam-shanghai-rcro"}}' });
  expect(exchanges).toHaveLength(1);
  const ties = await records('partnerships', { filter: '{id: {eq: "tie-rotterdam-shanghai"}}' });
  expect(ties[0]).toMatchObject({
    nestedIn: null,
    encouragedBy: null,
    chinese: { parent: null, names: { zh: '上海市' } },
  });
});

describe('a client that', () => {
  /** Streams an endless body to a client. Returns the time in milliseconds until the stream was closed. */
  async function timeToClose(
    limits: Parameters<typeof streamResponse>[3],
    read: boolean | ((client: Socket) => void),
    chunkBytes = 100_000,
  ): Promise<number> {
    let close: () => void = () => undefined;
    const end = new Promise<void>(resolve => {
      close = resolve;
    });
    async function* endless() {
      try {
        for (;;) {
          await new Promise(resolve => setTimeout(resolve, 1));
          yield Buffer.alloc(chunkBytes);
        }
      } finally {
        close();
      }
    }
    const server = createServer(
      (_, response) => void streamResponse(endless(), response, 'identity', limits).catch(() => undefined),
    );
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.on('error', () => undefined);
    if (typeof read === 'function') read(client);
    else if (read) client.resume();
    const start = Date.now();
    client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await end;
    client.destroy();
    await new Promise(resolve => server.close(resolve));
    return Date.now() - start;
  }

  test('disconnects is no error', async () => {
    async function* endless() {
      for (;;) yield Buffer.alloc(100_000);
    }
    let streaming: Promise<void> | undefined;
    const server = createServer((_, response) => {
      streaming = streamResponse(endless(), response);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(client, 'data');
    client.destroy();
    await expect(streaming).resolves.toBeUndefined();
    server.close();
  });

  test('does not read is disconnected', async () => {
    expect(await timeToClose({ idleTimeoutMs: 300, totalTimeoutMs: 60_000 }, false)).toBeLessThan(20_000);
  });

  test('reads for too long is disconnected too', async () => {
    const time = await timeToClose({ idleTimeoutMs: 60_000, totalTimeoutMs: 500 }, true);
    expect(time).toBeGreaterThan(450);
    expect(time).toBeLessThan(20_000);
  });

  test('reads too slowly is disconnected, and one that reads fast enough is not', async () => {
    const limits = { idleTimeoutMs: 60_000, minBytesPerSecond: 5_000_000, paceIntervalMs: 500 };
    /** Reads 64 kB at a time, with a pause in between. */
    const slowly = (pauseMs: number) => (client: Socket) => {
      const pauses = setInterval(() => client.read(65_536), pauseMs);
      client.once('close', () => clearInterval(pauses));
    };
    expect(await timeToClose({ ...limits, totalTimeoutMs: 60_000 }, slowly(100))).toBeLessThan(20_000);
    expect(await timeToClose({ ...limits, totalTimeoutMs: 2_000 }, true)).toBeGreaterThan(1_900);
    // Of a chunk that takes longer than an interval, as of Parquet, counts what was read so far.
    const fastEnough = { ...limits, minBytesPerSecond: 500_000, totalTimeoutMs: 4_000 };
    expect(await timeToClose(fastEnough, slowly(5), 100_000_000)).toBeGreaterThan(3_900);
  });
});

describe('a thread that', () => {
  const nowhere = parseDatabaseUrl('postgresql://postgres@127.0.0.1:1/none');
  const list = { name: 'exchanges', columns: [], hasGeometry: false, rows: { text: '', values: [] } };
  const job: ExportJob = { lists: [list], filter: null, extension: 'csv' };

  test('exits during an export aborts the file', async () => {
    const { chunks, close } = await openExportFileInThread(
      new URL('../support/ending-worker.mjs', import.meta.url),
      nowhere,
      job,
    );
    const seen: string[] = [];
    const read = async () => {
      for await (const chunk of chunks) seen.push(Buffer.from(chunk).toString());
    };
    await expect(read()).rejects.toThrow('The export thread exited before the file was complete.');
    expect(seen).toEqual(['the first piece']);
    await close();
  });

  test('cannot start reports the cause', async () => {
    const worker = new URL('../../dist/export/worker.js', import.meta.url);
    await expect(openExportFileInThread(worker, nowhere, job)).rejects.toThrow('ECONNREFUSED');
    await expect(openExportFileInThread(new URL('../none.mjs', import.meta.url), nowhere, job)).rejects.toThrow(
      expect.objectContaining({ cause: expect.objectContaining({ code: 'MODULE_NOT_FOUND' }) }),
    );
  });
});
