import { useGraphiQLActions } from '@graphiql/react';
import type { ReactNode } from 'react';
import { selectedRecord } from '../active-result.js';
import { useTranslation } from '../language.js';
import type { ResultObject } from '../result/typed-result.js';

const translations = { en: 'Show sources', nl: 'De bronnen ervan', zh: '查看来源' };

/**
 * Describes the focused mark in a live region, so that screen readers announce it.
 *
 * @param record Record that the button opens in the Evidence panel.
 */
export function Card({
  hint,
  record,
  children,
}: {
  hint: string;
  record?: ResultObject | undefined;
  children: ReactNode;
}) {
  const { setVisiblePlugin } = useGraphiQLActions();
  const sources = useTranslation(translations);
  const showSources = (target: ResultObject) => {
    selectedRecord.set(target);
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
