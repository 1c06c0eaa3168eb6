import { useAnswer } from '../active-result.js';
import { useTongue } from '../language.js';
import { questions } from '../questions.js';
import { dateInWords } from '../result/words.js';
import { useDay } from './day-slider.js';

/** What the answered question asks, where it is one of ours or says it in a comment above itself, and for which day. */
export function useQuestionTitle(): string | undefined {
  const tongue = useTongue();
  const { answer } = useAnswer();
  const day = useDay()?.day;
  if (!answer) return undefined;
  const own = [...questions.values()].find(({ query }) => query.trim() === answer.query.trim());
  const title = own?.[tongue] ?? /^# (.+)$/m.exec(answer.query)?.[1] ?? answer.operationName;
  // A hint for the page, not for the picture.
  const plain = title?.split(/ (?:For the|Voor de) /, 1)[0];
  return day ? `${plain ?? ''} ${dateInWords(day, tongue)}`.trim() : plain;
}
