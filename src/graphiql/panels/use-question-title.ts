import { useAnswer } from '../page-answers.js';
import { questions } from '../questions.js';
import { useTongue } from '../tongue.js';

/** What the answered question asks, where it is one of ours or says it in a comment above itself. */
export function useQuestionTitle(): string | undefined {
  const tongue = useTongue();
  const { answer } = useAnswer();
  if (!answer) return undefined;
  const own = [...questions.values()].find(({ query }) => query.trim() === answer.query.trim());
  const title = own?.[tongue] ?? /^# (.+)$/m.exec(answer.query)?.[1] ?? answer.operationName;
  // A hint for the page, not for the picture.
  return title?.replace(/ (?:For the|Voor de) .*$/, '');
}
