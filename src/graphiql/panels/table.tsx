import { useGraphiQLActions } from '@graphiql/react';
import { useMemo, useState } from 'react';
import { EXPORT_FORMATS, exportLink } from '../answer/export-link.js';
import { toClipboard, toCsv, toNdjson } from '../answer/files.js';
import { isRecordItem, labelOf } from '../answer/items.js';
import { cellText, sortRows } from '../answer/sort.js';
import { type Column, type Table, tablesOf } from '../answer/tables.js';
import { selected, useAnswer } from '../page-answers.js';
import { useTongue, useWords } from '../tongue.js';
import { useShared } from '../value.js';
import { copyText } from './copy.js';
import { DaySlider } from './day-slider.js';
import { Nothing, Panel } from './panel.js';
import { saveFile } from './save.js';

const words = {
  en: {
    title: 'Table',
    nothing: 'There is no answer to show yet. Ask a question, such as this one:',
    rows: (count: number, total: number | null) =>
      `${total !== null && total !== count ? `${count} of ${total}` : count} ${count === 1 && (total ?? 1) === 1 ? 'row' : 'rows'}`,
    list: 'List',
    counts: 'Counts and single records',
    copy: 'Copy',
    copied: 'Copied',
    failed: 'Not copied: the browser does not allow it.',
    more: (count: number) => `Show ${count} more`,
    evidence: 'Evidence',
    whole: 'The whole list from the server:',
  },
  nl: {
    title: 'Tabel',
    nothing: 'Er is nog geen antwoord om te tonen. Stel een vraag, zoals deze:',
    rows: (count: number, total: number | null) =>
      `${total !== null && total !== count ? `${count} van ${total}` : count} ${count === 1 && (total ?? 1) === 1 ? 'rij' : 'rijen'}`,
    list: 'Lijst',
    counts: 'Aantallen en losse gegevens',
    copy: 'Kopieer',
    copied: 'Gekopieerd',
    failed: 'Niet gekopieerd: de browser staat het niet toe.',
    more: (count: number) => `Toon er nog ${count}`,
    evidence: 'Bewijs',
    whole: 'De hele lijst van de server:',
  },
};

/** Rows that are drawn at once; a browser draws these without a wait. */
const STEP = 500;

/** The answer as a table that sorts, copies and saves. */
export function TablePanel() {
  const texts = useWords(words);
  const { answer, root } = useAnswer();
  const tables = useMemo(() => (root ? tablesOf(root) : []), [root]);
  const [chosen, setChosen] = useState('');
  const nameOf = ({ path }: Table) => path.join(' › ') || texts.counts;
  const table = tables.find(one => nameOf(one) === chosen) ?? tables[0];
  const link = useMemo(() => (answer ? exportLink(answer) : undefined), [answer]);
  return (
    <Panel title={texts.title}>
      <DaySlider />
      {!table && <Nothing question="38-all-ties-on-the-map">{texts.nothing}</Nothing>}
      {tables.length > 1 && table && (
        <div className="desk-choices">
          <label>
            {texts.list}{' '}
            <select value={nameOf(table)} onChange={event => setChosen(event.target.value)}>
              {tables.map(one => (
                <option key={nameOf(one)} value={nameOf(one)}>
                  {nameOf(one)} ({one.rows.length})
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
      {table && <Rows key={nameOf(table)} table={table} name={answer?.operationName ?? 'table'} />}
      {link && (
        <p className="desk-export">
          {texts.whole}{' '}
          {EXPORT_FORMATS.map(format => (
            <a key={format} href={link(format)} download>
              {format.toUpperCase()}
            </a>
          ))}
        </p>
      )}
    </Panel>
  );
}

interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

function Rows({ table, name }: { table: Table; name: string }) {
  const texts = useWords(words);
  const tongue = useTongue();
  const { setVisiblePlugin } = useGraphiQLActions();
  const chosen = useShared(selected);
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [most, setMost] = useState(STEP);
  const [said, setSaid] = useState<{ of: Table; text: string }>();
  const column = table.columns.find(one => one.name === sorting?.column);
  const rows = useMemo(
    () => (sorting && column ? sortRows(table.rows, column.name, column.kind, sorting.descending) : table.rows),
    [table, sorting, column],
  );
  const withEvidence = rows.some(({ record }) => isRecordItem(record));
  const sortBy = ({ name: by }: Column) =>
    setSorting({ column: by, descending: sorting?.column === by && !sorting.descending });
  const copy = async () => {
    const copied = await copyText(toClipboard(table.columns, rows));
    setSaid({ of: table, text: copied ? texts.copied : texts.failed });
  };
  const save = (ending: string, type: string, content: string) =>
    saveFile(`${name}.${ending}`, new Blob([content], { type: `${type};charset=utf-8` }));
  return (
    <>
      <div className="desk-choices">
        <span className="desk-count">{texts.rows(rows.length, table.total)}</span>
        <button type="button" className="desk-button" onClick={() => void copy()}>
          {texts.copy}
        </button>
        <button
          type="button"
          className="desk-button"
          onClick={() => save('csv', 'text/csv', toCsv(table.columns, rows))}
        >
          CSV
        </button>
        <button
          type="button"
          className="desk-button"
          onClick={() => save('ndjson', 'application/x-ndjson', toNdjson(table.columns, rows))}
        >
          NDJSON
        </button>
        <span role="status">{said?.of === table && said.text}</span>
      </div>
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
                  <td key={one.name} data-kind={one.kind}>
                    {cellText(cells.get(one.name) ?? null)}
                  </td>
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
