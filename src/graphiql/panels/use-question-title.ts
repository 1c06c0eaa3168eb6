import { useActiveResult } from '../active-result.js';
import { useReaderLanguage } from '../language.js';
import { questionOf, withoutHint } from '../questions.js';
import { formatDate } from '../result/format.js';
import { useDayVariable } from './day-slider.js';

/**
 * Returns the title of the operation of the current result, with its day: the title of the example question, the first
 * comment of the document, or the operation name.
 */
export function useQuestionTitle(): string | undefined {
  const language = useReaderLanguage();
  const { result } = useActiveResult();
  const day = useDayVariable()?.day;
  if (!result) return undefined;
  const title = questionOf(result.query)?.[language] ?? /^# (.+)$/m.exec(result.query)?.[1] ?? result.operationName;
  const shortTitle = title && withoutHint(title);
  return day ? `${shortTitle ?? ''} ${formatDate(day, language)}`.trim() : shortTitle;
}
