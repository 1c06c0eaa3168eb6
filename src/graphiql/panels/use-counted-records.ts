import { useGraphiQL } from '@graphiql/react';
import { useEffect, useMemo, useState } from 'react';
import { useActiveResult } from '../active-result.js';
import { useKnownAt } from '../clock/moment.js';
import { failureMessage } from '../failure-message.js';
import { fetchQuery } from '../fetch-query.js';
import { useReaderLanguage } from '../language.js';
import { type CountedPage, countedQueries, readCounted } from '../result/counted-records.js';
import type { OperationResult } from '../result/result-store.js';
import type { ResultObject } from '../result/typed-result.js';

type Counted =
  | { readonly state: 'none' }
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly message: string }
  | { readonly state: 'loaded'; readonly records: readonly ResultObject[] };

/** Returns the records that the result of the active tab counts in groups, as they were at the moment of the clock. */
export function useCountedRecords(): Counted {
  const schema = useGraphiQL(state => state.schema);
  const { result } = useActiveResult();
  const language = useReaderLanguage();
  const knownAt = useKnownAt();
  const [counted, setCounted] = useState<{ of: OperationResult; value: Counted }>();
  const isCounting = useMemo(() => result && countedQueries(result, language).length > 0, [result, language]);
  useEffect(() => {
    if (!schema || !result || !isCounting) return undefined;
    const request = new AbortController();
    const { signal } = request;
    const send = (query: string, variables: object) =>
      fetchQuery<CountedPage>(query, { variables, signal, knownAt, language });
    readCounted(schema, result, language, send)
      .then(records => setCounted({ of: result, value: { state: 'loaded', records } }))
      .catch((error: unknown) => {
        if (signal.aborted) return;
        const message = failureMessage(error);
        setCounted({ of: result, value: { state: 'failed', message } });
      });
    return () => request.abort();
  }, [schema, result, isCounting, language, knownAt]);
  if (!result || !isCounting) return { state: 'none' };
  return counted?.of === result ? counted.value : { state: 'loading' };
}
