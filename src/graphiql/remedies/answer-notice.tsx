import './remedies.css';

import { useGraphiQL } from '@graphiql/react';
import { parse } from 'graphql';
import { Suspense, useMemo } from 'react';
import { useActiveResult } from '../active-result.js';
import { useTranslation } from '../language.js';
import { lazily } from '../lazily.js';
import { questionOf } from '../questions.js';
import type { AnswerState } from '../result/answer-state.js';
import { missingIn } from '../result/missing-records.js';
import { useRewrite } from '../rewrite.js';
import { Reasons, Refused } from './reasons.js';

const translations = {
  en: {
    outdated: 'The question has changed. This is the answer to the question before it: run the new one.',
    unreadable: 'The question cannot be sent: its variables are no JSON object',
    refused: 'There is no answer. The register says:',
    partial: 'A part of the answer is missing. The register says:',
    failed: 'There is no answer, and no reason was given.',
    ended: 'The subscription has ended.',
    ask: 'Ask it',
    reset: 'Start with the variables of the question',
  },
  nl: {
    outdated: 'De vraag is veranderd. Dit is het antwoord op de vorige: voer de nieuwe uit.',
    unreadable: 'De vraag kan niet worden verstuurd: haar variabelen zijn geen JSON-object',
    refused: 'Er is geen antwoord. Het register zegt:',
    partial: 'Een deel van het antwoord ontbreekt. Het register zegt:',
    failed: 'Er is geen antwoord, en er is geen reden gegeven.',
    ended: 'Het abonnement is beëindigd.',
    ask: 'Voer uit',
    reset: 'Begin met de variabelen van de vraag',
  },
  zh: {
    outdated: '问题已更改。此处是上一个问题的答案，请运行新问题。',
    unreadable: '问题无法发送：变量不是 JSON 对象',
    refused: '没有答案。登记册提示：',
    partial: '部分答案缺失。登记册提示：',
    failed: '没有答案，也没有给出原因。',
    ended: '订阅已结束。',
    ask: '运行',
    reset: '恢复问题自带的变量',
  },
};

const MissingRecords = lazily(async () => (await import('./missing-records.js')).MissingRecords);

const NO_GRAPHQL = [{ message: '', code: 'GRAPHQL_PARSE_FAILED' }];

/** Tells if a text is no GraphQL, so that it is not sent at all: a link runs nothing but a query. */
function isNoGraphql(query: string): boolean {
  try {
    parse(query, { noLocation: true });
    return false;
  } catch {
    return query.trim() !== '';
  }
}

/**
 * Says why there is no answer, or that it is of another question, with buttons that put it right. Renders an empty live
 * region if it is the right one.
 */
export function AnswerNotice({ state }: { state: AnswerState }) {
  const texts = useTranslation(translations);
  const isFetching = useGraphiQL(({ isFetching }) => isFetching);
  const query = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]?.query ?? '');
  const { result, root } = useActiveResult();
  const missing = useMemo(() => (root ? missingIn(root) : []), [root]);
  const rewrite = useRewrite();
  return (
    <div role="status" className="desk-notice">
      <Suspense>
        {state.kind === 'none' && isNoGraphql(query) && <Refused query={query} errors={NO_GRAPHQL} />}
        {state.kind === 'unreadable' && (
          <>
            <p>
              {texts.unreadable} ({state.message}).
            </p>
            <button
              type="button"
              className="desk-button"
              onClick={() => rewrite({ variables: questionOf(query)?.variables || '{}' })}
            >
              {texts.reset}
            </button>
          </>
        )}
        {state.kind === 'outdated' && !isFetching && (
          <>
            <p>{texts.outdated}</p>
            <button type="button" className="desk-button" onClick={() => rewrite({})}>
              {texts.ask}
            </button>
          </>
        )}
        {state.kind === 'refused' && (
          <Reasons
            query={query}
            errors={state.errors}
            introduction={state.errors.length > 0 ? texts.refused : texts.failed}
          />
        )}
        {state.kind === 'current' && result?.errors && (
          <>
            {result.events && <p>{texts.ended}</p>}
            <Reasons query={query} errors={result.errors} introduction={texts.partial} />
          </>
        )}
        {state.kind === 'current' && !result?.errors && missing.length > 0 && <MissingRecords ids={missing} />}
      </Suspense>
    </div>
  );
}
