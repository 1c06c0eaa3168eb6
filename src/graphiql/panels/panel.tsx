import './panel.css';

import { type ReactNode, useState } from 'react';
import { useWords } from '../language.js';
import { useOpenQuestion } from './open-question.js';

const words = {
  en: { larger: 'Full width', smaller: 'Beside the editor' },
  nl: { larger: 'Volle breedte', smaller: 'Naast de editor' },
};

/** The frame of every panel: a title, its tools, and a way to give it the whole width. */
export function Panel({ title, tools, children }: { title: string; tools?: ReactNode; children: ReactNode }) {
  const [large, setLarge] = useState(false);
  const { larger, smaller } = useWords(words);
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

/** Nothing to show, said in words, and a question that gives something. */
export function Nothing({ children, question }: { children: ReactNode; question: string }) {
  const open = useOpenQuestion();
  const { found } = open;
  const title = found(question);
  return (
    <div className="desk-nothing">
      <p>{children}</p>
      {title && (
        <button type="button" className="desk-button" onClick={() => open.open(question)}>
          {title}
        </button>
      )}
    </div>
  );
}
