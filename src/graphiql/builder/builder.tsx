import './builder.css';

import { useGraphiQL } from '@graphiql/react';
import { useEffect, useMemo } from 'react';
import { useActiveResult } from '../active-result.js';
import { ask } from '../ask.js';
import { useTranslation } from '../language.js';
import { AnswerPanel } from '../panels/panel.js';
import { Rows } from '../panels/rows.js';
import { useQuestionTitle } from '../panels/use-question-title.js';
import { BUILT_LISTS, newQuestion, writeQuestion } from '../result/built-question.js';
import { operationNameIn } from '../result/operation-request.js';
import { readQuestion } from '../result/read-question.js';
import { tablesOf } from '../result/table-data.js';
import { useRewrite } from '../rewrite.js';
import { BuilderForm } from './builder-form.js';
import { builderTexts } from './builder-texts.js';
import { usePathWords } from './use-words.js';

/**
 * Builds a question without GraphQL. The query in the editor is its only state: each choice writes the query, and what is
 * written in the editor shows here.
 */
export function BuilderPanel() {
  const texts = useTranslation(builderTexts);
  const schema = useGraphiQL(state => state.schema);
  const query = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]?.query ?? '');
  const isReady = useGraphiQL(state => Boolean(state.queryEditor && state.responseEditor));
  const rewrite = useRewrite();
  const question = useMemo(() => readQuestion(query), [query]);
  const isEmpty = query.trim() === '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: writes the first question once, when the editors exist.
  useEffect(() => {
    if (isEmpty && isReady && schema) rewrite({ query: writeQuestion(newQuestion('partnerships')) });
  }, [isEmpty, isReady, schema]);
  return (
    <AnswerPanel
      title={texts.title}
      controls={
        schema && question ? (
          <BuilderForm schema={schema} question={question} change={next => rewrite({ query: writeQuestion(next) })} />
        ) : (
          <NewQuestion lead={isEmpty ? texts.start : texts.more} />
        )
      }
    >
      <Preview />
    </AnswerPanel>
  );
}

/** Buttons that begin a question, in a tab of its own. */
function NewQuestion({ lead }: { lead: string }) {
  const wordsOf = usePathWords();
  const begin = (list: string) => {
    const query = writeQuestion(newQuestion(list));
    ask({ query, variables: '', operationName: operationNameIn(query) ?? '', run: 'always' });
  };
  return (
    <div className="desk-choices">
      <p>{lead}</p>
      {Object.keys(BUILT_LISTS).map(list => (
        <button key={list} type="button" className="desk-button" data-list={list} onClick={() => begin(list)}>
          {wordsOf([list])}
        </button>
      ))}
    </div>
  );
}

/** Rows of the answer to the question that is built. */
function Preview() {
  const texts = useTranslation(builderTexts);
  const { result, root } = useActiveResult();
  const questionTitle = useQuestionTitle();
  const table = useMemo(() => (root ? tablesOf(root)[0] : undefined), [root]);
  return table ? (
    <Rows table={table} name={result?.operationName ?? 'table'} title={questionTitle ?? texts.title} />
  ) : null;
}
