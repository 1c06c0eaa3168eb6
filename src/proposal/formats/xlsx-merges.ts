import { message } from '../../messages/message.js';
import { MAX_COLUMNS } from './limits.js';
import { FileRefusal } from './refusal.js';
import type { Archive } from './xlsx-archive.js';
import { parseXml } from './xml.js';

const MAX_MERGES = 10_000;

/** A block of cells that are one cell: all have the value of the first. */
export interface Merge {
  row: number;
  column: number;
  lastRow: number;
  lastColumn: number;
}

/** Returns the place of a reference such as `AB12`: the column from 0, the row from 1. */
export function placeOf(reference: string): { row: number; column: number } | undefined {
  const [, letters, digits] = /^([A-Z]{1,7})(\d{1,9})$/.exec(reference) ?? [];
  if (!letters) return undefined;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(digits), column };
}

/** Searches bytes without parsing them: most sheets have no merged cells, and are parsed once. */
async function includes(chunks: AsyncIterable<Uint8Array>, text: string): Promise<boolean> {
  let end = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([end, chunk]);
    if (bytes.includes(text)) return true;
    end = bytes.subarray(-text.length);
  }
  return false;
}

/** Reads the merged cells of a sheet, in the order of their rows. */
export async function readMerges(archive: Archive, path: string): Promise<Merge[]> {
  const merges: Merge[] = [];
  // Their elements stand behind the rows that they concern.
  if (!(await includes(archive.read(path), 'mergeCell'))) return merges;
  const references = parseXml<string>(archive.read(path), path, emit => ({
    open: (name, { ref = '' }) => {
      if (name === 'mergeCell') emit(ref);
    },
  }));
  for await (const reference of references) {
    if (merges.length === MAX_MERGES) throw tooManyMerges(path);
    const [first, last] = reference.split(':').map(placeOf);
    if (!first || !last) continue;
    const [lastRow, lastColumn] = [last.row, Math.min(last.column, MAX_COLUMNS - 1)];
    // A block that ends before its first cell has no cells, and a negative width would hide others that overlap.
    if (lastRow >= first.row && lastColumn >= first.column) merges.push({ ...first, lastRow, lastColumn });
  }
  return merges.sort((a, b) => a.row - b.row);
}

export const tooManyMerges = (place: string) =>
  new FileRefusal(
    message('FILE_UNREADABLE', {
      format: 'XLSX',
      place,
      problem: `more than ${MAX_MERGES} merged cells, or some that overlap.`,
    }),
  );

/** Adds the width of a block to a sum. */
export const widthOf = (sum: number, { column, lastColumn }: Merge): number => sum + lastColumn - column + 1;
