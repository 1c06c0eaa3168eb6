import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect } from 'react';
import { useActiveResult, useAnswerState } from './active-result.js';
import { useReaderLanguage } from './language.js';
import { withHiddenFields } from './result/hidden-fields.js';

/** Asks the question of the active tab again if its answer, which may be an earlier one, has texts in another language. Renders nothing. */
export function AnswerLanguage(): null {
  const { run } = useGraphiQLActions();
  const language = useReaderLanguage();
  const schema = useGraphiQL(state => state.schema);
  const { result } = useActiveResult();
  const isCurrent = useAnswerState().kind === 'current';
  useEffect(() => {
    // A question that was changed, to a mutation perhaps, waits for the reader.
    if (!isCurrent || !schema || result?.sentQuery === undefined) return;
    if (withHiddenFields(schema, result.query, result.operationName, language) !== result.sentQuery) void run();
  }, [run, language, schema, result, isCurrent]);
  return null;
}
