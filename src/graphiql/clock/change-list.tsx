import { useCallback, useEffect, useState } from 'react';
import { useEnumLabels } from '../enum-labels.js';
import { failureMessage } from '../failure-message.js';
import { useReaderLanguage } from '../language.js';
import type { KnownAt } from '../result/known-at.js';
import { formatInstant } from './amsterdam.js';
import { clockTexts } from './clock-texts.js';
import { currentKnownAt } from './moment.js';
import { type ListedChange, newestChanges } from './resolve-moment.js';

/** Lists the newest changes of the register, each a moment to choose. */
export function ChangeList(props: { choose: (cursor: KnownAt) => void; isDisabled: boolean }) {
  const { choose, isDisabled } = props;
  const language = useReaderLanguage();
  const texts = clockTexts[language];
  const enumLabel = useEnumLabels(language);
  const [changes, setChanges] = useState<readonly ListedChange[]>();
  const [earlier, setEarlier] = useState<string | null>(null);
  const [message, setMessage] = useState('');
  const load = useCallback(
    async (before: string | null) => {
      try {
        const page = await newestChanges(language, before);
        setChanges((listed = []) => (before === null ? page.changes : [...listed, ...page.changes]));
        setEarlier(page.earlier);
      } catch (error) {
        setMessage(failureMessage(error));
      }
    },
    [language],
  );
  useEffect(() => void load(null), [load]);
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
