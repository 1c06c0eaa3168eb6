import { useGraphiQLActions } from '@graphiql/react';
import { useMemo, useState } from 'react';
import { selectedRecord } from '../active-result.js';
import { useLanguage, useTranslation } from '../language.js';
import { hasId, labelOf } from '../result/objects.js';
import { cellText, sortRows } from '../result/sort.js';
import type { Column, Table } from '../result/table-data.js';
import { useStore } from '../store.js';
import { ExportButtons } from './export-buttons.js';

const translations = {
  en: {
    title: 'Table',
    more: (count: number) => `Show ${count} more`,
    evidence: 'Evidence',
  },
  nl: {
    title: 'Tabel',
    more: (count: number) => `Toon er nog ${count}`,
    evidence: 'Bewijs',
  },
};

/** Rows rendered per step; a browser renders these without a noticeable delay. */
const ROW_BATCH = 500;

interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** Shows the rows of one table, sorted by the column that the analyst selects. */
export function Rows({ table, name }: { table: Table; name: string }) {
  const texts = useTranslation(translations);
  const language = useLanguage();
  const { setVisiblePlugin } = useGraphiQLActions();
  const selected = useStore(selectedRecord);
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [rowLimit, setRowLimit] = useState(ROW_BATCH);
  const column = table.columns.find(({ name }) => name === sorting?.column);
  const rows = useMemo(
    () => (sorting && column ? sortRows(table.rows, column.name, column.kind, sorting.descending) : table.rows),
    [table, sorting, column],
  );
  const withEvidence = rows.some(({ record }) => hasId(record));
  const sortBy = ({ name: by }: Column) =>
    setSorting({ column: by, descending: sorting?.column === by && !sorting.descending });
  return (
    <>
      <ExportButtons table={table} rows={rows} name={name} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard. */}
      <section className="desk-scroll" aria-label={texts.title} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {table.columns.map(header => (
                <th
                  key={header.name}
                  scope="col"
                  data-kind={header.kind}
                  aria-sort={header !== column ? 'none' : sorting?.descending ? 'descending' : 'ascending'}
                >
                  <button type="button" onClick={() => sortBy(header)}>
                    {header.name}
                  </button>
                </th>
              ))}
              {withEvidence && <th scope="col">{texts.evidence}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, rowLimit).map(({ cells, record }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no state.
              <tr key={index} data-selected={record === selected}>
                {table.columns.map(header => (
                  <Cell key={header.name} kind={header.kind} text={cellText(cells.get(header.name) ?? null)} />
                ))}
                {withEvidence && (
                  <td>
                    {hasId(record) && (
                      <button
                        type="button"
                        className="desk-button"
                        aria-label={`${texts.evidence}: ${labelOf(record, language)}`}
                        onClick={() => {
                          selectedRecord.set(record);
                          setVisiblePlugin('Evidence');
                        }}
                      >
                        §
                      </button>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length > rowLimit && (
        <button type="button" className="desk-button" onClick={() => setRowLimit(rowLimit + ROW_BATCH)}>
          {texts.more(Math.min(ROW_BATCH, rows.length - rowLimit))}
        </button>
      )}
    </>
  );
}

/** Cells with longer text may be truncated on screen; the tooltip, the copy and the files contain all of it. */
const LONG_TEXT_LENGTH = 36;

const Cell = ({ kind, text }: { kind: Column['kind']; text: string }) => (
  <td data-kind={kind} title={text.length > LONG_TEXT_LENGTH ? text : undefined}>
    {text}
  </td>
);
