import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import sql from 'sql-template-tag';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { csvCell, unguarded } from '../../../src/export/csv.js';
import { queryRows } from '../../../src/graph/sql/query.js';
import { exportServer, type Json } from '../../support/export.js';
import { CONCEPTS, planFile } from '../../support/files.js';
import { editedWorkbook } from '../../support/workbooks.js';

vi.setConfig({ testTimeout: 60_000 });

const { get, database } = exportServer();
const download = async (path: string, parameters?: Record<string, string>): Promise<Buffer> =>
  Buffer.from(await (await get(path, parameters)).arrayBuffer());
const TABLES = Object.keys(CONCEPTS);

/** Texts with which a format must take care: formulas, apostrophes, separators, lines, the characters of XML. */
const AWKWARD = "=1+1;'=2,\"'+3\"\n\t@x <a>&amp;_x000D_\r\n's-Gravenhage; 海牙";

beforeAll(async () => {
  await queryRows(database().em.fork(), sql`update organisation set notes = ${AWKWARD} where id = 'org-vng'`);
  await queryRows(
    database().em.fork(),
    sql`update partnership set notes = ${"'\t'=5"} where id = 'tie-rotterdam-shanghai'`,
  );
});

describe.each(['csv', 'ndjson', 'xlsx'])('an export as %s', format => {
  test.each(TABLES)('of %s that comes back unedited proposes nothing', async name => {
    const all: Record<string, string>[] = [{}, { provenance: 'true' }];
    if (format === 'csv') all.push({ separator: 'semicolon' });
    for (const parameters of all) {
      const items = await planFile(database(), format, name, await download(`${name}.${format}`, parameters));
      expect(items.length).toBeGreaterThan(3);
      expect(items.filter(({ verdict }) => verdict !== 'SAME')).toEqual([]);
    }
  });
});

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const csvOf = (rows: string[][]) => rows.map(row => row.map(quoted).join(';')).join('\r\n');

/** Texts of the cells of a CSV file that other programs write for the same values. */
const NOTATIONS: Readonly<Record<string, (column: string, cell: string) => string>> = {
  'pandas writes numbers, codes and truth values': (column, cell) => {
    if (/itude$|Count$|^version$|Eur$|gbCode$/.test(column)) return cell.replace(/^-?\d+$/, '$&.0');
    return cell.replace(/^true$/, '1.0').replace(/^false$/, '0.0');
  },
  'R writes numbers': (column, cell) =>
    /itude$|Count$|Eur$/.test(column) && cell !== '' ? Number(cell).toExponential() : cell,
};

describe.each(Object.entries(NOTATIONS))('an export as %s', (_, write) => {
  test.each(['authorities', 'partnerships', 'programmes', 'exchanges'])('of %s proposes nothing', async name => {
    const [names = [], ...rows] = parse(await download(`${name}.csv`), { bom: true }) as string[][];
    const written = rows.map(row => row.map((cell, index) => write(names[index] as string, cell)));
    expect(written).not.toEqual(rows);
    const items = await planFile(database(), 'csv', name, csvOf([names, ...written]));
    expect(items.filter(({ verdict, problems }) => verdict !== 'SAME' || problems.length > 0)).toEqual([]);
  });
});

test('an amount that may be another number is ambiguous, also if the register has the smaller', async () => {
  const em = database().em.fork();
  const [programme] = await queryRows<Json>(
    em,
    sql`update programme set budget_eur = 250 where id = (select min(id) from programme) returning id`,
  );
  const [item] = await planFile(database(), 'csv', 'programmes', `id;budgetEur\n${programme?.id};250.000`);
  expect(item).toMatchObject({ verdict: 'REFUSED', problems: [{ rule: 'ROW_NUMBER_AMBIGUOUS' }] });
});

test('the geometry that DuckDB writes from Parquet into other files is ignored', async () => {
  const lines = String(await download('authorities.ndjson'))
    .trim()
    .split('\n')
    .slice(0, 3);
  const file = lines.map(line => JSON.stringify({ ...JSON.parse(line), geometry: 'POINT (5.2 52.4)' })).join('\n');
  expect((await planFile(database(), 'ndjson', 'authorities', file)).map(({ verdict }) => verdict)).toEqual(
    Array(3).fill('SAME'),
  );
});

test.each(TABLES)('the template of %s has the columns that can be filled in, and a filled one is read', async name => {
  const file = String(await download(`${name}.csv`, { template: 'true', separator: 'semicolon' }));
  const [names = [], ...rows] = parse(file, { bom: true, delimiter: ';' }) as string[][];
  expect(rows).toEqual([]);
  expect(names).toContain('id');
  expect(names.filter(column => /Count$|^version$|^statusPeriods$|parent\.names/.test(column))).toEqual([]);
  const [id] = ((await planFile(database(), 'csv', name, await download(`${name}.csv`))) as Json[]).map(
    ({ subjectId }) => subjectId,
  );
  const filled = `${file}${[id, ...names.slice(1).map(() => '')].join(';')}`;
  const [item] = await planFile(database(), 'csv', name, filled);
  expect(item).toMatchObject({ place: 'row 2', subjectId: id });
});

test('a count that was edited is left out, and the row says so; its other edits are read', async () => {
  const id = 'tie-rotterdam-shanghai';
  const [first, , ...others] = await planFile(
    database(),
    'csv',
    'partnerships',
    `id;exchangeCount;notes\n${id};9999;Other notes\ntie-delft-jingdezhen;;\ntie-den-haag-qingdao;9999;${''}\n`,
  );
  const notice = { rule: 'ROW_COLUMN_COMPUTED', path: ['values', 'exchangeCount'], params: { value: '"9999"' } };
  expect(first).toMatchObject({ subjectId: id, problems: [notice] });
  expect(first?.verdict).not.toBe('REFUSED');
  expect(first?.fields.map(({ field }: Json) => field)).toEqual(['notes']);
  expect(others).toMatchObject([{ problems: [notice] }]);
});

test('a template is for files with names of columns', async () => {
  const response = await get('partnerships.ndjson', { template: 'true' });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { rule: 'TEMPLATE_UNUSED' } }] });
});

/** Changes cells of one record in a file, by the id of the record. */
type Edit = (file: Buffer, id: string, values: Record<string, string | null>) => Promise<Buffer>;

const editCsv: Edit = async (file, id, values) => {
  const [names = [], ...rows] = parse(file, { bom: true }) as string[][];
  for (const row of rows) {
    if (row[0] !== id) continue;
    for (const [name, value] of Object.entries(values)) row[names.indexOf(name)] = value ?? '';
  }
  return Buffer.from(csvOf([names, ...rows]));
};

const editNdjson: Edit = async (file, id, values) => {
  const records = String(file)
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  for (const record of records) {
    if (record.id !== id) continue;
    for (const [name, value] of Object.entries(values)) {
      const path = name.split('.');
      const last = path.pop() as string;
      path.reduce((target: Json, key) => (target[key] ??= {}), record)[last] = value;
    }
  }
  return Buffer.from(records.map(record => JSON.stringify(record)).join('\n'));
};

describe.each([
  ['csv', editCsv],
  ['ndjson', editNdjson],
  ['xlsx', editedWorkbook],
] as const)('an edited export as %s', (format, edit) => {
  const planEdited = async (values: Record<string, string | null>, id = 'tie-groningen-tianjin') => {
    const file = await download(`partnerships.${format}`, { provenance: 'true' });
    const items = await planFile(database(), format, 'partnerships', await edit(file, id, values));
    return items.filter(({ verdict }) => verdict !== 'SAME');
  };

  test('proposes exactly the edits', async () => {
    const items = await planEdited({ notes: 'Edited by hand', themes: 'SPORT; WATER' });
    expect(items).toMatchObject([{ subjectId: 'tie-groningen-tianjin', problems: [] }]);
    const fields = items[0].fields.map(({ field, proposed }: Json) => [field, proposed]);
    expect(Object.fromEntries(fields)).toEqual({ notes: 'Edited by hand', themes: ['SPORT', 'WATER'] });
  });

  const DAYS = 'tie-rotterdam-shanghai';

  test.skipIf(format === 'ndjson')('has the first and the last day of dates, which follow the date', async () => {
    const consistent = { startedOn: '1980-02', 'startedOn.earliest': '1980-02-01', 'startedOn.latest': '1980-02-29' };
    for (const values of [consistent, { startedOn: '1980-02' }]) {
      const items = await planEdited(values, DAYS);
      expect(items).toMatchObject([{ problems: [], fields: [{ field: 'startedOn', proposed: '1980-02' }] }]);
    }
    const problem = { rule: 'ROW_COLUMN_READ_ONLY', path: ['values', 'startedOn.latest'] };
    for (const day of ['1980-12-31', null]) {
      const items = await planEdited({ 'startedOn.latest': day }, DAYS);
      expect(items).toMatchObject([{ verdict: 'REFUSED', problems: [problem] }]);
    }
    // As a Dutch spreadsheet writes the days of a CSV file back.
    expect(await planEdited({ 'startedOn.earliest': '1-1-1979', 'startedOn.latest': '31-12-1979' }, DAYS)).toEqual([]);
  });

  test.skipIf(format === 'ndjson')('of a date that the register changed since is unedited', async () => {
    const file = await download(`partnerships.${format}`, { provenance: 'true' });
    const em = database().em.fork();
    const set = (date: string) => queryRows(em, sql`update partnership set started_on = ${date} where id = ${DAYS}`);
    await set('1979-11-23');
    const items = await planFile(database(), format, 'partnerships', file).finally(() => set('1979'));
    const problems = items.flatMap(item => item.problems.map(({ path }: Json) => path.join()));
    expect(problems).toEqual([]);
  });

  test('clears a value whose cell is empty', async () => {
    const items = await planEdited({ startedOn: null }, 'tie-rotterdam-shanghai');
    expect(items).toMatchObject([{ fields: [{ field: 'startedOn', proposed: null }] }]);
  });

  test('is refused where it edits what belongs to another record', async () => {
    const items = await planEdited({ 'dutch.names.nl': 'Gruno' });
    expect(items).toMatchObject([
      { verdict: 'REFUSED', problems: [{ rule: 'ROW_COLUMN_READ_ONLY', path: ['values', 'dutch.names.nl'] }] },
    ]);
  });
});

test('a cell has exactly its text after the guard against formulas is taken off', () => {
  const text = fc.string({ unit: fc.constantFrom(...'\'=+-@＝\t\r\n,;" a'), maxLength: 12 });
  const check = (value: string) => {
    const [[cell = ''] = []] = parse(csvCell(value), { relax_column_count: true }) as string[][];
    expect(unguarded(cell)).toBe(value);
  };
  for (const value of [AWKWARD, "'=1", "''=1", "'\t", '"\'=1', "a;'=1", "'s-Gravenhage", "-1'"]) check(value);
  fc.assert(fc.property(text, check), { numRuns: 2_000 });
});
