import { useGraphiQLActions } from '@graphiql/react';
import { useMemo, useState } from 'react';
import { selected } from '../active-result.js';
import { useTongue, useWords } from '../language.js';
import { isRecordItem, labelOf } from '../result/items.js';
import { cellText, sortRows } from '../result/sort.js';
import type { Column, Table } from '../result/tables.js';
import { useShared } from '../store.js';
import { TakeAlong } from './export-buttons.js';

const words = {
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

/** Rows that are drawn at once; a browser draws these without a wait. */
const STEP = 500;

interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** One table of an answer: its rows, in an order of the analyst's choice. */
export function Rows({ table, name }: { table: Table; name: string }) {
  const texts = useWords(words);
  const tongue = useTongue();
  const { setVisiblePlugin } = useGraphiQLActions();
  const chosen = useShared(selected);
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [most, setMost] = useState(STEP);
  const column = table.columns.find(one => one.name === sorting?.column);
  const rows = useMemo(
    () => (sorting && column ? sortRows(table.rows, column.name, column.kind, sorting.descending) : table.rows),
    [table, sorting, column],
  );
  const withEvidence = rows.some(({ record }) => isRecordItem(record));
  const sortBy = ({ name: by }: Column) =>
    setSorting({ column: by, descending: sorting?.column === by && !sorting.descending });
  return (
    <>
      <TakeAlong table={table} rows={rows} name={name} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard. */}
      <section className="desk-scroll" aria-label={texts.title} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {table.columns.map(one => (
                <th
                  key={one.name}
                  scope="col"
                  data-kind={one.kind}
                  aria-sort={one !== column ? 'none' : sorting?.descending ? 'descending' : 'ascending'}
                >
                  <button type="button" onClick={() => sortBy(one)}>
                    {one.name}
                  </button>
                </th>
              ))}
              {withEvidence && <th scope="col">{texts.evidence}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map(({ cells, record }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no state of their own.
              <tr key={index} data-chosen={record === chosen}>
                {table.columns.map(one => (
                  <Cell key={one.name} kind={one.kind} text={cellText(cells.get(one.name) ?? null)} />
                ))}
                {withEvidence && (
                  <td>
                    {isRecordItem(record) && (
                      <button
                        type="button"
                        className="desk-button"
                        aria-label={`${texts.evidence}: ${labelOf(record, tongue)}`}
                        onClick={() => {
                          selected.set(record);
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
      {rows.length > most && (
        <button type="button" className="desk-button" onClick={() => setMost(most + STEP)}>
          {texts.more(Math.min(STEP, rows.length - most))}
        </button>
      )}
    </>
  );
}

/** A text of more letters than this may be cut off on the screen; all of it is in the title, the copy and the files. */
const LONG_TEXT_LENGTH = 36;

const Cell = ({ kind, text }: { kind: Column['kind']; text: string }) => (
  <td data-kind={kind} title={text.length > LONG_TEXT_LENGTH ? text : undefined}>
    {text}
  </td>
);
