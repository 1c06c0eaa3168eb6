import './panel.css';
import './print.css';

import { useGraphiQL } from '@graphiql/react';
import { type ReactNode, Suspense } from 'react';
import { useActiveResult, useAnswerState } from '../active-result.js';
import { VIEWS } from '../bar/navigation-texts.js';
import { useTranslation } from '../language.js';
import { setCodeOpen, setLayout, useIsCodeOpen, useLayout } from '../layout.js';
import { lazily } from '../lazily.js';
import { AnswerNotice } from '../remedies/answer-notice.js';
import { hasLongPage } from '../result/long-page.js';
import { useOpenQuestion } from './open-question.js';

/** Loaded with the first question that has variables: ids bring the look-up of records. */
const VariablesForm = lazily(async () => (await import('../variables/variables-form.js')).VariablesForm);

const AllPages = lazily(async () => (await import('../remedies/all-pages.js')).AllPages);

const translations = {
  en: { larger: 'Full width', code: 'Show question (GraphQL)' },
  nl: { larger: 'Volle breedte', code: 'Toon vraag (GraphQL)' },
  zh: { larger: '全宽', code: '显示问题 (GraphQL)' },
};

/** Frame of every panel: title, tools, and a button for the code, or for full width beside the editor. */
export function Panel({ title, tools, children }: { title: string; tools?: ReactNode; children: ReactNode }) {
  const texts = useTranslation(translations);
  const layout = useLayout();
  const isCodeOpen = useIsCodeOpen();
  return (
    <section className="desk" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <div className="desk-tools">
          {tools}
          {layout === 'answer' ? (
            <button
              type="button"
              className="desk-button"
              aria-expanded={isCodeOpen}
              onClick={() => setCodeOpen(!isCodeOpen)}
            >
              {texts.code}
            </button>
          ) : (
            <button type="button" className="desk-button desk-larger" onClick={() => setLayout('answer')}>
              {texts.larger}
            </button>
          )}
        </div>
      </header>
      {children}
    </section>
  );
}

/**
 * Frame of a panel that shows the answer. An answer that is not of the present question is dimmed, says so, and can be
 * neither selected nor exported; an error is shown in place of the answer.
 *
 * @param controls Stay in use, because they change the question.
 */
export function AnswerPanel(props: { title: string; tools?: ReactNode; controls?: ReactNode; children: ReactNode }) {
  const { title, tools, controls, children } = props;
  const state = useAnswerState();
  const { result } = useActiveResult();
  const hasVariables = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]?.query?.includes('$'));
  const isShown = state.kind === 'none' || state.kind === 'current';
  return (
    <Panel
      title={title}
      tools={
        tools && (
          <div className="desk-tools" inert={!isShown}>
            {tools}
          </div>
        )
      }
    >
      {controls}
      <Suspense>{hasVariables && <VariablesForm />}</Suspense>
      <AnswerNotice state={state} />
      <Suspense>{state.kind === 'current' && hasLongPage(result?.data) && <AllPages />}</Suspense>
      {(result || state.kind === 'none') && (
        <div className="desk-answer" inert={!isShown} data-outdated={!isShown}>
          {children}
        </div>
      )}
    </Panel>
  );
}

/** Explains why there is nothing to show, and offers an example question that has something. */
export function EmptyState({ children, question }: { children: ReactNode; question: string }) {
  const { open, titleOf } = useOpenQuestion();
  const panel = useGraphiQL(state => state.visiblePlugin?.title);
  const view = VIEWS.find(name => name === panel);
  const title = titleOf(question);
  return (
    <div className="desk-nothing">
      <p>{children}</p>
      {title && (
        <button type="button" className="desk-button" onClick={() => open(question, view)}>
          {title}
        </button>
      )}
    </div>
  );
}
