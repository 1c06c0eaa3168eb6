import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useState } from 'react';
import { navigationTexts, type View } from '../bar/navigation-texts.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { questionGroups } from '../question-groups.js';
import { viewOf } from '../question-views.js';
import { questions, withoutHint } from '../questions.js';
import { useOpenQuestion } from './open-question.js';
import { Panel } from './panel.js';
import { RegisterSummary } from './register-summary.js';
import { Thumbnail } from './thumbnail.js';

const translations = {
  en: {
    title: 'Questions',
    find: 'Find a question',
    none: 'No question contains these words.',
    build: 'Build a question of your own',
  },
  nl: {
    title: 'Vragen',
    find: 'Zoek een vraag',
    none: 'Geen vraag heeft deze woorden.',
    build: 'Stel zelf een vraag samen',
  },
  zh: { title: '问题', find: '查找问题', none: '没有包含这些词语的问题。', build: '自己组合问题' },
};

/** Lists the example questions by subject, in the current language. */
export function QuestionsPanel() {
  const language = useReaderLanguage();
  const { title, find, none, build } = useTranslation(translations);
  const { open } = useOpenQuestion();
  const { setVisiblePlugin } = useGraphiQLActions();
  const [text, setText] = useState('');
  const matches = (name: string) => {
    const question = questions.get(name);
    return (
      question &&
      `${question.en} ${question.nl} ${question.zh} ${name}`.toLowerCase().includes(text.trim().toLowerCase())
    );
  };
  const groups = questionGroups
    .map(group => ({ ...group, questions: group.questions.filter(matches) }))
    .filter(group => group.questions.length > 0);
  return (
    <Panel
      title={title}
      tools={
        <button type="button" className="desk-button" onClick={() => setVisiblePlugin('Builder')}>
          {build}
        </button>
      }
    >
      <RegisterSummary />
      <input
        type="search"
        className="desk-search"
        aria-label={find}
        placeholder={find}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      {groups.length === 0 && <p>{none}</p>}
      <div className="desk-question-groups">
        {groups.map(group => (
          <section
            key={group.en}
            className="desk-questions"
            data-thumbnails={group.hasThumbnails}
            aria-label={group[language]}
          >
            <h3>{group[language]}</h3>
            <ul>
              {group.questions.map(name => (
                <li key={name}>
                  <button type="button" data-question={name} onClick={() => open(name)}>
                    {group.hasThumbnails && <Thumbnail name={name} />}
                    <ViewIcon view={viewOf(name)} />
                    <span>{withoutHint(questions.get(name)?.[language] ?? '')}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Panel>
  );
}

/** Icon of the view that a question opens in. */
function ViewIcon({ view }: { view: View }) {
  const { panels } = useTranslation(navigationTexts);
  const Icon = useGraphiQL(state => state.plugins.find(({ title }) => title === view)?.icon);
  return (
    <span className="desk-view-icon" title={panels[view]}>
      {Icon && <Icon />}
    </span>
  );
}
