import { useGraphiQLActions } from '@graphiql/react';
import type { ReactNode } from 'react';
import { useWords } from '../tongue.js';

const words = { en: 'Sources of the chosen record', nl: 'Bronnen van het gekozen gegeven' };

/** What is pointed at, in words; read aloud when it changes. */
export function Card({ hint, sources = true, children }: { hint: string; sources?: boolean; children: ReactNode }) {
  const { setVisiblePlugin } = useGraphiQLActions();
  const evidence = useWords(words);
  return (
    <div className="desk-card">
      <div role="status">{children || <p className="desk-hint">{hint}</p>}</div>
      {sources && (
        <button type="button" className="desk-button" onClick={() => setVisiblePlugin('Evidence')}>
          {evidence}
        </button>
      )}
    </div>
  );
}
