import { useState } from 'react';
import { useLanguage, useTranslation } from '../language.js';
import {
  idOf,
  MATCH_COLUMNS,
  MATCH_TYPES,
  type MatchedName,
  type MatchType,
  matchNames,
  matchRows,
  namesIn,
} from '../result/match-data.js';
import { toCsv } from '../result/table-files.js';
import { Panel } from './panel.js';
import { saveFile } from './save.js';

const translations = {
  en: {
    title: 'Ids',
    names: 'Names, one per line: paste a column of a spreadsheet',
    example: 'Den Haag\n上海\nProvincie Utrecht',
    type: 'Type',
    types: { Authority: 'Authorities', Organisation: 'Organisations', Programme: 'Programmes', Partnership: 'Ties' },
    find: 'Find ids',
    busy: 'Searching…',
    summary: (found: number, questions: number, none: number) =>
      `${found} with an id, ${questions} to choose, ${none} not in the register`,
    name: 'Name',
    record: 'Record',
    choose: 'Choose…',
    none: 'not in the register',
    recordFor: (name: string) => `Record for ${name}`,
  },
  nl: {
    title: 'Ids',
    names: 'Namen, één per regel: plak een kolom van een rekenblad',
    example: 'Den Haag\n上海\nProvincie Utrecht',
    type: 'Soort',
    types: { Authority: 'Overheden', Organisation: 'Organisaties', Programme: 'Programma’s', Partnership: 'Banden' },
    find: 'Zoek ids',
    busy: 'Bezig met zoeken…',
    summary: (found: number, questions: number, none: number) =>
      `${found} met een id, ${questions} te kiezen, ${none} niet in het register`,
    name: 'Naam',
    record: 'Gegeven',
    choose: 'Kies…',
    none: 'niet in het register',
    recordFor: (name: string) => `Gegeven bij ${name}`,
  },
};

/** Finds the ids of a pasted column of names, asks where a name is not certain, and saves both as a file. */
export function MatchPanel() {
  const texts = useTranslation(translations);
  const language = useLanguage();
  const [pasted, setPasted] = useState('');
  const [type, setType] = useState<MatchType>('Authority');
  const [matched, setMatched] = useState<readonly MatchedName[]>([]);
  const [choices, setChoices] = useState<ReadonlyMap<string, string>>(new Map());
  const [status, setStatus] = useState('');
  const find = async () => {
    setStatus(texts.busy);
    setMatched([]);
    setChoices(new Map());
    try {
      setMatched(await matchNames(namesIn(pasted), type, language));
      setStatus('');
    } catch (error) {
      setStatus((error as Error).message);
    }
  };
  const named = matched.filter(({ name }) => name !== '');
  const withId = named.filter(row => idOf(row, choices)).length;
  const without = named.filter(({ candidates }) => candidates.length === 0).length;
  const save = () =>
    saveFile(
      'ids.csv',
      new Blob([toCsv(MATCH_COLUMNS, matchRows(matched, choices))], { type: 'text/csv;charset=utf-8' }),
    );
  return (
    <Panel title={texts.title}>
      <label className="desk-names">
        {texts.names}
        <textarea
          rows={6}
          value={pasted}
          placeholder={texts.example}
          onChange={event => setPasted(event.target.value)}
        />
      </label>
      <div className="desk-choices">
        <label>
          {texts.type}{' '}
          <select value={type} onChange={event => setType(event.target.value as MatchType)}>
            {MATCH_TYPES.map(option => (
              <option key={option} value={option}>
                {texts.types[option]}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="desk-button" disabled={pasted.trim() === ''} onClick={() => void find()}>
          {texts.find}
        </button>
        {named.length > 0 && (
          <button type="button" className="desk-button" onClick={save}>
            CSV
          </button>
        )}
        <span role="status" className="desk-count">
          {status || (named.length > 0 && texts.summary(withId, named.length - withId - without, without))}
        </span>
      </div>
      {named.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
        <section className="desk-scroll" aria-label={texts.title} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{texts.name}</th>
                <th scope="col">{texts.record}</th>
                <th scope="col">id</th>
              </tr>
            </thead>
            <tbody>
              {named.map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a name can be pasted twice.
                <tr key={index}>
                  <td>{row.name}</td>
                  <td>
                    {row.candidates.length === 0 ? (
                      texts.none
                    ) : (
                      <select
                        aria-label={texts.recordFor(row.name)}
                        value={idOf(row, choices)}
                        onChange={event => setChoices(new Map(choices).set(row.name, event.target.value))}
                      >
                        <option value="">{texts.choose}</option>
                        {row.candidates.map(({ id, name, description, score }) => (
                          <option key={id} value={id}>
                            {`${name} (${[description, score].filter(Boolean).join(', ')})`}
                          </option>
                        ))}
                      </select>
                    )}
                  </td>
                  <td>{idOf(row, choices)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}
