import { csvOf } from './table-files.js';

/** Pivot in words, as it is shown. */
export interface PivotSheet {
  readonly title: string;
  /** Label of the dimension of the rows. */
  readonly corner: string;
  /** Upper header: labels of the columns, each above so many columns. */
  readonly runs: readonly { readonly label: string; readonly length: number }[];
  /** Lower header: labels of the parts; empty if the columns have none. */
  readonly parts: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly (number | null)[] }[];
}

/** Formats a pivot as CSV with one header: a column of a part is named `1990–1999 / Active`. */
export function pivotCsv({ corner, runs, parts, rows }: PivotSheet): Blob {
  const uppers = runs.flatMap(({ label, length }) => Array.from({ length }, () => label));
  const names = uppers.map((upper, index) => (parts[index] === undefined ? upper : `${upper} / ${parts[index]}`));
  const csv = csvOf([[corner, ...names], ...rows.map(({ label, cells }) => [label, ...cells])]);
  return new Blob([csv], { type: 'text/csv;charset=utf-8' });
}

/** Formats a pivot as a workbook with numbers, merged headers and fixed headers. */
export async function pivotXlsx({ title, corner, runs, parts, rows }: PivotSheet): Promise<Blob> {
  // Loaded when it is first needed: most visits save no workbook.
  const { default: writeXlsxFile } = await import('write-excel-file/universal');
  const head = { fontWeight: 'bold' } as const;
  const upper = runs.flatMap(({ label, length }) => [
    { ...head, value: label, columnSpan: length },
    ...Array.from({ length: length - 1 }, () => null),
  ]);
  const cornerCell = { ...head, value: corner };
  const heads =
    parts.length > 0
      ? [
          [{ ...cornerCell, rowSpan: 2 }, ...upper],
          [null, ...parts.map(value => ({ ...head, value }))],
        ]
      : [[cornerCell, ...upper]];
  const body = rows.map(({ label, cells }) => [{ ...head, value: label }, ...cells]);
  return writeXlsxFile([...heads, ...body], {
    // A sheet name has at most 31 characters.
    sheet: title.slice(0, 31),
    stickyRowsCount: heads.length,
    stickyColumnsCount: 1,
    columns: [{ width: 24 }, ...runs.flatMap(({ length }) => Array.from({ length }, () => ({ width: 12 })))],
  }).toBlob();
}
