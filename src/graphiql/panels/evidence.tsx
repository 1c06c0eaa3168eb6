import { useMemo } from 'react';
import { selectedRecord, useActiveResult } from '../active-result.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { hasId, labelOf, textOf, walkObjects } from '../result/objects.js';
import type { ResultObject } from '../result/typed-result.js';
import { useStore } from '../store.js';
import { AnswerPanel, EmptyState } from './panel.js';
import { Sources } from './sources.js';
import { useCountedRecords } from './use-counted-records.js';

const translations = {
  en: {
    title: 'Evidence',
    nothing: 'No sources to show: the answer contains no record with an id. Try this question:',
    record: 'Record',
    counted: 'Counted in the answer',
    named: 'Named in the answer',
    loading: 'Looking up the records that the answer counts …',
    failed: 'The records that the answer counts could not be loaded: ',
  },
  nl: {
    title: 'Bewijs',
    nothing:
      'Er is geen gegeven om de bronnen van te tonen: het antwoord bevat er geen met een id. Deze vraag heeft ze:',
    record: 'Gegeven',
    counted: 'Geteld in het antwoord',
    named: 'Genoemd in het antwoord',
    loading: 'De gegevens die het antwoord telt, worden gezocht …',
    failed: 'De gegevens die het antwoord telt, konden niet worden gelezen: ',
  },
  zh: {
    title: '证据',
    nothing: '没有可显示的来源：回答中没有带标识的记录。请试试这个问题：',
    record: '记录',
    counted: '回答所统计的记录',
    named: '回答中提到的记录',
    loading: '正在查找回答所统计的记录…',
    failed: '无法读取回答所统计的记录：',
  },
};

/** Returns records by id, each once. */
function byId(objects: Iterable<ResultObject>): Map<string, ResultObject> {
  const records = new Map<string, ResultObject>();
  for (const object of objects) {
    const id = hasId(object) && textOf(object, 'id');
    if (id && !records.has(id)) records.set(id, object);
  }
  return records;
}

/** Shows the sources of one record, per fact: of a record that the answer counts in groups, or names. */
export function EvidencePanel() {
  const texts = useTranslation(translations);
  const language = useReaderLanguage();
  const { root } = useActiveResult();
  const counted = useCountedRecords();
  const selected = useStore(selectedRecord);
  const named = useMemo(() => byId(root ? [...walkObjects(root)].map(([object]) => object) : []), [root]);
  const behind = useMemo(() => byId(counted.state === 'loaded' ? counted.records : []), [counted]);
  const all = new Map([...named, ...behind]);
  const [first] = [...behind.keys(), ...named.keys()];
  const id = (selected && textOf(selected, 'id')) || first;
  const record = (id && all.get(id)) || selected;
  const options = (from: ReadonlyMap<string, ResultObject>) =>
    [...from].map(([recordId, option]) => (
      <option key={recordId} value={recordId}>
        {labelOf(option, language)}
      </option>
    ));
  return (
    <AnswerPanel title={texts.title}>
      {counted.state === 'loading' && <p role="status">{texts.loading}</p>}
      {counted.state === 'failed' && <p role="alert">{texts.failed + counted.message}</p>}
      {id && record && (
        <>
          <label className="desk-choices">
            {texts.record}{' '}
            <select value={id} onChange={event => selectedRecord.set(all.get(event.target.value) ?? null)}>
              {!all.has(id) && <option value={id}>{labelOf(record, language)}</option>}
              {behind.size > 0 ? (
                <>
                  <optgroup label={texts.counted}>{options(behind)}</optgroup>
                  <optgroup label={texts.named}>
                    {options(new Map([...named].filter(([recordId]) => !behind.has(recordId))))}
                  </optgroup>
                </>
              ) : (
                options(named)
              )}
            </select>
          </label>
          <Sources key={id} id={id} />
        </>
      )}
      {!id && (counted.state === 'none' || counted.state === 'loaded') && (
        <EmptyState question="38-all-ties-on-the-map">{texts.nothing}</EmptyState>
      )}
    </AnswerPanel>
  );
}
