import { useMemo } from 'react';
import { useActiveResult } from '../active-result.js';
import { useAliasLabels } from '../alias-labels.js';
import { useFieldLabels } from '../enum-labels.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { listOf } from '../question-views.js';
import { questionOf } from '../questions.js';
import { listLabels } from '../result/column-labels.js';
import { exportLink } from '../result/export-link.js';
import { type Table, tablesOf } from '../result/table-data.js';
import { useViewSetting } from '../view-settings.js';
import { DaySlider } from './day-slider.js';
import { AnswerPanel, EmptyState } from './panel.js';
import { Rows } from './rows.js';
import { useQuestionTitle } from './use-question-title.js';
import { WholeList } from './whole-list.js';

const translations = {
  en: {
    title: 'Table',
    nothing: 'There is no answer to show yet. Try this question:',
    list: 'List',
    counts: 'Counts and single records',
  },
  nl: {
    title: 'Tabel',
    nothing: 'Er is nog geen antwoord om te tonen. Stel een vraag, zoals deze:',
    list: 'Lijst',
    counts: 'Aantallen en losse gegevens',
  },
  zh: {
    title: '表格',
    nothing: '尚无回答可显示。请试试这个问题：',
    list: '列表',
    counts: '数量与单条记录',
  },
};

/** Shows the result as tables that can be sorted, copied and saved. */
export function TablePanel() {
  const texts = useTranslation(translations);
  const { result, root } = useActiveResult();
  const tables = useMemo(() => (root ? tablesOf(root) : []), [root]);
  const [selectedName, setSelectedName] = useViewSetting('table.list');
  const language = useReaderLanguage();
  const listLabel = useFieldLabels();
  const questionTitle = useQuestionTitle();
  const nameOf = ({ path }: Table) => path.join('.');
  const aliasLabel = useAliasLabels();
  const labels = useMemo(
    () => listLabels(tables, language, listLabel, aliasLabel),
    [tables, language, listLabel, aliasLabel],
  );
  const listName = selectedName ?? listOf(questionOf(result?.query)?.name);
  const table = tables.find(candidate => nameOf(candidate) === listName) ?? tables[0];
  const link = useMemo(() => (result ? exportLink(result) : undefined), [result]);
  return (
    <AnswerPanel title={texts.title} controls={<DaySlider />}>
      {table && questionTitle && <p className="desk-question">{questionTitle}</p>}
      {!table && <EmptyState question="38-all-ties-on-the-map">{texts.nothing}</EmptyState>}
      {tables.length > 1 && table && (
        <div className="desk-choices">
          <label>
            {texts.list}{' '}
            <select value={nameOf(table)} onChange={event => setSelectedName(event.target.value)}>
              {tables.map(option => (
                <option key={nameOf(option)} value={nameOf(option)}>
                  {labels.get(option) || texts.counts} ({option.rows.length})
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
      {table && (
        <Rows
          key={nameOf(table)}
          table={table}
          name={result?.operationName ?? 'table'}
          title={questionTitle ?? texts.title}
        />
      )}
      {link && <WholeList link={link} />}
    </AnswerPanel>
  );
}
