import './panel.css';

import { useGraphiQL } from '@graphiql/react';
import type { ReactNode } from 'react';
import { useActiveResult, useAnswerState } from '../active-result.js';
import { VIEWS } from '../bar/navigation-texts.js';
import { useTranslation } from '../language.js';
import { setCodeOpen, setLayout, useIsCodeOpen, useLayout } from '../layout.js';
import type { AnswerState } from '../result/answer-state.js';
import { useOpenQuestion } from './open-question.js';

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

const stateTexts = {
  en: {
    outdated: 'The question has changed. This is the answer to the question before it: run the new one.',
    unreadable: 'The question cannot be sent: its variables are no JSON object',
    refused: 'There is no answer. The register says:',
    failed: 'There is no answer, and no reason was given.',
  },
  nl: {
    outdated: 'De vraag is veranderd. Dit is het antwoord op de vorige: voer de nieuwe uit.',
    unreadable: 'De vraag kan niet worden verstuurd: haar variabelen zijn geen JSON-object',
    refused: 'Er is geen antwoord. Het register zegt:',
    failed: 'Er is geen antwoord, en er is geen reden gegeven.',
  },
  zh: {
    outdated: '问题已更改。此处是上一个问题的答案，请运行新问题。',
    unreadable: '问题无法发送：变量不是 JSON 对象',
    refused: '没有答案。登记系统提示：',
    failed: '没有答案，也没有给出原因。',
  },
};

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
      <AnswerNotice state={state} />
      {(result || state.kind === 'none') && (
        <div className="desk-answer" inert={!isShown} data-outdated={!isShown}>
          {children}
        </div>
      )}
    </Panel>
  );
}

/** Says why there is no answer, or that it is of another question. Renders an empty live region if it is the right one. */
function AnswerNotice({ state }: { state: AnswerState }) {
  const texts = useTranslation(stateTexts);
  const isFetching = useGraphiQL(({ isFetching }) => isFetching);
  return (
    <div role="status" className="desk-notice">
      {state.kind === 'unreadable' && (
        <p>
          {texts.unreadable} ({state.message}).
        </p>
      )}
      {state.kind === 'outdated' && !isFetching && <p>{texts.outdated}</p>}
      {state.kind === 'refused' && (
        <>
          <p>{state.messages.length > 0 ? texts.refused : texts.failed}</p>
          <ul>
            {state.messages.map(message => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        </>
      )}
    </div>
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
