import type { ExportTable } from '../export/table.js';
import { CONCEPTS } from './concepts.js';
import { SIDE_COLUMN } from './parsed-row.js';

/** Returns a table with the columns that a proposal reads: those that follow from others are left out. */
export function templateOf(table: ExportTable): ExportTable {
  const concept = CONCEPTS.find(candidate => candidate.table === table);
  if (!concept) return table;
  const columns = table.columns.filter(
    ({ name }) => name === 'id' || concept.leaves.has(name) || (concept.hasSides && SIDE_COLUMN.test(name)),
  );
  return { ...table, columns };
}
