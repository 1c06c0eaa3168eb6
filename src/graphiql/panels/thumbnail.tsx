import './thumbnail.css';

import { useGraphiQL } from '@graphiql/react';
import { startTransition, useEffect, useState } from 'react';
import { ResultContext } from '../active-result.js';
import { useKnownAt } from '../clock/moment.js';
import { fetchQuery } from '../fetch-query.js';
import { viewOf } from '../question-views.js';
import { questions } from '../questions.js';
import type { OperationResult } from '../result/result-store.js';
import { PictureContext, type PictureSettings } from './picture-settings.js';

const SETTINGS: PictureSettings = { title: undefined, purpose: 'thumbnail' };

/** Asks an example question at the moment of the clock, apart from the tabs; undefined until its answer is there. */
function useAnswer(name: string): OperationResult | undefined {
  const knownAt = useKnownAt();
  const [result, setResult] = useState<OperationResult>();
  useEffect(() => {
    const question = questions.get(name);
    if (!question) return undefined;
    const { query, operationName } = question;
    const variables = JSON.parse(question.variables || '{}');
    const request = new AbortController();
    fetchQuery<unknown>(query, { variables, operationName, knownAt, signal: request.signal }).then(
      // Drawing a picture must not delay a click on a question.
      data => startTransition(() => setResult({ query, variables, operationName, data })),
      // On failure the frame stays empty; the question says what is wrong.
      () => setResult(undefined),
    );
    return () => request.abort();
  }, [name, knownAt]);
  return result;
}

/** Small picture of the answer to an example question, drawn by the panel of its view. */
export function Thumbnail({ name }: { name: string }) {
  const result = useAnswer(name);
  const Picture = useGraphiQL(state => state.plugins.find(({ title }) => title === viewOf(name))?.content);
  return (
    <span className="desk-thumbnail" inert>
      {result && Picture && (
        <ResultContext value={result}>
          <PictureContext value={SETTINGS}>
            <Picture />
          </PictureContext>
        </ResultContext>
      )}
    </span>
  );
}
