import { useGraphiQLActions } from '@graphiql/react';
import { selectedRecord } from '../active-result.js';
import { ask } from '../ask.js';
import type { View } from '../bar/navigation-texts.js';
import { useReaderLanguage } from '../language.js';
import { viewOf } from '../question-views.js';
import { questions } from '../questions.js';
import { viewSettings } from '../view-settings.js';

interface OpenQuestion {
  /** Asks an example question, and shows the answer in a view: its own by default. */
  readonly open: (name: string, view?: View) => void;
  readonly titleOf: (name: string) => string | undefined;
}

export function useOpenQuestion(): OpenQuestion {
  const language = useReaderLanguage();
  const { setVisiblePlugin } = useGraphiQLActions();
  return {
    titleOf: name => questions.get(name)?.[language],
    open: (name, view = viewOf(name)) => {
      const question = questions.get(name);
      if (!question) return;
      // Filters, hidden columns and the record are those of the question before.
      viewSettings.set(new Map());
      selectedRecord.set(null);
      ask({ ...question, run: 'always' });
      setVisiblePlugin(view);
      scrollTo(0, 0);
    },
  };
}
