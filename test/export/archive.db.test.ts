import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { exportServer, type Json } from '../support/export.js';

const KEY = 'archive-test-admin-key';
const { get, url, ask, database } = exportServer(console.error, { access: { adminKey: KEY } });

const LISTS = ['partnerships', 'authorities', 'programmes', 'exchanges', 'organisations'];

/** Returns the files of an archive by path, in their order. */
async function unzipped(archive: Buffer): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(archive, { lazyEntries: true, autoClose: false });
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  }
  return files;
}

const download = async (parameters?: Record<string, string>): Promise<Buffer> => {
  const response = await get('stedenband.zip', parameters);
  if (!response.ok) throw new Error(await response.text());
  return Buffer.from(await response.arrayBuffer());
};

const packageAt = async (parameters?: Record<string, string>): Promise<Json> =>
  (await get('datapackage.json', parameters)).json();

/** Returns what is wrong with the cells of a CSV file by its Table Schema. */
function problemsOf(text: string, { schema }: Json): string[] {
  const [names = [], ...rows] = parse(text, { bom: true }) as string[][];
  expect(schema.fields.map(({ name }: Json) => name)).toEqual(names);
  const forms: Record<string, RegExp> = {
    string: /^/,
    integer: /^-?\d+$/,
    number: /^-?\d+(?:\.\d+)?$/,
    boolean: /^(?:true|false)$/,
    date: /^\d{4}-\d\d-\d\d$/,
    datetime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
    list: /^/,
  };
  return rows.flatMap(row =>
    row.flatMap((cell, index) => {
      const { name, type, categories, constraints = {} } = schema.fields[index];
      if (cell === '') return constraints.required ? [`${name} is missing`] : [];
      const codes = categories?.map(({ value }: Json) => value);
      const isRight =
        forms[type]?.test(cell) &&
        (!codes || codes.includes(cell)) &&
        (!constraints.pattern || new RegExp(constraints.pattern).test(cell));
      return isRight ? [] : [`${name}: ${cell}`];
    }),
  );
}

test('the archive has all lists as CSV, byte for byte, the licence and their description, the same bytes each time', async () => {
  const archive = await download();
  const files = await unzipped(archive);
  expect([...files.keys()]).toEqual(['LICENCE.txt', ...LISTS.map(list => `${list}.csv`), 'datapackage.json']);
  for (const list of LISTS) {
    const csv = Buffer.from(await (await get(`${list}.csv`)).arrayBuffer());
    expect(files.get(`${list}.csv`)?.equals(csv), list).toBe(true);
  }
  expect(String(files.get('LICENCE.txt'))).toContain('https://creativecommons.org/licenses/by/4.0/');
  expect((await download()).equals(archive)).toBe(true);
  const semicolons = await unzipped(await download({ separator: 'semicolon' }));
  expect(String(semicolons.get('programmes.csv'))).toMatch(/^\uFEFFid;/);
  expect(JSON.parse(String(semicolons.get('datapackage.json'))).resources[0].dialect.delimiter).toBe(';');
});

test.each<Record<string, string>>([{}, { provenance: 'true' }])(
  'the description in the archive is true of its files: %j',
  async parameters => {
    const files = await unzipped(await download(parameters));
    const described = JSON.parse(String(files.get('datapackage.json')));
    expect(described.resources.map(({ name }: Json) => name)).toEqual(LISTS);
    const ids = new Map<string, Set<string>>();
    for (const { name, path, hash, bytes, rowCount, schema } of described.resources) {
      const file = files.get(path) as Buffer;
      expect([hash, bytes]).toEqual([`sha256:${createHash('sha256').update(file).digest('hex')}`, file.length]);
      expect(problemsOf(String(file), { schema })).toEqual([]);
      const rows = parse(String(file), { bom: true, columns: true }) as Record<string, string>[];
      expect(rowCount).toBe(rows.length);
      ids.set(name, new Set(rows.map(({ id }) => id as string)));
    }
    for (const { name, path, schema } of described.resources) {
      const rows = parse(String(files.get(path)), { bom: true, columns: true }) as Record<string, string>[];
      for (const { fields, reference } of schema.foreignKeys ?? []) {
        const values = rows.map(row => row[fields[0]]).filter(Boolean) as string[];
        const others = ids.get(reference.resource ?? name);
        expect([fields, values.filter(value => !others?.has(value))]).toEqual([fields, []]);
      }
    }
    const partnerships = described.resources[0].schema;
    expect(partnerships.foreignKeys).toContainEqual({
      fields: ['dutch.id'],
      reference: { resource: 'authorities', fields: ['id'] },
    });
    // The profile of the standard has no empty list, and no name of the list itself.
    const [programmes, organisations] = ['programmes', 'organisations'].map(
      list => described.resources.find(({ name }: Json) => name === list).schema,
    );
    expect(programmes).not.toHaveProperty('foreignKeys');
    expect(organisations.foreignKeys).toEqual([{ fields: ['parent.id'], reference: { fields: ['id'] } }]);
    expect(partnerships.fields.some(({ name }: Json) => name === 'sources')).toBe('provenance' in parameters);
  },
);

test('a description has titles in three languages, types, code lists and the licence', async () => {
  const described = await packageAt();
  expect(described).toMatchObject({
    name: 'stedenband',
    languages: ['en', 'nl', 'zh'],
    licenses: [{ name: 'CC-BY-4.0' }],
    codeLists: { Theme: expect.arrayContaining([expect.objectContaining({ value: 'WATER' })]) },
  });
  const fields = described.resources.flatMap(({ schema }: Json) => schema.fields);
  for (const field of fields) {
    for (const title of ['title', 'title@nl', 'title@zh'])
      expect(field[title], `${title} of ${field.name}`).not.toMatch(/^$|[a-z][A-Z]/);
    expect(field['title@zh'], field.name).toMatch(/\p{Script=Han}/u);
  }
  const named = (name: string) => fields.find((field: Json) => field.name === name);
  expect(named('status')).toMatchObject({
    type: 'string',
    title: 'status',
    categories: expect.arrayContaining([
      { value: 'ENDED', label: 'Ended', 'label@nl': 'Beëindigd', 'label@zh': '已终止' },
    ]),
  });
  expect(named('startedOn.latest')).toMatchObject({ type: 'date', 'title@nl': 'begindatum: laatste dag' });
  expect(named('themes')).toMatchObject({ type: 'list', delimiter: '; ', codeList: 'Theme' });
  expect(named('level').categories.length).toBeGreaterThan(3);
  for (const { name, categories = [] } of fields) {
    const values = categories.map(({ value }: Json) => value);
    expect([name, values]).toEqual([name, [...new Set(values)]]);
  }
});

test('the addresses in a description are those of its moment, before and after a change', async () => {
  const described = await packageAt();
  const cursor = described.knownAt;
  const before = await download({ knownAt: cursor });
  const [{ path, rowCount }] = described.resources;
  expect(path).toBe(`partnerships.csv?knownAt=${cursor}`);
  const read = async () => (await fetch(new URL(path, `${url()}/export/datapackage.json`))).text();
  const text = await read();
  expect(parse(text, { bom: true })).toHaveLength(rowCount + 1);
  const { em } = database();
  const [{ id, version }] = (await em
    .fork()
    .execute(`select id, version from partnership order by id limit 1`)) as Json;
  await changeNotes(id, version);
  expect((await packageAt()).knownAt).not.toBe(cursor);
  const past = await packageAt({ knownAt: cursor });
  expect(past).toEqual(described);
  expect(await read()).toBe(text);
  expect((await download({ knownAt: cursor })).equals(before)).toBe(true);
  expect((await download()).equals(before)).toBe(false);
});

/** Changes a record as an editor does. */
async function changeNotes(id: string, version: number): Promise<void> {
  const response = await fetch(`${url()}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
    body: JSON.stringify({
      query: `mutation { revisePartnership(input: { id: "${id}", expectedVersion: ${version}, notes: "Changed", reason: "test" }) { userErrors { message } } }`,
    }),
  });
  expect(await response.json()).toMatchObject({ data: { revisePartnership: { userErrors: [] } } });
}

test('an archive that is unchanged is not sent again, and takes what lists do not', async () => {
  const response = await get('stedenband.zip');
  const etag = response.headers.get('etag') as string;
  await response.arrayBuffer();
  expect(response.headers.get('content-type')).toBe('application/zip');
  expect(response.headers.get('content-disposition')).toMatch(
    /^attachment; filename="stedenband-\d{4}-\d\d-\d\d\.zip"$/,
  );
  expect((await get('stedenband.zip', {}, { headers: { 'if-none-match': etag } })).status).toBe(304);
  const described = await get('datapackage.json');
  const tag = described.headers.get('etag') as string;
  await described.arrayBuffer();
  expect((await get('datapackage.json', {}, { headers: { 'if-none-match': tag } })).status).toBe(304);
  for (const file of ['stedenband.zip', 'datapackage.json']) {
    const refused = await get(file, { filter: '{}' });
    expect([file, refused.status, ((await refused.json()) as Json).errors[0].extensions.rule]).toEqual([
      file,
      400,
      'EXPORT_PARAMETER_UNKNOWN',
    ]);
  }
  expect((await ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
});
