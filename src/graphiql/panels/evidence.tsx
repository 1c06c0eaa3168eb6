import { useMemo } from 'react';
import { selectedRecord, useActiveResult } from '../active-result.js';
import { useLanguage, useTranslation } from '../language.js';
import { hasId, labelOf, textOf, walkObjects } from '../result/objects.js';
import type { ResultObject } from '../result/typed-result.js';
import { useStore } from '../store.js';
import { AnswerPanel, EmptyState } from './panel.js';
import { Sources } from './sources.js';

const translations = {
  en: {
    title: 'Evidence',
    nothing: 'No sources to show: the answer contains no record with an id. Try this question:',
    record: 'Record',
  },
  nl: {
    title: 'Bewijs',
    nothing:
      'Er is geen gegeven om de bronnen van te tonen: het antwoord bevat er geen met een id. Deze vraag heeft ze:',
    record: 'Gegeven',
  },
};

/** Shows the sources of one record of the result, per fact. */
export function EvidencePanel() {
  const texts = useTranslation(translations);
  const language = useLanguage();
  const { root } = useActiveResult();
  const selected = useStore(selectedRecord);
  const records = useMemo(() => {
    const byId = new Map<string, ResultObject>();
    for (const [object] of root ? walkObjects(root) : []) {
      const id = hasId(object) && textOf(object, 'id');
      if (id && !byId.has(id)) byId.set(id, object);
    }
    return byId;
  }, [root]);
  const id = (selected && textOf(selected, 'id')) || [...records.keys()][0];
  const record = (id && records.get(id)) || selected;
  return (
    <AnswerPanel title={texts.title}>
      {id && record ? (
        <>
          <label className="desk-choices">
            {texts.record}{' '}
            <select value={id} onChange={event => selectedRecord.set(records.get(event.target.value) ?? null)}>
              {!records.has(id) && <option value={id}>{labelOf(record, language)}</option>}
              {[...records].map(([recordId, option]) => (
                <option key={recordId} value={recordId}>
                  {labelOf(option, language)}
                </option>
              ))}
            </select>
          </label>
          <Sources key={id} id={id} />
        </>
      ) : (
        <EmptyState question="38-all-ties-on-the-map">{texts.nothing}</EmptyState>
      )}
    </AnswerPanel>
  );
}
