import { archive } from './archive.js';
import { ATTRIBUTION, LICENCE } from './attribution.js';
import { type Column, type Content, type Format, flatCell, type List, type Value } from './format.js';
import { type CellValue, columnWidths, excelDay, sheetEnd, sheetRow, sheetStart, workbookParts } from './xlsx-parts.js';

/** Excel's maximum number of rows in a sheet, header included. */
const MAX_ROWS = 1_048_576;

const cellOf = (value: Value, column: Column | undefined): CellValue =>
  column?.type === 'day' && typeof value === 'string' ? excelDay(value) : flatCell(value);

async function* records({ columns, pages }: List): AsyncGenerator<string> {
  const names = columns.map(({ name }) => name);
  yield sheetStart(columnWidths(names), true) + sheetRow(1, names, true);
  let row = 1;
  for await (const page of pages) {
    let text = '';
    for (const record of page) {
      row += 1;
      if (row > MAX_ROWS) throw new Error(`A sheet can have at most ${MAX_ROWS} rows.`);
      text += sheetRow(
        row,
        record.map((value, index) => cellOf(value, columns[index])),
      );
    }
    yield text;
  }
  yield sheetEnd(row, columns.length);
}

/** Writes the metadata of the file, on the last sheet, where no reader takes them for records. */
async function* about({ name, filter, position, knownAt }: Content): AsyncGenerator<string> {
  const rows: [string, string][] = [
    ['register', 'stedenband'],
    ['records', name],
    ['filter', filter ?? 'none'],
    ['last change', `${position.id}, ${position.recordedAt}`],
    ...(knownAt === undefined ? [] : [['known at', knownAt] as [string, string]]),
    ['attribution', ATTRIBUTION],
    ['licence', LICENCE],
    ['dates', 'Text, as precise as known: 1979, 1979-11 or 1979-11-23. The first and the last possible day are dates.'],
  ];
  yield sheetStart([28, 120]);
  yield rows.map((cells, index) => sheetRow(index + 1, cells)).join('');
  yield sheetEnd(0, 0);
}

/**
 * Writes a workbook sheet by sheet while its rows are read. Only the zip is a library: the streaming writer of exceljs
 * ignores backpressure and buffers the whole file for a slow client (https://github.com/exceljs/exceljs/issues/734,
 * https://github.com/exceljs/exceljs/issues/2916).
 */
export const xlsx: Format = {
  extension: 'xlsx',
  isCompressed: true,
  isFlat: true,
  isTabular: true,
  hasSources: true,
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  maxRecords: MAX_ROWS - 1,
  async *write(content) {
    const lists = [content, ...content.others];
    const parts = Object.entries(workbookParts([...lists.map(({ name }) => name), 'about']));
    const sheets = [...lists.map(records), about(content)];
    yield* archive(
      [
        ...parts.map(([path, text]) => ({ path, content: text })),
        ...sheets.map((sheet, index) => ({ path: `xl/worksheets/sheet${index + 1}.xml`, content: sheet })),
      ],
      content.position.recordedAt,
    );
  },
};
