import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { isEnumType } from 'graphql';
import { useCallback, useMemo, useState } from 'react';
import { selectedRecord } from '../active-result.js';
import { useAliasLabels } from '../alias-labels.js';
import { useEnumLabels, useFieldLabels } from '../enum-labels.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { type CellWords, cellParts, partsText } from '../result/cells.js';
import { columnLabels, fieldWord } from '../result/column-labels.js';
import { textOf as fieldText, hasId, labelOf } from '../result/objects.js';
import type { Column, Row, Table } from '../result/table-data.js';
import { useStore } from '../store.js';
import { Cell } from './cell.js';
import { ColumnMenu } from './column-menu.js';
import { ExportButtons } from './export-buttons.js';
import { useTableView } from './table-state.js';

const translations = {
  en: { rows: 'Rows', more: (count: number) => `Show ${count} more`, evidence: 'Evidence', link: 'Web page' },
  nl: { rows: 'Rijen', more: (count: number) => `Toon er nog ${count}`, evidence: 'Bewijs', link: 'Webpagina' },
  zh: { rows: '行', more: (count: number) => `再显示 ${count} 行`, evidence: '证据', link: '网页' },
};

/** Rows rendered per step; a browser renders these without a noticeable delay. */
const ROW_BATCH = 500;

/** Returns the words of cells and headings: those of the code lists, in the language of the reader. */
function useCellWords(link: string): CellWords {
  const language = useReaderLanguage();
  const enumLabel = useEnumLabels();
  const listLabel = useFieldLabels();
  const aliasLabel = useAliasLabels();
  const schema = useGraphiQL(state => state.schema);
  return useMemo(
    () => ({
      language,
      link,
      enumLabel: (type, value) => (isEnumType(schema?.getType(type)) ? enumLabel(type, value) : undefined),
      fieldLabel: field => fieldWord(field, language, listLabel),
      aliasLabel,
    }),
    [language, link, enumLabel, listLabel, aliasLabel, schema],
  );
}

/** Shows the rows of one table: hidden, moved, filtered and sorted as the reader chooses. */
export function Rows({ table, name, title }: { table: Table; name: string; title: string }) {
  const texts = useTranslation(translations);
  const reader = useReaderLanguage();
  const words = useCellWords(texts.link);
  const listLabel = useFieldLabels();
  const { setVisiblePlugin } = useGraphiQLActions();
  const selected = useStore(selectedRecord);
  // By its id: each panel has objects of its own.
  const selectedId = selected && fieldText(selected, 'id');
  const [rowLimit, setRowLimit] = useState(ROW_BATCH);
  const { aliasLabel } = words;
  const labels = useMemo(
    () => columnLabels(table.columns, reader, listLabel, aliasLabel),
    [table, reader, listLabel, aliasLabel],
  );
  const textOf = useCallback((column: Column, row: Row) => partsText(cellParts(column, row, words)), [words]);
  const view = useTableView(table, labels, textOf);
  const { rows } = view;
  const columns = view.columns.filter(({ isHidden }) => !isHidden);
  const withEvidence = table.rows.some(({ record }) => hasId(record));
  return (
    <>
      <div className="desk-choices">
        <ExportButtons table={table} rows={rows} columns={columns} textOf={textOf} name={name} title={title} />
        <ColumnMenu view={view} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard. */}
      <section className="desk-scroll" aria-label={texts.rows} tabIndex={0}>
        <table data-evidence={withEvidence}>
          <thead>
            <tr>
              {withEvidence && <th scope="col">{texts.evidence}</th>}
              {columns.map(column => (
                <th key={column.name} scope="col" data-kind={column.kind} title={column.name} aria-sort={column.sorted}>
                  <button type="button" onClick={() => view.sortBy(column.name)}>
                    {column.label}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, rowLimit).map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no state but what is unfolded.
              <tr key={index} aria-current={selectedId !== null && fieldText(row.record, 'id') === selectedId}>
                {withEvidence && (
                  <td>
                    {hasId(row.record) && (
                      <button
                        type="button"
                        className="desk-button"
                        aria-label={`${texts.evidence}: ${labelOf(row.record, reader)}`}
                        onClick={() => {
                          selectedRecord.set(row.record);
                          setVisiblePlugin('Evidence');
                        }}
                      >
                        §
                      </button>
                    )}
                  </td>
                )}
                {columns.map(column => (
                  <Cell key={column.name} kind={column.kind} parts={cellParts(column, row, words)} />
                ))}
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
