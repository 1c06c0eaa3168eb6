import { ProposalOrigin } from '../proposal.enums.js';
import type { ProposalRow } from '../row.js';
import type { FileFormat } from './file-format.js';
import { FileRefusal } from './refusal.js';
import { rowsOfTable, withoutColumns } from './table-rows.js';
import { openArchive } from './xlsx-archive.js';
import { readSheet } from './xlsx-sheet.js';
import { readWorkbook } from './xlsx-workbook.js';

/**
 * Workbooks of Excel. Every visible sheet with names of columns is read; others, such as the metadata of our own exports, have
 * none.
 */
export const xlsx: FileFormat = {
  name: 'xlsx',
  origin: ProposalOrigin.FILE,
  async *rows(file, concept): AsyncGenerator<ProposalRow> {
    const archive = await openArchive(file);
    const workbook = await readWorkbook(archive);
    let hasTable = false;
    for (const [index, sheet] of workbook.sheets.entries()) {
      try {
        yield* rowsOfTable(concept, readSheet(archive, workbook, sheet, index === 0));
        hasTable = true;
      } catch (error) {
        if (!(error instanceof FileRefusal && error.problem.rule === 'FILE_WITHOUT_COLUMNS')) throw error;
      }
    }
    if (!hasTable) throw withoutColumns(concept);
  },
};
