import './panel.css';

import { type ReactNode, useState } from 'react';
import { useTranslation } from '../language.js';
import { useOpenQuestion } from './open-question.js';

const translations = {
  en: { larger: 'Full width', smaller: 'Next to the editor' },
  nl: { larger: 'Volle breedte', smaller: 'Naast de editor' },
};

/** Frame of every panel: title, tools, and a button for full width. */
export function Panel({ title, tools, children }: { title: string; tools?: ReactNode; children: ReactNode }) {
  const [large, setLarge] = useState(false);
  const { larger, smaller } = useTranslation(translations);
  return (
    <section className="desk" aria-label={title} data-large={large}>
      <header>
        <h2>{title}</h2>
        <div className="desk-tools">
          {tools}
          <button
            type="button"
            className="desk-button desk-larger"
            aria-pressed={large}
            onClick={() => setLarge(!large)}
          >
            {large ? smaller : larger}
          </button>
        </div>
      </header>
      {children}
    </section>
  );
}

/** Explains why there is nothing to show, and offers an example question that has something. */
export function EmptyState({ children, question }: { children: ReactNode; question: string }) {
  const { open, titleOf } = useOpenQuestion();
  const title = titleOf(question);
  return (
    <div className="desk-nothing">
      <p>{children}</p>
      {title && (
        <button type="button" className="desk-button" onClick={() => open(question)}>
          {title}
        </button>
      )}
    </div>
  );
}
