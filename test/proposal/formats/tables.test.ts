import { describe, expect, test } from 'vitest';
import { sheetEnd, sheetRow, sheetStart, xmlText } from '../../../src/export/xlsx-parts.js';
import { partialDateOf } from '../../../src/proposal/formats/cell.js';
import { dateOfSerial, precisionOf } from '../../../src/proposal/formats/xlsx-dates.js';
import { refusalOf, rowsOf } from '../../support/files.js';
import { relationsTo, workbookOf, zipOf } from '../../support/workbooks.js';

const valuesOf = async (...args: Parameters<typeof rowsOf>) => (await rowsOf(...args)).map(({ values }) => values);

/** The list of a municipality, as Dutch Excel saves it: windows-1252, semicolons, dates of the country, a title above. */
const DUTCH_LIST = [
  'Stedenbanden van de gemeente;;;;;',
  ';;;;;',
  'dutch.names.nl;chinese.names.en;kind;startedOn;endedOn;themes;notes',
  "'s-Gravenhage;Suzhou;FRIENDSHIP;30-11-1979;nov-99;SPORT; WATER;Één café €",
  '"Súdwest-Fryslân";"Wuxi ""West""";FRIENDSHIP;1-2-07;;"SPORT; WATER";"regel 1\nregel 2"',
  ';;;;;;',
].join('\r\n');

/** Encodes as windows-1252 the few characters that a list has. */
const windows1252 = (text: string) => Buffer.from(text.replaceAll('€', '\x80'), 'latin1');

describe('CSV', () => {
  test('of Dutch Excel is read as it was meant', async () => {
    const [first, second, ...others] = await rowsOf(
      'csv',
      windows1252(DUTCH_LIST.replace('SPORT; WATER;É', 'SPORT;É')),
    );
    expect(others).toEqual([]);
    expect(first).toEqual({
      place: 'row 4',
      problem: undefined,
      values: {
        'dutch.names.nl': "'s-Gravenhage",
        'chinese.names.en': 'Suzhou',
        kind: 'FRIENDSHIP',
        startedOn: '1979-11-30',
        endedOn: '1999-11',
        themes: 'SPORT',
        notes: 'Één café €',
      },
    });
    expect(second?.values).toMatchObject({
      'dutch.names.nl': 'Súdwest-Fryslân',
      'chinese.names.en': 'Wuxi "West"',
      startedOn: '2007-02-01',
      themes: 'SPORT; WATER',
      notes: 'regel 1\nregel 2',
    });
  });

  const TEXT = 'id;notes\r\ntie-a-b;Één café';
  const utf16 = Buffer.from(`\uFEFF${TEXT}`, 'utf16le');
  test.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${TEXT}`)],
    ['UTF-16', utf16],
    ['UTF-16, big-endian', Buffer.from(utf16).swap16()],
    ['UTF-16 without a mark', utf16.subarray(2)],
    ['windows-1252', windows1252(TEXT)],
    ['commas', Buffer.from(TEXT.replaceAll(';', ','))],
    ['tabs', Buffer.from(TEXT.replaceAll(';', '\t'))],
    ['a stated separator', Buffer.from(`sep=|\r\n${TEXT.replaceAll(';', '|')}`)],
    ['lines of Unix', Buffer.from(TEXT.replaceAll('\r', ''))],
    ['lines of an old Mac', Buffer.from(TEXT.replaceAll('\n', ''))],
  ])('is read as %s', async (_, file) => {
    expect(await valuesOf('csv', file)).toEqual([{ id: 'tie-a-b', notes: 'Één café' }]);
  });

  test.each([
    ['little-endian', (file: Buffer) => file],
    ['big-endian', (file: Buffer) => file.swap16()],
  ])('of hanzi in UTF-16, %s, needs no mark', async (_, ordered) => {
    const file = ordered(Buffer.from('id,names.zh\ncn-x,一上海市一\ncn-y,北京市', 'utf16le'));
    const values = [
      { id: 'cn-x', 'names.zh': '一上海市一' },
      { id: 'cn-y', 'names.zh': '北京市' },
    ];
    expect(await valuesOf('csv', file, 'authorities')).toEqual(values);
  });

  test('of Chinese Excel is GB 18030', async () => {
    const file = Buffer.concat([Buffer.from('id,names.zh\ncn-x,'), Buffer.from('c9cfbaa3cad0', 'hex')]);
    expect(await valuesOf('csv', file, 'authorities')).toEqual([{ id: 'cn-x', 'names.zh': '上海市' }]);
  });

  test('undoes what a spreadsheet does to values', async () => {
    const file = 'cbsCode;location.latitude;level\n599;"51,92125";MUNICIPALITY';
    expect(await valuesOf('csv', file, 'authorities')).toEqual([
      { cbsCode: 'GM0599', 'location.latitude': '51.92125', level: 'MUNICIPALITY' },
    ]);
  });

  test('has WAAR as true in a column of truth values only', async () => {
    const file = 'title.nl;recurring;title.en\nWAAR;WAAR;ONWAAR\nB;ONWAAR;TRUE';
    expect(await valuesOf('csv', file, 'exchanges')).toEqual([
      { 'title.nl': 'WAAR', recurring: true, 'title.en': 'ONWAAR' },
      { 'title.nl': 'B', recurring: false, 'title.en': 'TRUE' },
    ]);
  });

  test('undoes what pandas does to codes of a column with empty cells', async () => {
    const chinese = 'gbCode,prefecture.gbCode,level\n340000.0,310000,PROVINCE\n,,\n3400000.0,34000.0,PROVINCE';
    const dutch = 'cbsCode,level\n599.0,MUNICIPALITY\n,\n59900.0,MUNICIPALITY';
    expect(await valuesOf('csv', chinese, 'authorities')).toEqual([
      { gbCode: '340000', 'prefecture.gbCode': '310000', level: 'PROVINCE' },
      { gbCode: '3400000.0', 'prefecture.gbCode': '34000.0', level: 'PROVINCE' },
    ]);
    expect(await valuesOf('csv', dutch, 'authorities')).toEqual([
      { cbsCode: 'GM0599', level: 'MUNICIPALITY' },
      { cbsCode: '59900.0', level: 'MUNICIPALITY' },
    ]);
  });

  test('names row and column of a cell that cannot be', async () => {
    const [beside, long] = await rowsOf('csv', `id;notes\ntie-a-b;x;y\ntie-a-c;${'x'.repeat(40_000)}`);
    expect(beside).toMatchObject({
      place: 'row 2',
      problem: { rule: 'ROW_CELL_WITHOUT_COLUMN', params: { column: 'C' } },
    });
    expect(long).toMatchObject({ place: 'row 3', problem: { rule: 'ROW_CELL_TOO_LONG', path: ['values', 'notes'] } });
  });

  test('that cannot be read is refused at the row that cannot be', async () => {
    for (const text of ['x "y" z', '"x" y', '"x', 'x'.repeat(1_000_001)]) {
      const refusal = await refusalOf('csv', `id;notes\ntie-a-b;x\ntie-a-c;${text}\n`);
      expect([text.slice(0, 8), refusal.params.place]).toEqual([text.slice(0, 8), 'row 3']);
    }
  });

  test('clears nothing in a row whose id is a space', async () => {
    const [spaces, id] = await valuesOf('csv', 'id,notes,kind\n" ",,FRIENDSHIP\ntie-a-b,,FRIENDSHIP');
    expect([spaces, id]).toEqual([
      { id: ' ', kind: 'FRIENDSHIP' },
      { id: 'tie-a-b', notes: '', kind: 'FRIENDSHIP' },
    ]);
  });

  test('leaves out what a short row does not have', async () => {
    expect(await valuesOf('csv', 'id;notes;kind\ntie-a-b;x')).toEqual([{ id: 'tie-a-b', notes: 'x' }]);
  });

  test.each([
    ['', 'FILE_WITHOUT_COLUMNS'],
    ['a;b\n1;2', 'FILE_WITHOUT_COLUMNS'],
    ['id;notes;id\n1;2;3', 'FILE_COLUMN_REPEATED'],
    ['id;notes\ntie-a-b;"x', 'FILE_QUOTES'],
    ['id;notes\ntie-a-b;"x"y', 'FILE_QUOTES'],
    ['id;notes\ntie-a-b;x"y', 'FILE_QUOTES'],
    [Buffer.from([0xef, 0xbb, 0xbf, 0x69, 0x64, 0xff]), 'FILE_ENCODING'],
    [Buffer.from([0x69, 0x64, 0x3b, 0x81]), 'FILE_ENCODING'],
  ])('is refused as a whole: %j', async (file, rule) => {
    expect(await refusalOf('csv', file)).toMatchObject({ rule });
  });
});

test.each([
  ['1979', '1979'],
  ['1979-11', '1979-11'],
  [' 1979-11-30 ', '1979-11-30'],
  ['30-11-1979', '1979-11-30'],
  ['1-2-07', '2007-02-01'],
  ['01.02.1985', '1985-02-01'],
  ['1-2-30', '1930-02-01'],
  ['3 mrt 1986', '1986-03-03'],
  ['3-mei-29', '2029-05-03'],
  ['nov-79', '1979-11'],
  ['oktober 1990', '1990-10'],
  ['11-1979', '1979-11'],
  ['2019/3/4', '2019-03-04'],
  ['2019/3', '2019-03'],
  ['1979-11-30T00:00:00', '1979-11-30'],
  ['30-11-1979 0:00', '1979-11-30'],
  ['1979-11-30 12:30', '1979-11-30 12:30'],
  ['03/04/2019', '03/04/2019'],
  ['31-02-2019', '2019-02-31'],
  ['11-79', '11-79'],
  ['ca. 1980', 'ca. 1980'],
  ['3 xyz 1986', '3 xyz 1986'],
])('the date %j is %j', (text, date) => {
  expect(partialDateOf(text)).toBe(date);
});

describe('XLSX', () => {
  const cell = (r: string, text: string) => `<c r="${r}" t="inlineStr"><is><t>${xmlText(text)}</t></is></c>`;
  const STYLES =
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="[$-413]d\\ mmmm\\ jjjj;@"/></numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="17"/><xf numFmtId="164"/></cellXfs></styleSheet>';
  const sharedStrings = (strings: string) => ({
    'xl/strings.xml': strings,
    'xl/_rels/workbook.xml.rels': relationsTo('strings.xml'),
  });
  const sheet = (rows: string, more = '') =>
    sheetStart([10]) + rows + sheetEnd(0, 0).replace('</sheetData>', `</sheetData>${more}`);

  test('has dates as exact as they are shown, the results of formulas, and merged cells in each row', async () => {
    const rows = [
      `<row r="1">${cell('A1', 'Onze stedenbanden')}</row>`,
      `<row r="3">${['dutch.names.nl', 'startedOn', 'endedOn', 'lastEvidenceOn', 'notes'].map((name, index) => cell(`${'ABCDE'[index]}3`, name)).join('')}</row>`,
      `<row r="4">${cell('A4', 'Delft')}<c r="B4" s="1"><v>29189</v></c><c r="C4" s="2"><v>36465</v></c><c r="D4" s="3"><v>45000.75</v></c><c r="E4" t="str"><f>A4&amp;"!"</f><v>Delft!</v></c></row>`,
      '<row r="5"><c r="B5"><v>1986</v></c><c r="E5" t="b"><v>1</v></c></row>',
    ].join('');
    const merged = '<mergeCells count="2"><mergeCell ref="A1:E1"/><mergeCell ref="A4:A5"/></mergeCells>';
    const file = await workbookOf(sheet(rows, merged), { 'xl/styles.xml': STYLES });
    expect(await rowsOf('xlsx', file)).toEqual([
      {
        place: 'row 4',
        problem: undefined,
        values: {
          'dutch.names.nl': 'Delft',
          startedOn: '1979-11-30',
          endedOn: '1999-11',
          lastEvidenceOn: '2023-03-15',
          notes: 'Delft!',
        },
      },
      {
        place: 'row 5',
        problem: undefined,
        values: { 'dutch.names.nl': 'Delft', startedOn: 1986, notes: true },
      },
    ]);
  });

  test.each([
    ['<c r="B2" t="e"><v>#REF!</v></c>', '#REF!'],
    ['<c r="B2"><f>A1</f></c>', ''],
    ['<c r="B2" t="str"><f>A1</f></c>', ''],
    // As openpyxl writes a formula.
    ['<c r="B2"><f>A1</f><v></v></c>', ''],
    ['<c r="B2"><f>A1</f><v/></c>', ''],
    ['<c r="B2" t="s"><v>7</v></c>', '7'],
    ['<c r="B2"><v>x</v></c>', 'x'],
    ['<c r="B2"><v>1e999</v></c>', '1e999'],
  ])('refuses a row with %s, which clears nothing', async (xml, value) => {
    const rows = `<row r="1">${cell('A1', 'id')}${cell('B1', 'notes')}</row><row r="2">${cell('A2', 'tie-a-b')}${xml}</row>`;
    const problem = { rule: 'ROW_FORMULA_WITHOUT_VALUE', params: { field: 'notes', value }, path: ['values', 'notes'] };
    const [row] = await rowsOf('xlsx', await workbookOf(sheet(rows)));
    expect(row).toMatchObject({ place: 'row 2', values: { id: 'tie-a-b' }, problem });
    expect(row?.values).not.toHaveProperty('notes');
  });

  test('has texts of a table of strings, rich ones without their phonetic part', async () => {
    const strings =
      '<sst><si><t>id</t></si><si><r><t>no</t></r><r><t>tes</t></r><rPh><t>x</t></rPh></si><si><t>a_x000D_b</t></si></sst>';
    const shared = (r: string, n: number) => `<c r="${r}" t="s"><v>${n}</v></c>`;
    const rows = `<row>${shared('A1', 0)}${shared('B1', 1)}</row><row><c t="s"><v>0</v></c><c t="s"><v>2</v></c></row>`;
    const file = await workbookOf(sheet(rows), sharedStrings(strings));
    expect(await valuesOf('xlsx', file)).toEqual([{ id: 'id', notes: 'a\rb' }]);
  });

  test.each([
    '<c r="B2" t="s"/>',
    '<c r="B2" t="s"><v> </v></c>',
    '<c r="B2"><v> </v></c>',
    '<c r="B2" t="b"/>',
    '<c r="B2" t="d"/>',
    '<c r="B2"/>',
    '<c r="B2" t="str"><f>""</f><v></v></c>',
  ])('has nothing in the cell %s', async xml => {
    const names = `<row r="1">${cell('A1', 'id')}${cell('B1', 'notes')}</row>`;
    const rows = `${names}<row r="2">${cell('A2', 'tie-a-b')}${xml}</row>`;
    const file = await workbookOf(sheet(rows), sharedStrings('<sst><si><t>The first</t></si></sst>'));
    expect(await valuesOf('xlsx', file)).toEqual([{ id: 'tie-a-b', notes: null }]);
  });

  test('proposes no text that an export cut off, wherever a program put it when it saved the workbook', async () => {
    const text = /<t [^>]*>(.*)<\/t>/.exec(sheetRow(1, ['x'.repeat(40_000)]))?.[1];
    const cells = [
      `<c r="B2" t="inlineStr"><is><t>${text}</t></is></c>`,
      `<c r="C2" t="s"><v>0</v></c>`,
      `<c r="D2" t="str"><v>${text}</v></c>`,
    ];
    const names = ['id', 'notes', 'names.nl', 'names.zh'].map((name, index) => cell(`${'ABCD'[index]}1`, name));
    const rows = `<row r="1">${names.join('')}</row><row r="2">${cell('A2', 'tie-a-b')}${cells.join('')}</row>`;
    const file = await workbookOf(sheet(rows), sharedStrings(`<sst><si><t>${text}</t></si></sst>`));
    expect(await valuesOf('xlsx', file)).toEqual([{ id: 'tie-a-b' }]);
  });

  test('has no merged cells that end before they begin', async () => {
    const rows = `<row r="1">${cell('A1', 'id')}${cell('B1', 'notes')}</row><row r="2">${cell('A2', 'tie-a-b')}</row>`;
    const withMerges = (merges: string) => workbookOf(sheet(rows, `<mergeCells>${merges}</mergeCells>`));
    expect(await valuesOf('xlsx', await withMerges('<mergeCell ref="A2:B1"/>'))).toEqual([
      { id: 'tie-a-b', notes: null },
    ]);
    // They do not make up for others that overlap, nor do those beyond the last column.
    for (const reference of ['GR1:A9', 'ZZ1:ZZ9']) {
      const merges = `<mergeCell ref="${reference}"/>`.repeat(3) + '<mergeCell ref="A1:GR9"/>'.repeat(2);
      expect(await refusalOf('xlsx', await withMerges(merges))).toMatchObject({ rule: 'FILE_UNREADABLE' });
    }
  });

  test.each([
    [14, undefined, 'day'],
    [17, undefined, 'month'],
    [0, undefined, undefined],
    [20, undefined, undefined],
    [164, 'yyyy', 'year'],
    [164, 'dd"-"mm"-"yyyy', 'day'],
    [164, 'mmm\\ yy', 'month'],
    [164, '0.00" d"', undefined],
    [164, 'h:mm:ss', undefined],
    [164, '[Red]#,##0', undefined],
  ])('the format %s %j shows a %s', (id, code, precision) => {
    expect(precisionOf(id, code)).toBe(precision);
  });

  test('days before 1 March 1900 are one off in Excel, and 29 February 1900 never was', () => {
    expect([1, 59, 60, 61].map(day => dateOfSerial(day, 'day', false))).toEqual([
      '1900-01-01',
      '1900-02-28',
      undefined,
      '1900-03-01',
    ]);
    expect(dateOfSerial(0, 'day', true)).toBe('1904-01-01');
    expect(dateOfSerial(1e12, 'day', false)).toBeUndefined();
  });

  test('is refused if it is none', async () => {
    expect(await refusalOf('xlsx', 'id;notes')).toMatchObject({ rule: 'FILE_UNREADABLE', params: { format: 'XLSX' } });
    expect(await refusalOf('xlsx', await zipOf({ 'a.xml': '<a/>' }))).toMatchObject({
      rule: 'FILE_UNREADABLE',
      params: { place: 'xl/workbook.xml' },
    });
    expect(await refusalOf('xlsx', await workbookOf(sheet('<row r="1">')))).toMatchObject({ rule: 'FILE_UNREADABLE' });
  });
});

describe('NDJSON', () => {
  test('has values by path, and a record that is null clears its columns', async () => {
    const lines = [
      '{"id":"org-a","names":{"nl":"A"},"parent":null,"contactPoints":[{"type":"URL","value":"x"}]}',
      '',
      '{}',
    ];
    expect(await rowsOf('ndjson', lines.join('\r\n'), 'organisations')).toMatchObject([
      {
        place: 'row 1',
        values: { id: 'org-a', 'names.nl': 'A', 'parent.id': null, contactPoints: [{ type: 'URL', value: 'x' }] },
      },
      { place: 'row 3', values: {} },
    ]);
  });

  test.each([
    ['[1]', 'ROW_NOT_OBJECT'],
    ['{"id":', 'ROW_NOT_OBJECT'],
    [`{"notes":"${'x'.repeat(1_000_001)}"}`, 'ROW_NOT_OBJECT'],
    [`{"notes":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'JSON_TOO_DEEP'],
    ['{"__proto__":{"isAdmin":true}}', 'JSON_RESERVED_KEY'],
    ['{"notes":"\\u0000"}', 'JSON_NUL'],
    ['{"notes":"\\ud800"}', 'JSON_HALF_CHARACTER'],
  ])('has a problem in its row: %.40s', async (line, rule) => {
    expect(await rowsOf('ndjson', `{"id":"tie-a-b"}\n${line}\n{"id":"tie-a-c"}`)).toMatchObject([
      { values: { id: 'tie-a-b' } },
      { place: 'row 2', values: {}, problem: { rule } },
      { values: { id: 'tie-a-c' } },
    ]);
  });

  test('has a problem that can be stored, wherever the parser cuts what it quotes', async () => {
    const [row] = await rowsOf('ndjson', `x${'😀'.repeat(20)}\n{"id":"tie-a-b"}`);
    const problem = String(row?.problem?.params?.problem);
    expect(problem).toContain('x😀');
    expect(problem.isWellFormed()).toBe(true);
  });
});
