import { useState } from 'react';
import { fetchAt } from '../clock/fetch-at.js';
import { useKnownAt } from '../clock/moment.js';
import { failureMessage } from '../failure-message.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { fileNameAt, type KnownAt } from '../result/known-at.js';
import {
  idOf,
  MATCH_COLUMNS,
  MATCH_TYPES,
  type MatchedName,
  type MatchType,
  matchNames,
  matchRows,
} from '../result/match-data.js';
import { namesIn } from '../result/pasted-names.js';
import { toCsv } from '../result/table-files.js';
import { MatchTable } from './match-table.js';
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
    summary: (withId: number, questions: number, none: number) =>
      `${withId} with an id, ${questions} to choose, ${none} not in the register`,
  },
  nl: {
    title: 'Ids',
    names: 'Namen, één per regel: plak een kolom van een rekenblad',
    example: 'Den Haag\n上海\nProvincie Utrecht',
    type: 'Soort',
    types: { Authority: 'Overheden', Organisation: 'Organisaties', Programme: 'Programma’s', Partnership: 'Banden' },
    find: 'Zoek ids',
    busy: 'Bezig met zoeken…',
    summary: (withId: number, questions: number, none: number) =>
      `${withId} met een id, ${questions} te kiezen, ${none} niet in het register`,
  },
  zh: {
    title: '标识',
    names: '名称，每行一个：可粘贴电子表格中的一列',
    example: 'Den Haag\n上海\nProvincie Utrecht',
    type: '类型',
    types: { Authority: '政府', Organisation: '机构', Programme: '项目', Partnership: '友好关系' },
    find: '查找标识',
    busy: '正在查找…',
    summary: (withId: number, questions: number, none: number) =>
      `${withId} 个有标识，${questions} 个待选择，${none} 个不在登记册中`,
  },
};

/** A column that was matched, or is being matched. */
interface Column {
  /** The moment at which the records are read. */
  readonly knownAt: KnownAt | undefined;
  readonly matched: readonly MatchedName[];
  readonly choices: ReadonlyMap<string, string>;
  readonly status: string;
}

const emptyColumn = (knownAt: KnownAt | undefined, status = ''): Column => ({
  knownAt,
  matched: [],
  choices: new Map(),
  status,
});

/**
 * Finds the ids of a pasted column of names, asks where a name is not certain, and saves both as a file. Matches of another
 * moment than that of the clock are not shown.
 */
export function MatchPanel() {
  const texts = useTranslation(translations);
  const language = useReaderLanguage();
  const knownAt = useKnownAt();
  const [pasted, setPasted] = useState('');
  const [type, setType] = useState<MatchType>('Authority');
  const [column, setColumn] = useState(emptyColumn(knownAt));
  const { matched, choices, status } = column.knownAt === knownAt ? column : emptyColumn(knownAt);
  const find = async () => {
    const busy = emptyColumn(knownAt, texts.busy);
    setColumn(busy);
    // A later search has its own column.
    const finish = (result: Partial<Column>) =>
      setColumn(current => (current === busy ? { ...busy, status: '', ...result } : current));
    try {
      finish({ matched: await matchNames(namesIn(pasted), type, language, fetchAt(knownAt)) });
    } catch (error) {
      finish({ status: failureMessage(error) });
    }
  };
  const named = matched.filter(({ name }) => name !== '');
  const withId = named.filter(row => idOf(row, choices)).length;
  const without = named.filter(({ candidates }) => candidates.length === 0).length;
  const save = () =>
    saveFile(
      `${fileNameAt('ids', knownAt)}.csv`,
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
        <MatchTable matched={named} choices={choices} onChoose={chosen => setColumn({ ...column, choices: chosen })} />
      )}
    </Panel>
  );
}
