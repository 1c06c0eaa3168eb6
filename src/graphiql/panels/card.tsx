import { useGraphiQLActions } from '@graphiql/react';
import type { ReactNode } from 'react';
import { selected } from '../active-result.js';
import { useWords } from '../language.js';
import type { Item } from '../result/read.js';

const words = { en: 'Its sources', nl: 'De bronnen ervan' };

/**
 * What is pointed at, in words; read aloud when it changes.
 *
 * @param record The record whose sources it leads to, where it has any.
 */
export function Card({ hint, record, children }: { hint: string; record?: Item | undefined; children: ReactNode }) {
  const { setVisiblePlugin } = useGraphiQLActions();
  const sources = useWords(words);
  const showSources = (of: Item) => {
    selected.set(of);
    setVisiblePlugin('Evidence');
  };
  return (
    <div className="desk-card">
      <div role="status">{children || <p className="desk-hint">{hint}</p>}</div>
      {record && (
        <button type="button" className="desk-button" onClick={() => showSources(record)}>
          {sources}
        </button>
      )}
    </div>
  );
}
