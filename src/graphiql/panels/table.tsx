import { useMemo, useState } from 'react';
import { useAnswer } from '../active-result.js';
import { useWords } from '../language.js';
import { EXPORT_FORMATS, exportLink } from '../result/export-link.js';
import { type Table, tablesOf } from '../result/tables.js';
import { DaySlider } from './day-slider.js';
import { Nothing, Panel } from './panel.js';
import { Rows } from './rows.js';

const words = {
  en: {
    title: 'Table',
    nothing: 'There is no answer to show yet. Ask a question, such as this one:',
    list: 'List',
    counts: 'Counts and single records',
    whole: 'The whole list from the server:',
  },
  nl: {
    title: 'Tabel',
    nothing: 'Er is nog geen antwoord om te tonen. Stel een vraag, zoals deze:',
    list: 'Lijst',
    counts: 'Aantallen en losse gegevens',
    whole: 'De hele lijst van de server:',
  },
};

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
