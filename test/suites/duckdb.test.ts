import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recipe } from '../../src/recipes/recipes.js';
import { exportServer, type Json } from '../support/export.js';
import { questionsOf, rowsIn } from '../support/recipes.js';

const { get, records, ask, database, url: server } = exportServer();

let folder: string;
let duckdb: DuckDBConnection;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedenband-duckdb-'));
  duckdb = await (await DuckDBInstance.create(':memory:')).connect();
});
afterAll(async () => {
  duckdb?.closeSync();
  await rm(folder, { recursive: true, force: true });
});

const LISTS = ['partnerships', 'authorities', 'programmes', 'exchanges', 'organisations'];

const rows = async (sql: string): Promise<Json[]> => (await duckdb.runAndReadAll(sql)).getRowObjectsJson();

/** Downloads a file, and returns its path in quotes of SQL. */
async function download(path: string, parameters?: Record<string, string>): Promise<string> {
  const response = await get(path, parameters);
  if (!response.ok) throw new Error(await response.text());
  const file = join(folder, `${Math.random()}-${path}`);
  await writeFile(file, Buffer.from(await response.arrayBuffer()));
  return `'${file}'`;
}

const typesOf = async (file: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await rows(`describe select * from ${file}`)).map(({ column_name, column_type }) => [column_name, column_type]),
  );

describe.each(LISTS)('Parquet of %s', list => {
  test('has the records of NDJSON, with their values, in their order', async () => {
    const file = await download(`${list}.parquet`, { provenance: 'true' });
    const expected = await records(list, { provenance: 'true' });
    const types = await typesOf(file);
    const read = await rows(`select * from ${file}`);
    expect(read).toHaveLength(expected.length);
    const instants = Object.keys(types).filter(name => types[name]?.startsWith('TIMESTAMP'));
    expect(instants).toEqual(['createdAt', 'updatedAt']);
    for (const [index, record] of expected.entries()) {
      for (const name of Object.keys(types)) {
        if (/\.(?:earliest|latest)$|^geometry$/.test(name)) continue;
        const value = name.split('.').reduce((member: Json, key) => member?.[key] ?? null, record);
        const actual = read[index]?.[name];
        if (instants.includes(name)) expect(Date.parse(`${actual}`.replace(/\+00$/, 'Z'))).toBe(Date.parse(value));
        else expect([name, withoutNulls(actual)]).toEqual([name, withoutNulls(value)]);
      }
    }
  });

  test('has the columns and the days of CSV', async () => {
    const file = await download(`${list}.parquet`);
    const csv = parse(await (await get(`${list}.csv`)).text(), { bom: true, columns: true }) as Record<
      string,
      string
    >[];
    const types = await typesOf(file);
    const names = Object.keys(types).filter(name => name !== 'geometry');
    expect(names).toEqual(Object.keys(csv[0] ?? {}).filter(name => name !== 'attribution'));
    const days = names.filter(name => /\.(?:earliest|latest)$/.test(name));
    expect(days.length).toBeGreaterThan(1);
    expect(days.map(name => types[name])).toEqual(days.map(() => 'DATE'));
    const read = await rows(`select ${days.map(name => `"${name}"`).join(', ')} from ${file}`);
    expect(read).toEqual(csv.map(row => Object.fromEntries(days.map(name => [name, row[name] || null]))));
  });
});

/** Unknown members are absent in one form and null in the other. */
const withoutNulls = (value: Json): Json =>
  JSON.parse(JSON.stringify(value ?? null), (_, member) => (member === null ? undefined : member)) ?? null;

test('Parquet has the types of the API: text, codes, numbers, truths, lists and records', async () => {
  const partnerships = await typesOf(await download('partnerships.parquet', { provenance: 'true' }));
  expect(partnerships).toMatchObject({
    id: 'VARCHAR',
    'dutch.names.zh': 'VARCHAR',
    'dutch.location.latitude': 'DOUBLE',
    startedOn: 'VARCHAR',
    'startedOn.earliest': 'DATE',
    themes: 'VARCHAR[]',
    programmeIds: 'VARCHAR[]',
    exchangeCount: 'INTEGER',
    statusPeriods: expect.stringMatching(/^STRUCT\(.*status.* VARCHAR, .*\)\[\]$/),
    sources: expect.stringMatching(/^STRUCT\(.*supports.* VARCHAR\[\].*\)\[\]$/),
    version: 'INTEGER',
  });
  const exchanges = await typesOf(await download('exchanges.parquet'));
  expect(exchanges).toMatchObject({ recurring: 'BOOLEAN', underPartnership: 'BOOLEAN', participants: 'VARCHAR[]' });
});

test('a date that is a month ends on its last day, February of a leap year too', async () => {
  const { em } = database();
  await em
    .fork()
    .execute(`update exchange set started_on = '2024-02', ended_on = null where id = (select min(id) from exchange)`);
  await em
    .fork()
    .execute(`update exchange set started_on = '2023-02', ended_on = null where id = (select max(id) from exchange)`);
  const file = await download('exchanges.parquet');
  const days = `"startedOn.earliest" as earliest, "startedOn.latest" as latest`;
  expect(
    await rows(`select startedOn, ${days} from ${file} where startedOn in ('2024-02', '2023-02') order by startedOn`),
  ).toEqual([
    { startedOn: '2023-02', earliest: '2023-02-01', latest: '2023-02-28' },
    { startedOn: '2024-02', earliest: '2024-02-01', latest: '2024-02-29' },
  ]);
});

test('filters, orders and past moments hold for Parquet', async () => {
  const filter = '{status: {eq: ACTIVE}}';
  const file = await download('partnerships.parquet', { filter, orderBy: '[{field: ID, direction: DESC}]' });
  const ids = (await records('partnerships', { filter })).map(({ id }) => id).sort();
  expect((await rows(`select id from ${file}`)).map(({ id }) => id)).toEqual(ids.reverse());
  const empty = await download('partnerships.parquet', { filter: '{id: {eq: "tie-none"}}' });
  expect(await rows(`select count(*)::int as total from ${empty}`)).toEqual([{ total: 0 }]);
  expect(await typesOf(empty)).toMatchObject({ 'startedOn.earliest': 'DATE', themes: 'VARCHAR[]' });
});

test('the file says of which register, moment and licence it is, and is GeoParquet if it has locations', async () => {
  const response = await get('partnerships.parquet');
  expect(response.headers.get('content-type')).toBe('application/vnd.apache.parquet');
  const file = await download('partnerships.parquet');
  const entries = await rows(`select decode(key) as key, decode(value) as value from parquet_kv_metadata(${file})`);
  const metadata = Object.fromEntries(entries.map(({ key, value }) => [key, value]));
  expect(metadata).toMatchObject({
    register: 'stedenband',
    list: 'partnerships',
    license: 'https://creativecommons.org/licenses/by/4.0/',
  });
  const geo = JSON.parse(metadata.geo);
  expect(geo).toMatchObject({ version: '1.1.0', primary_column: 'geometry' });
  const { encoding, geometry_types: types, bbox } = geo.columns.geometry;
  expect([encoding, types]).toEqual(['WKB', expect.arrayContaining(['LineString'])]);
  expect(bbox).toEqual([expect.any(Number), expect.any(Number), expect.any(Number), expect.any(Number)]);
  expect(bbox[0]).toBeLessThan(8);
  expect(bbox[2]).toBeGreaterThan(110);
  const organisations = await rows(
    `select decode(key) as key from parquet_kv_metadata(${await download('organisations.parquet')})`,
  );
  expect(organisations.map(({ key }) => key)).not.toContain('geo');
});

test('geometries are those of GeoJSON', async () => {
  const { features } = (await (await get('authorities.geojson')).json()) as Json;
  const file = await download('authorities.parquet');
  expect((await typesOf(file)).geometry).toMatch(/^GEOMETRY/);
  const points = await rows(`select id, geometry::varchar as point from ${file}`);
  const expected = features.map(({ id, geometry }: Json) => {
    return { id, point: geometry && `POINT (${geometry.coordinates.join(' ')})` };
  });
  expect(points).toEqual(expected);
});

/** Runs a recipe as DuckDB does that may load httpfs: what is at its address is here a file. */
async function runRecipe(code: string): Promise<Json[]> {
  const [, name = '', value = ''] = /MAP \{'([^']+)': '([^']+)'\}/.exec(code) ?? [];
  const [, address = ''] = /read_\w+\('((?:[^']|'')+)'\)/.exec(code) ?? [];
  const response = await fetch(address.replaceAll("''", "'"), { headers: name ? { [name]: value } : {} });
  if (!response.ok) throw new Error(await response.text());
  const file = join(folder, `${Math.random()}.recipe`);
  await writeFile(file, Buffer.from(await response.arrayBuffer()));
  const select = code.replace(/^CREATE OR REPLACE SECRET .*;$/m, '').replace(`'${address}'`, () => `'${file}'`);
  return rows(select);
}

describe('the recipe of DuckDB', () => {
  test('reads a file, of a filter and of a moment too', async () => {
    const parameters = new URLSearchParams({ filter: '{"status":{"eq":"ACTIVE"}}' });
    const url = (format: string) => `${server()}/export/partnerships.${format}?${parameters}`;
    const read = await runRecipe(recipe('duckdb', { kind: 'file', name: 'partnerships', url }, ['stedenband']));
    expect(read.length).toBeGreaterThan(3);
    expect(new Set(read.map(({ status }) => status))).toEqual(new Set(['ACTIVE']));
  });

  test('asks questions', async () => {
    for (const source of questionsOf(`${server()}/graphql`)) {
      const read = await runRecipe(recipe('duckdb', source));
      const { data } = await ask(source.query, source.variables);
      expect(withTextNumbers(read)).toEqual(withTextNumbers(rowsIn(data)));
    }
  });
});

/** Numbers of JSON are BIGINT, which the driver returns as text. */
const withTextNumbers = (value: Json): Json =>
  JSON.parse(JSON.stringify(value), (_, member) => (typeof member === 'number' ? String(member) : member));
