import { useMemo } from 'react';
import { selected, useAnswer } from '../active-result.js';
import { useTongue, useWords } from '../language.js';
import { everyItem, isRecordItem, labelOf, textOf } from '../result/items.js';
import type { Item } from '../result/read.js';
import { useShared } from '../store.js';
import { Nothing, Panel } from './panel.js';
import { Sources } from './sources.js';

const words = {
  en: {
    title: 'Evidence',
    nothing: 'There is no record to show the sources of: the answer holds none with an id. This question has them:',
    record: 'Record',
  },
  nl: {
    title: 'Bewijs',
    nothing:
      'Er is geen gegeven om de bronnen van te tonen: het antwoord bevat er geen met een id. Deze vraag heeft ze:',
    record: 'Gegeven',
  },
};

/** The sources behind one record of the answer, for each of its facts. */
export function Evidence() {
  const texts = useWords(words);
  const tongue = useTongue();
  const { root } = useAnswer();
  const chosen = useShared(selected);
  const records = useMemo(() => {
    const found = new Map<string, Item>();
    for (const [item] of root ? everyItem(root) : []) {
      const id = isRecordItem(item) && textOf(item, 'id');
      if (id && !found.has(id)) found.set(id, item);
    }
    return found;
  }, [root]);
  const id = (chosen && textOf(chosen, 'id')) || [...records.keys()][0];
  const record = (id && records.get(id)) || chosen;
  return (
    <Panel title={texts.title}>
      {id && record ? (
        <>
          <label className="desk-choices">
            {texts.record}{' '}
            <select value={id} onChange={event => selected.set(records.get(event.target.value) ?? null)}>
              {!records.has(id) && <option value={id}>{labelOf(record, tongue)}</option>}
              {[...records].map(([one, item]) => (
                <option key={one} value={one}>
                  {labelOf(item, tongue)}
                </option>
              ))}
            </select>
          </label>
          <Sources key={id} id={id} />
        </>
      ) : (
        <Nothing question="38-all-ties-on-the-map">{texts.nothing}</Nothing>
      )}
    </Panel>
  );
}
