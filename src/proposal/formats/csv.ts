import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { unguarded } from '../../export/csv.js';
import { message } from '../../messages/message.js';
import { ProposalOrigin } from '../proposal.enums.js';
import type { FileFormat } from './file-format.js';
import { MAX_COLUMNS, MAX_ROW_CHARACTERS } from './limits.js';
import { FileRefusal } from './refusal.js';
import { rowsOfTable, type TableRow, tooManyColumns } from './table-rows.js';
import { textOfFile } from './text.js';

const SEPARATORS = [';', ',', '\t'];
/** A first line of Excel that states the separator. */
const SEPARATOR_LINE = /^sep=(.)\r?\n/i;
const PIECE_CHARACTERS = 65_536;

/** Returns the separator that the first line has most of, outside quotes. */
function separatorOf(text: string): string {
  const [line = ''] = /^[^\r\n]*/.exec(text.slice(0, MAX_ROW_CHARACTERS)) ?? [];
  const bare = line.replaceAll(/"[^"]*"/g, '');
  const count = (separator: string) => bare.split(separator).length;
  return SEPARATORS.reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

function* pieces(text: string): Generator<string> {
  for (let start = 0; start < text.length; start += PIECE_CHARACTERS) yield text.slice(start, start + PIECE_CHARACTERS);
}

/** Reads the rows of separated values. */
export async function* tableOfCsv(file: Buffer): AsyncGenerator<TableRow> {
  const text = textOfFile(file);
  const stated = SEPARATOR_LINE.exec(text);
  const body = stated ? text.slice(stated[0].length) : text;
  const parser = Readable.from(pieces(body)).pipe(
    parse({
      delimiter: stated?.[1] ?? separatorOf(body),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      max_record_size: MAX_ROW_CHARACTERS,
    }),
  );
  let row = stated ? 1 : 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1;
      yield { place: `row ${row}`, cells: cells.map(unguarded) };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The parser is ahead of the rows that were read from it.
    const place = `row ${(stated ? 1 : 0) + Number((error as { records?: number }).records ?? row) + 1}`;
    if (error.code === 'CSV_MAX_RECORD_SIZE') throw tooManyColumns(place, MAX_COLUMNS);
    // With `relax_column_count`, all other errors are those of quotation marks.
    throw new FileRefusal(message('FILE_QUOTES', { place }));
  } finally {
    parser.destroy();
  }
}

/** Separated values: `;`, `,` or tabs, as Excel and our own exports write them. */
export const csv: FileFormat = {
  name: 'csv',
  origin: ProposalOrigin.FILE,
  rows: (file, concept) => rowsOfTable(concept, tableOfCsv(file)),
};
