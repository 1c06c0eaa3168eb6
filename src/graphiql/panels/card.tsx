import { useGraphiQLActions } from '@graphiql/react';
import type { ReactNode } from 'react';
import { selectedRecord } from '../active-result.js';
import { useKnownAt } from '../clock/moment.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { textOf } from '../result/objects.js';
import { recordLink } from '../result/record-link.js';
import type { ResultObject } from '../result/typed-result.js';

const translations = {
  en: { sources: 'Show sources', page: 'Its page' },
  nl: { sources: 'De bronnen ervan', page: 'De pagina ervan' },
  zh: { sources: '显示来源', page: '打开其页面' },
};

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
  const texts = useTranslation(translations);
  const reader = useReaderLanguage();
  const knownAt = useKnownAt();
  const id = record && textOf(record, 'id');
  const showSources = (target: ResultObject) => {
    selectedRecord.set(target);
    setVisiblePlugin('Evidence');
  };
  return (
    <div className="desk-card">
      <div role="status">{children || <p className="desk-hint">{hint}</p>}</div>
      {record && (
        <button type="button" className="desk-button" onClick={() => showSources(record)}>
          {texts.sources}
        </button>
      )}
      {id && <a href={recordLink(id, reader, knownAt)}>{texts.page}</a>}
    </div>
  );
}
