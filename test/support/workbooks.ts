import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import readWorkbook from 'read-excel-file/node';
import { ZipFile } from 'yazl';
import {
  type CellValue,
  excelDay,
  sheetEnd,
  sheetRow,
  sheetStart,
  workbookParts,
} from '../../src/export/xlsx-parts.js';

/** Makes a zip archive of texts by path. */
export async function zipOf(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text as string), path);
  zip.end();
  return buffer(zip.outputStream as NodeJS.ReadableStream);
}

/** Makes a workbook of two sheets from the XML of their rows; `parts` replaces parts by path. */
export const workbookOf = (sheet: string, parts: Readonly<Record<string, string>> = {}): Promise<Buffer> =>
  zipOf({
    ...workbookParts(['list', 'about']),
    'xl/worksheets/sheet1.xml': sheet,
    'xl/worksheets/sheet2.xml': sheetStart([10]) + sheetRow(1, ['register', 'stedenband']) + sheetEnd(0, 0),
    ...parts,
  });

/** Makes the relationships of a workbook to one sheet, and to a part with its table of strings. */
export const relationsTo = (strings: string): string =>
  `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="/xl/worksheets/sheet1.xml"/><Relationship Id="rId9" Type="x/sharedStrings" Target="${strings}"/></Relationships>`;

const cellOf = (cell: unknown): CellValue =>
  cell instanceof Date ? excelDay(cell.toISOString().slice(0, 10)) : (cell as CellValue);

/** Changes cells of one record in an exported workbook, as a person does. */
export async function editedWorkbook(file: Buffer, id: string, values: Record<string, string | null>): Promise<Buffer> {
  const [sheet] = await readWorkbook(file, { trim: false });
  const [names = [], ...rows] = (sheet?.data ?? []).map(cells => cells.map(cellOf));
  for (const row of rows) {
    if (row[0] !== id) continue;
    for (const [name, value] of Object.entries(values)) row[names.indexOf(name)] = value;
  }
  const xml = [names, ...rows].map((row, index) => sheetRow(index + 1, row)).join('');
  return workbookOf(sheetStart([10]) + xml + sheetEnd(rows.length + 1, names.length));
}

/** Makes a workbook whose sheet is a number of spaces; one that denies it says that the sheet has 1,000 bytes. */
export async function bombOf(bytes: number, denies = false): Promise<Buffer> {
  const zip = new ZipFile();
  const sheet = sheetStart([10]) + sheetRow(1, ['id', 'notes']);
  const end = sheetEnd(0, 0);
  function* content() {
    yield sheet;
    const piece = ' '.repeat(1_000_000);
    for (let sent = 0; sent < bytes; sent += piece.length) yield piece;
    yield end;
  }
  for (const [path, text] of Object.entries(workbookParts(['list', 'about']))) zip.addBuffer(Buffer.from(text), path);
  zip.addReadStream(Readable.from(content()), 'xl/worksheets/sheet1.xml');
  zip.end();
  const file = await buffer(zip.outputStream as NodeJS.ReadableStream);
  // The uncompressed size in the central directory, after the signature, versions, flags, method, time, CRC and size.
  const entry = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  if (denies) file.writeUInt32LE(1_000, entry + 24);
  return file;
}
