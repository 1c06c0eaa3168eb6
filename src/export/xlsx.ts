import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { ATTRIBUTION, LICENCE } from './attribution.js';
import { type Content, type Format, flatCell } from './format.js';
import { columnWidths, sheetEnd, sheetRow, sheetStart, workbookParts } from './xlsx-parts.js';

/** Excel's maximum number of rows in a sheet, header included. */
const MAX_ROWS = 1_048_576;

async function* records({ columns, pages }: Content): AsyncGenerator<string> {
  yield sheetStart(columnWidths(columns), true) + sheetRow(1, columns, true);
  let row = 1;
  for await (const page of pages) {
    let text = '';
    for (const record of page) {
      row += 1;
      if (row > MAX_ROWS) throw new Error(`A sheet can have at most ${MAX_ROWS} rows.`);
      text += sheetRow(row, record.map(flatCell));
    }
    yield text;
  }
  yield sheetEnd(row, columns.length);
}

/** Writes the metadata of the file, on a second sheet, where no reader takes them for records. */
async function* about({ name, filter, position, knownAt }: Content): AsyncGenerator<string> {
  const rows: [string, string][] = [
    ['register', 'stedenband'],
    ['records', name],
    ['filter', filter ?? 'none'],
    ['last change', `${position.id}, ${position.recordedAt}`],
    ...(knownAt === undefined ? [] : [['known at', knownAt] as [string, string]]),
    ['attribution', ATTRIBUTION],
    ['licence', LICENCE],
    ['dates', 'Text, as precise as known: 1979, 1979-11 or 1979-11-23.'],
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
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  maxRecords: MAX_ROWS - 1,
  async *write(content) {
    const zip = new ZipFile();
    // Time of the newest change, not of the clock: equal content gives an equal file.
    const options = { mtime: new Date(content.position.recordedAt) };
    for (const [path, text] of Object.entries(workbookParts(content.name))) {
      zip.addBuffer(Buffer.from(text), path, options);
    }
    const sheets = [Readable.from(records(content)), Readable.from(about(content))];
    const output = zip.outputStream as Readable;
    zip.on('error', (error: Error) => output.destroy(error));
    for (const [index, sheet] of sheets.entries()) {
      sheet.on('error', error => output.destroy(error));
      zip.addReadStream(sheet, `xl/worksheets/sheet${index + 1}.xml`, options);
    }
    zip.end();
    try {
      for await (const chunk of output) yield chunk as Buffer;
    } finally {
      for (const sheet of sheets) sheet.destroy();
    }
  },
};
