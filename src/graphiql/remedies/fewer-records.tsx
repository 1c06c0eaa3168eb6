import { useEffect, useMemo, useState } from 'react';
import { useKnownAt } from '../clock/moment.js';
import { FetchError, fetchQuery } from '../fetch-query.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { largestPage, rootList } from '../result/page-size.js';
import { remedyTexts } from '../result/remedy-texts.js';
import { useRewrite } from '../rewrite.js';
import { useVariables } from '../variables/use-variables.js';

/** Cost of a refused operation, and the maximum. */
type Costs = Readonly<Record<string, unknown>>;

/** Button that asks for as many records at a time as the limit of the cost allows. */
export function FewerRecords({ query, params }: { query: string; params: Costs }) {
  const texts = useTranslation(remedyTexts);
  const language = useReaderLanguage();
  const knownAt = useKnownAt();
  const { values } = useVariables();
  const rewrite = useRewrite();
  const list = useMemo(() => rootList({ query }), [query]);
  const [count, setCount] = useState<number>();
  useEffect(() => {
    const request = new AbortController();
    setCount(undefined);
    if (!list || list.size < 2) return undefined;
    const [cost, maximum] = [Number(params.value), Number(params.maximum)];
    // The register computes the cost: the same question with one record less tells what a record costs.
    fetchQuery(list.sized(list.size - 1), {
      variables: values,
      knownAt,
      language,
      signal: request.signal,
    }).then(
      () => setCount(list.size - 1),
      error => {
        const less = error instanceof FetchError ? Number(error.params.value) : Number.NaN;
        if (Number.isFinite(less)) setCount(largestPage(list.size, cost, less, maximum));
      },
    );
    return () => request.abort();
  }, [list, params, values, knownAt, language]);
  if (!list || count === undefined) return null;
  return (
    <button type="button" className="desk-button" onClick={() => rewrite({ query: list.sized(count) })}>
      {texts.fewer(count)}
    </button>
  );
}
