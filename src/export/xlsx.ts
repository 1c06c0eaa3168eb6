import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { ATTRIBUTION, LICENCE } from './attribution.js';
import { type Content, type Format, flat } from './format.js';
import { columnWidths, sheetEnd, sheetRow, sheetStart, workbookParts } from './xlsx-parts.js';

/** A sheet has this many rows, the head among them. */
const MAX_ROWS = 1_048_576;

async function* records({ columns, pages }: Content): AsyncGenerator<string> {
  yield sheetStart(columnWidths(columns), true) + sheetRow(1, columns, true);
  let row = 1;
  for await (const page of pages) {
    let text = '';
    for (const record of page) {
      row += 1;
      if (row > MAX_ROWS) throw new Error(`A sheet holds at most ${MAX_ROWS} rows.`);
      text += sheetRow(row, record.map(flat));
    }
    yield text;
  }
  yield sheetEnd(row, columns.length);
}

/** What the file says of itself, on a sheet behind the records, where no reader takes it for one of them. */
async function* about({ name, filter, position }: Content): AsyncGenerator<string> {
  const said: [string, string][] = [
    ['register', 'stedenband'],
    ['records', name],
    ['filter', filter ?? 'none'],
    ['last change', `${position.id}, ${position.recordedAt}`],
    ['attribution', ATTRIBUTION],
    ['licence of the coordinates', LICENCE],
    ['dates', 'Text, as exactly as they are known: 1979, 1979-11 or 1979-11-23.'],
  ];
  yield sheetStart([28, 120]);
  yield said.map((cells, index) => sheetRow(index + 1, cells)).join('');
  yield sheetEnd(0, 0);
}

/**
 * A workbook, written sheet by sheet while its rows are read. Only the zip is a library's: the streaming writer of
 * exceljs cannot be told to wait for a slow client, and so holds what that has not taken.
 */
export const xlsx: Format = {
  extension: 'xlsx',
  flat: true,
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  maxRecords: MAX_ROWS - 1,
  async *write(content) {
    const zip = new ZipFile();
    // A time of the content and not of the clock: the same content is the same file.
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
      for await (const piece of output) yield piece as Buffer;
    } finally {
      for (const sheet of sheets) sheet.destroy();
    }
  },
};
