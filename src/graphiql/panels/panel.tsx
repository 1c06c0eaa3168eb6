import './panel.css';

import { useGraphiQL } from '@graphiql/react';
import type { ReactNode } from 'react';
import { VIEWS } from '../bar/navigation-texts.js';
import { useTranslation } from '../language.js';
import { setCodeOpen, setLayout, useIsCodeOpen, useLayout } from '../layout.js';
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
