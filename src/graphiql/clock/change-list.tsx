import { useCallback, useEffect, useState } from 'react';
import { useEnumLabels } from '../enum-labels.js';
import { failureMessage } from '../failure-message.js';
import { useReaderLanguage } from '../language.js';
import type { KnownAt } from '../result/known-at.js';
import { formatInstant } from './amsterdam.js';
import { clockTexts } from './clock-texts.js';
import { currentKnownAt } from './moment.js';
import { type ListedChange, newestChanges } from './resolve-moment.js';

interface Listed {
  readonly changes: readonly ListedChange[];
  /** Cursor of the page after these changes; null at the end of the list. */
  readonly earlier: string | null;
}

/** Lists the newest changes of the register, each a moment to choose. */
export function ChangeList(props: { choose: (cursor: KnownAt) => void; isDisabled: boolean }) {
  const { choose, isDisabled } = props;
  const language = useReaderLanguage();
  const texts = clockTexts[language];
  const enumLabel = useEnumLabels(language);
  const [listed, setListed] = useState<Listed>();
  const [message, setMessage] = useState('');
  const load = useCallback(
    async (before: string | null) => {
      try {
        const page = await newestChanges(language, before);
        // A page that was asked for twice, or in another language, is no longer the next one.
        setListed(current => {
          if (before === null || !current) return page;
          return current.earlier === before ? { ...page, changes: [...current.changes, ...page.changes] } : current;
        });
      } catch (error) {
        setMessage(failureMessage(error));
      }
    },
    [language],
  );
  useEffect(() => void load(null), [load]);
  const { changes, earlier } = listed ?? {};
  return (
    <>
      {message && <p role="alert">{message}</p>}
      {changes?.length === 0 && <p>{texts.noChanges}</p>}
      {changes && changes.length > 0 && (
        <ol className="clock-changes">
          {changes.map(({ cursor, recordedAt, kind, subjectLabel }) => (
            <li key={cursor}>
              <button
                type="button"
                disabled={isDisabled}
                aria-current={cursor === currentKnownAt()}
                onClick={() => choose(cursor)}
              >
                <time dateTime={recordedAt}>{formatInstant(recordedAt, language)}</time>
                <span>
                  {subjectLabel}, {enumLabel('ChangeKind', kind)}
                </span>
              </button>
            </li>
          ))}
          {earlier && (
            <li>
              <button type="button" className="clock-earlier" onClick={() => void load(earlier)}>
                {texts.earlier}
              </button>
            </li>
          )}
        </ol>
      )}
    </>
  );
}
