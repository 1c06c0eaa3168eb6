import { useAnswer } from './active-result.js';
import { useWords } from './language.js';
import { copyText } from './panels/copy.js';
import { cursorOf } from './result/results.js';

const words = {
  en: {
    seen: (count: number) => (count === 1 ? '1 change seen' : `${count} changes seen`),
    cursor: 'cursor to resume from',
    copy: 'Copy the cursor',
    none: 'Ask for `cursor` to be able to resume.',
  },
  nl: {
    seen: (count: number) => (count === 1 ? '1 wijziging gezien' : `${count} wijzigingen gezien`),
    cursor: 'cursor om op te hervatten',
    copy: 'Kopieer de cursor',
    none: 'Vraag `cursor` op om te kunnen hervatten.',
  },
};

/** Below the answer of a subscription: how much came, and from where to go on. */
export function ChangesLine() {
  const { answer } = useAnswer();
  const texts = useWords(words);
  if (!answer?.events) return null;
  const cursor = cursorOf(answer);
  return (
    <p className="desk-changes" role="status">
      {texts.seen(answer.events.length)} ·{' '}
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
