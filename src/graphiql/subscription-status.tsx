import { useActiveResult } from './active-result.js';
import { useTranslation } from './language.js';
import { copyText } from './panels/copy.js';
import { latestCursor } from './result/result-store.js';

const translations = {
  en: {
    seen: (count: number) => (count === 1 ? '1 change seen' : `${count} changes seen`),
    cursor: 'cursor to resume from',
    copy: 'Copy the cursor',
    none: 'Select `cursor` to be able to resume.',
  },
  nl: {
    seen: (count: number) => (count === 1 ? '1 wijziging gezien' : `${count} wijzigingen gezien`),
    cursor: 'cursor om op te hervatten',
    copy: 'Kopieer de cursor',
    none: 'Vraag `cursor` op om te kunnen hervatten.',
  },
  zh: {
    seen: (count: number) => `已收到 ${count} 项变更`,
    cursor: '用于继续的游标',
    copy: '复制游标',
    none: '请查询 `cursor`，以便日后继续。',
  },
};

/** Shows, below the result of a subscription, the number of events and the cursor to resume from. */
export function SubscriptionStatus() {
  const { result } = useActiveResult();
  const texts = useTranslation(translations);
  if (!result?.events) return null;
  const cursor = latestCursor(result);
  return (
    <p className="desk-changes" role="status">
      {texts.seen(result.events.length)} ·{' '}
      {cursor === undefined ? (
        texts.none
      ) : (
        <>
          {texts.cursor}: <code>{cursor}</code>{' '}
          <button type="button" className="desk-button" onClick={() => void copyText(cursor)}>
            {texts.copy}
          </button>
        </>
      )}
    </p>
  );
}
