import { useGraphiQL } from '@graphiql/react';
import { useEffect, useMemo, useState } from 'react';
import { useActiveResult } from '../active-result.js';
import { useKnownAt } from '../clock/moment.js';
import { failureMessage } from '../failure-message.js';
import { fetchQuery } from '../fetch-query.js';
import { useReaderLanguage } from '../language.js';
import { type ResultObject, readResult } from '../result/typed-result.js';
import { useDayVariable } from './day-slider.js';

/** Answer to the question of the tab for a second day, or why there is none. */
export interface SecondDay {
  readonly day: string;
  readonly root?: ResultObject | undefined;
  readonly error?: string;
}

/** Asks the question of the tab for a second day, too. Returns `undefined` until the answer is there. */
export function useSecondDay(day: string | undefined): SecondDay | undefined {
  const { result } = useActiveResult();
  const variable = useDayVariable()?.variable;
  const schema = useGraphiQL(state => state.schema);
  const knownAt = useKnownAt();
  const language = useReaderLanguage();
  const [answer, setAnswer] = useState<SecondDay>();
  // Another first day makes the same request for the second.
  const request = useMemo(
    () =>
      day && result && variable
        ? JSON.stringify({
            query: result.sentQuery ?? result.query,
            operationName: result.operationName,
            variables: { ...result.variables, [variable]: day },
            headers: result.headers,
          })
        : undefined,
    [day, result, variable],
  );
  useEffect(() => {
    setAnswer(undefined);
    if (!day || !request || !schema) return undefined;
    const { query, operationName, variables, headers } = JSON.parse(request);
    const aborted = new AbortController();
    fetchQuery<unknown>(query, { variables, operationName, knownAt, language, headers, signal: aborted.signal })
      .then(data => setAnswer({ day, root: readResult(schema, { query, operationName, variables }, data) }))
      .catch(error => {
        // An aborted request belongs to a day that the reader has left.
        if (!aborted.signal.aborted) setAnswer({ day, error: failureMessage(error) });
      });
    return () => aborted.abort();
  }, [day, request, schema, knownAt, language]);
  return answer;
}
