import { useActiveResult } from '../active-result.js';
import { useReaderLanguage } from '../language.js';
import { questionOf } from '../questions.js';
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
  // The rest is a hint for the page, not for a saved picture.
  const shortTitle = title?.split(/ (?:For the|Voor de) |(?<=？)用于/, 1)[0];
  return day ? `${shortTitle ?? ''} ${formatDate(day, language)}`.trim() : shortTitle;
}
