import { useState } from 'react';
import { setLanguage, useLanguage, useTranslation } from '../language.js';
import { questionGroups } from '../question-groups.js';
import { questions } from '../questions.js';
import { useOpenQuestion } from './open-question.js';
import { Panel } from './panel.js';

const translations = {
  en: {
    title: 'Questions',
    find: 'Find a question',
    none: 'No question contains these words.',
    languageLabel: 'Language',
  },
  nl: { title: 'Vragen', find: 'Zoek een vraag', none: 'Geen vraag heeft deze woorden.', languageLabel: 'Taal' },
};

/** Lists the example questions by subject, in the current language. */
export function QuestionsPanel() {
  const language = useLanguage();
  const { title, find, none, languageLabel } = useTranslation(translations);
  const { open } = useOpenQuestion();
  const [text, setText] = useState('');
  const matches = (name: string) => {
    const question = questions.get(name);
    return question && `${question.en} ${question.nl} ${name}`.toLowerCase().includes(text.trim().toLowerCase());
  };
  const groups = questionGroups
    .map(group => ({ ...group, questions: group.questions.filter(matches) }))
    .filter(group => group.questions.length > 0);
  const languages = (
    <fieldset className="desk-languages">
      <legend className="desk-hidden">{languageLabel}</legend>
      {(['nl', 'en'] as const).map(option => (
        <button
          key={option}
          type="button"
          className="desk-button"
          lang={option}
          aria-pressed={option === language}
          onClick={() => setLanguage(option)}
        >
          {option === 'nl' ? 'Nederlands' : 'English'}
        </button>
      ))}
    </fieldset>
  );
  return (
    <Panel title={title} tools={languages}>
      <input
        type="search"
        className="desk-search"
        aria-label={find}
        placeholder={find}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      {groups.length === 0 && <p>{none}</p>}
      {groups.map(group => (
        <section key={group.en} className="desk-questions" lang={language} aria-label={group[language]}>
          <h3>{group[language]}</h3>
          <ul>
            {group.questions.map(name => (
              <li key={name}>
                <button type="button" data-question={name} onClick={() => open(name)}>
                  {questions.get(name)?.[language]}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Panel>
  );
}
