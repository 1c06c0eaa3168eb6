import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import readWorkbook from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { questionGroups } from '../../src/graphiql/question-groups.js';
import { exportLink } from '../../src/graphiql/result/export-link.js';
import { missingIn } from '../../src/graphiql/result/missing-records.js';
import type { Variables } from '../../src/graphiql/result/operation-request.js';
import { sortRows } from '../../src/graphiql/result/sort.js';
import { type Table, tablesOf } from '../../src/graphiql/result/table-data.js';
import { toClipboard, toCsv, toNdjson } from '../../src/graphiql/result/table-files.js';
import { ResultObject, readResult } from '../../src/graphiql/result/typed-result.js';
import { sheetOf, workbookOf } from '../../src/graphiql/result/workbook.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const schema = buildSchema(read('../../schema.graphql'), { assumeValidSDL: true });

const tablesFor = (query: string, data: unknown, variables?: Variables): Table[] => {
  const root = readResult(schema, { query, variables }, data);
  if (!root) throw new Error('The result could not be read.');
  return tablesOf(root);
};
const tablesOfQuestion = (name: string) => {
  const variables = existsSync(new URL(`../questions/${name}.variables.json`, import.meta.url));
  return tablesFor(
    read(`../questions/${name}.graphql`),
    JSON.parse(read(`../questions/${name}.json`)),
    variables ? JSON.parse(read(`../questions/${name}.variables.json`)) : undefined,
  );
};
const plain = ({ columns, rows }: Table) => rows.map(({ cells }) => columns.map(({ name }) => cells.get(name) ?? null));
const namesOf = ({ columns }: Table) => columns.map(({ name }) => name);

test('every question of the tests is on the page once, in a group with headings in both languages', () => {
  const files = readdirSync(new URL('../questions/', import.meta.url));
  const questions = files.filter(file => file.endsWith('.graphql')).map(file => file.replace('.graphql', ''));
  expect(questionGroups.flatMap(group => group.questions).toSorted()).toEqual(questions.toSorted());
  expect(questionGroups.every(({ en, nl }) => en !== '' && nl !== '' && en !== nl)).toBe(true);
});

test('a connection becomes rows, a nested record dotted columns, an alias keeps its name', () => {
  const query = `{ partnerships(first: 2) { totalCount pageInfo { hasNextPage } nodes {
    dutch { name } chinese { hanzi: name(language: ZH) parent { name } } since: startedOn themes } } }`;
  const [table, ...others] = tablesFor(query, {
    partnerships: {
      totalCount: 53,
      pageInfo: { hasNextPage: true },
      nodes: [
        {
          dutch: { name: 'Rotterdam' },
          chinese: { hanzi: '上海市', parent: null },
          since: '1979',
          themes: ['TRADE', 'WATER'],
        },
        {
          dutch: { name: 'Breda' },
          chinese: { hanzi: '扬州市', parent: { name: 'Jiangsu' } },
          since: null,
          themes: [],
        },
      ],
    },
  });
  expect(others).toEqual([]);
  expect(table?.total).toBe(53);
  expect(namesOf(table as Table)).toEqual(['dutch.name', 'chinese.hanzi', 'chinese.parent.name', 'since', 'themes']);
  expect(plain(table as Table)).toEqual([
    ['Rotterdam', '上海市', null, '1979', ['TRADE', 'WATER']],
    ['Breda', '扬州市', 'Jiangsu', null, []],
  ]);
  expect(table?.columns.map(({ kind }) => kind)).toEqual(['text', 'text', 'text', 'date', 'text']);
  expect(table?.rows.map(({ record }) => record.type)).toEqual(['Partnership', 'Partnership']);
});

test('a nested list is a cell with its members, and a table of its own without missing records', () => {
  const tables = tablesOfQuestion('07-provinces-with-and-without-a-tie');
  expect(tables.map(({ path, rows }) => [path.join(' › '), rows.length])).toEqual([
    ['with', 11],
    ['with › partnerships', 13],
    ['without', 1],
  ]);
  const [provinces, ties] = tables as [Table, Table];
  expect(namesOf(provinces)).toContain('partnerships.chinese.name');
  expect(namesOf(ties)).toEqual(['name', 'partnerships.chinese.name', 'partnerships.startedOn', 'partnerships.status']);
  const none = tablesFor('{ authorities { nodes { name partnerships { nodes { status } } } } }', {
    authorities: {
      nodes: [
        { name: 'Almelo', partnerships: { nodes: [] } },
        { name: 'Delft', partnerships: { nodes: [{ status: 'ACTIVE' }] } },
      ],
    },
  });
  expect(plain(none[1] as Table)).toEqual([
    ['Almelo', null],
    ['Delft', 'ACTIVE'],
  ]);
});

test('edges, fragments, unions and interfaces are resolved to object types', () => {
  const [hanzi] = tablesOfQuestion('05-search-in-any-language') as [Table];
  expect(namesOf(hanzi).slice(0, 3)).toEqual(['rank', 'matchedOn', '__typename']);
  expect(hanzi.rows[0]?.record.type).toMatch(/^(?:Dutch|Chinese)Authority$/);
  const query =
    '{ nodes(ids: ["a", "b"]) { ... on Partnership { today: status startedOn } ... on Programme { funder } } }';
  const root = readResult(schema, { query }, { nodes: [{ today: 'ACTIVE', startedOn: '1979' }, { funder: 'RVO' }] });
  const nodes = root?.fields[0]?.value as ResultObject[] | undefined;
  expect(nodes?.map(({ type }) => type)).toEqual(['Partnership', 'Programme']);
});

test('a record of an interface keeps its type without the fields that directives leave out', () => {
  const query = `query A($w: Boolean!, $all: Boolean = true) { authority(id: "nl-breda") {
    id name wikidataId @include(if: $w) ... @skip(if: $all) { population } ...Kind @include(if: true)
  } } fragment Kind on Authority { __typename }`;
  const breda = { id: 'nl-breda', name: 'Breda', __typename: 'DutchAuthority' };
  const root = readResult(schema, { query, variables: { w: false } }, { authority: breda });
  expect(root && missingIn(root)).toEqual([]);
  expect(root?.fields).toMatchObject([{ value: { type: 'DutchAuthority', fields: [{}, {}, {}] } }]);
  const { __typename, ...untyped } = breda;
  const [table] = tablesFor(
    query.replace('...Kind @include(if: true)', '').replace(/fragment.*/, ''),
    { authority: untyped },
    { w: false },
  );
  expect(table && plain(table)).toEqual([['authority', 'nl-breda', 'Breda']]);
});

test('a result with only counts is a table of counts', () => {
  const query =
    '{ water: partnerships(filter: { themes: { some: { eq: WATER } } }) { totalCount } all: partnerships { totalCount } }';
  const [table] = tablesFor(query, { water: { totalCount: 7 }, all: { totalCount: 53 } }) as [Table];
  expect(plain(table)).toEqual([
    ['water', 7],
    ['all', 53],
  ]);
});

test('a list without groups or records is a table without rows', () => {
  const query = '{ partnershipGroups(by: [STATUS]) { status count } partnerships { nodes { id } totalCount } }';
  const tables = tablesFor(query, { partnershipGroups: [], partnerships: { nodes: [], totalCount: 0 } });
  expect(tables.map(({ path, rows }) => [path, rows])).toEqual([
    [['partnershipGroups'], []],
    [['partnerships'], []],
  ]);
});

test('every question of the tests gives a table', () => {
  for (const { questions } of questionGroups) {
    for (const question of questions) {
      const tables = tablesOfQuestion(question);
      expect(tables.length, question).toBeGreaterThan(0);
      expect(tables[0]?.columns.length, question).toBeGreaterThan(0);
    }
  }
});

const item = new ResultObject('Partnership', []);
const column = (...values: unknown[]) => values.map(value => ({ cells: new Map([['x', value]]), record: item }));
const sorted = (kind: 'date' | 'number' | 'text', descending: boolean, ...values: unknown[]) =>
  sortRows(column(...values), 'x', kind, descending).map(({ cells }) => cells.get('x'));

test('partial dates sort by their earliest day, numbers as numbers, unknown values last in both directions', () => {
  expect(sorted('date', false, '1979-11', null, '1979', '1978-12-31', '1979-01-02')).toEqual([
    '1978-12-31',
    '1979',
    '1979-01-02',
    '1979-11',
    null,
  ]);
  expect(sorted('date', true, '1979-11', null, '1979', '1980')).toEqual(['1980', '1979-11', '1979', null]);
  expect(sorted('number', false, 10, 9, null, -2)).toEqual([-2, 9, 10, null]);
  expect(sorted('text', false, 'Zwolle', 'Álmere', 'almelo', '')).toEqual(['almelo', 'Álmere', 'Zwolle', '']);
});

const columns = [{ name: 'x', kind: 'text' as const }];

test('CSV opens in a spreadsheet with 上海 intact and without formulas', () => {
  const csv = toCsv(
    columns,
    column('上海', '=1+1', '+31', '-x', '@a', '＝1', '\tb', -5, 'say "a, b"', 'two\nlines', null, ['a', 'b'], true),
  );
  expect(csv).toBe(
    '\uFEFFx\r\n上海\r\n\'=1+1\r\n\'+31\r\n\'-x\r\n\'@a\r\n\'＝1\r\n"\'\tb"\r\n-5\r\n"say ""a, b"""\r\n"two\nlines"\r\n\r\n"a; b"\r\ntrue\r\n',
  );
});

test('text is no formula at whichever separator a spreadsheet splits it', () => {
  const csv = toCsv(columns, column('Innocent;=1+1;@SUM(A1)', 'a\n+1', 'a,-1'));
  expect(csv).toBe('\uFEFFx\r\n"Innocent;\'=1+1;\'@SUM(A1)"\r\n"a\n\'+1"\r\n"a,\'-1"\r\n');
});

test('a workbook has no cell that Excel refuses: a longer text takes another file, a day before 1 March 1900 is text', async () => {
  const workbook = (text: string) => {
    const query = '{ partnerships { nodes { notes startedOn } } }';
    const [table] = tablesFor(query, { partnerships: { nodes: [{ notes: text, startedOn: '1900-02-28' }] } });
    const columns = (table as Table).columns.map(column => ({ ...column, label: column.name }));
    return sheetOf(columns, (table as Table).rows, ({ name }, { cells }) => String(cells.get(name)));
  };
  const [, row] = workbook('友'.repeat(32_767));
  expect(row?.[1]).toEqual({ value: '1900-02-28', type: String });
  const file = (await workbookOf(workbook('友'.repeat(32_767)), [])) as Blob;
  const [sheet] = await readWorkbook(Buffer.from(await file.arrayBuffer()));
  expect(String(sheet?.data[1]?.[0])).toHaveLength(32_767);
  expect(await workbookOf(workbook('友'.repeat(32_768)), [])).toBeUndefined();
  expect(await workbookOf(workbook('友'), [['Link', 'x'.repeat(32_768)]])).toBeUndefined();
});

test('NDJSON preserves lists and types, the clipboard has one line per row', () => {
  expect(toNdjson(columns, column('=1+1', ['a', 'b'], 2, null))).toBe(
    '{"x":"=1+1"}\n{"x":["a","b"]}\n{"x":2}\n{"x":null}\n',
  );
  expect(toClipboard(columns, column('a\tb\nc', '=1+1'))).toBe("x\na b c\n'=1+1");
});

test('the export link has the filter of a question that is one list', () => {
  const query =
    'query Q($from: PartialDate = "1990") { partnerships(filter: { status: { in: [ENDED] }, startedOn: { from: $from } }) { totalCount } }';
  const filter = (link: string | undefined) =>
    JSON.parse(new URL(link ?? '', 'http://x/register/graphql').searchParams.get('filter') ?? 'null');
  const link = exportLink({ query, variables: { from: '1995-01' } })?.url('csv', false);
  expect(new URL(link ?? '', 'http://x/register/graphql').pathname).toBe('/register/export/partnerships.csv');
  expect(filter(link)).toEqual({ status: { in: ['ENDED'] }, startedOn: { from: '1995-01' } });
  expect(filter(exportLink({ query })?.url('xlsx', true))).toEqual({
    status: { in: ['ENDED'] },
    startedOn: { from: '1990' },
  });
  const exchanges = exportLink({ query: '{ exchanges { totalCount } }' });
  expect(exchanges?.url('geojson', false)).toBe('export/exchanges.geojson');
  expect(exchanges?.url('parquet', true)).toBe('export/exchanges.parquet?provenance=true');
  expect(exportLink({ query: '{ organisations { totalCount } }' })?.formats).toEqual([
    'csv',
    'ndjson',
    'xlsx',
    'parquet',
  ]);
  expect(exportLink({ query: '{ exchanges { totalCount } programmes { totalCount } }' })).toBeUndefined();
  expect(exportLink({ query: '{ exchangeGroups(by: [KIND]) { count } }' })).toBeUndefined();
});
