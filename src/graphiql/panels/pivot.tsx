import { useMemo } from 'react';
import { useKnownAt } from '../clock/moment.js';
import { useTranslation } from '../language.js';
import type { Arrangement } from '../result/arrangement.js';
import type { Dimension, Groups, GroupValue, Measure } from '../result/chart-data.js';
import { hasRepeats, isAdditive } from '../result/chart-data.js';
import { fileNameAt } from '../result/known-at.js';
import { type PivotColumn, pivotOf } from '../result/pivot-data.js';
import { pivotCsv, pivotXlsx } from '../result/pivot-files.js';
import { type ValueLabels, valueLabel } from '../result/value-label.js';
import { chartTexts } from './chart-texts.js';
import { saveFile } from './save.js';

/** Strongest shade of a cell; text on it has a contrast of 4.5 in both themes. */
const MAX_SHADE = 0.2;

/** Shows groups as a pivot with totals; the darker a cell, the larger its number. */
export function PivotTable(props: {
  groups: Groups;
  measure: Measure;
  arrangement: Arrangement;
  axis: string;
  /** Labels of the dimensions. */
  by: readonly string[];
  labels: ValueLabels;
}) {
  const { groups, measure, arrangement, axis, by, labels } = props;
  const { rows, columns, split } = arrangement;
  const texts = useTranslation(chartTexts);
  const knownAt = useKnownAt();
  const pivot = useMemo(() => pivotOf(groups, measure, arrangement), [groups, measure, arrangement]);
  const labelOf = (index: number | undefined, value: GroupValue | undefined) =>
    value === undefined || index === undefined
      ? texts.total
      : valueLabel(groups.dimensions[index] as Dimension, value, labels);
  const runs = runsOf(pivot.columns).map(({ column, length }) => ({ label: labelOf(columns, column), length }));
  const parts = split === undefined ? [] : pivot.columns.map(({ split: part }) => labelOf(split, part));
  const body = pivot.rows.map(({ value, cells }) => ({
    label: labelOf(rows, value),
    isTotal: value === undefined,
    cells,
  }));
  const corner = by[rows] ?? '';
  const sheet = { title: axis, corner, runs, parts, rows: body };
  const name = fileNameAt(`stedenband-${axis}-${by.join('-')}`.toLowerCase().replaceAll(' ', '-'), knownAt);
  const isTotal = ({ column, split: part }: PivotColumn) =>
    column === undefined || (split !== undefined && part === undefined);
  return (
    <section className="desk-pivot" aria-label={texts.pivot}>
      <div className="desk-choices">
        <h3>{texts.pivot}</h3>
        <button type="button" className="desk-button" onClick={() => saveFile(`${name}.csv`, pivotCsv(sheet))}>
          CSV
        </button>
        <button
          type="button"
          className="desk-button"
          onClick={() => void pivotXlsx(sheet).then(content => saveFile(`${name}.xlsx`, content))}
        >
          XLSX
        </button>
      </div>
      {!isAdditive(groups, measure) && <p>{hasRepeats(groups) ? texts.repeats : texts.noTotals}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard. */}
      <section className="desk-scroll" aria-label={axis} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col" rowSpan={parts.length > 0 ? 2 : 1}>
                {corner}
              </th>
              {runs.map(({ label, length }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no state.
                <th key={index} scope={length > 1 ? 'colgroup' : 'col'} colSpan={length} data-kind="number">
                  {label}
                </th>
              ))}
            </tr>
            {parts.length > 0 && (
              <tr>
                {parts.map((label, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns have no state.
                  <th key={index} scope="col" data-kind="number">
                    {label}
                  </th>
                ))}
              </tr>
            )}
          </thead>
          <tbody>
            {body.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no state.
              <tr key={index} data-total={row.isTotal}>
                <th scope="row">{row.label}</th>
                {row.cells.map((cell, place) => {
                  const total = row.isTotal || isTotal(pivot.columns[place] as PivotColumn);
                  const shade = cell && !total ? (cell / pivot.max) * MAX_SHADE : 0;
                  return (
                    <td
                      // biome-ignore lint/suspicious/noArrayIndexKey: cells have no state.
                      key={place}
                      data-kind="number"
                      data-total={total}
                      style={shade > 0 ? { background: `hsla(var(--color-info), ${shade.toFixed(2)})` } : undefined}
                    >
                      {cell ?? ''}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

/** Returns the runs of columns of one value, for the cells of the upper header. */
function runsOf(columns: readonly PivotColumn[]): { column: GroupValue | undefined; length: number }[] {
  const runs: { column: GroupValue | undefined; length: number }[] = [];
  for (const { column } of columns) {
    const last = runs.at(-1);
    if (last && last.column === column) last.length += 1;
    else runs.push({ column, length: 1 });
  }
  return runs;
}
