import { useState } from 'react';
import { setLanguage, useTongue, useWords } from '../language.js';
import { questionGroups } from '../question-groups.js';
import { questions } from '../questions.js';
import { useOpenQuestion } from './open-question.js';
import { Panel } from './panel.js';

const words = {
  en: { title: 'Questions', find: 'Find a question', none: 'No question has these words.', language: 'Language' },
  nl: { title: 'Vragen', find: 'Zoek een vraag', none: 'Geen vraag heeft deze woorden.', language: 'Taal' },
};

/** Questions that stand ready, by what an analyst wants to know. */
export function Questions() {
  const tongue = useTongue();
  const { title, find, none, language } = useWords(words);
  const { open } = useOpenQuestion();
  const [text, setText] = useState('');
  const fits = (name: string) => {
    const question = questions.get(name);
    return question && `${question.en} ${question.nl} ${name}`.toLowerCase().includes(text.trim().toLowerCase());
  };
  const groups = questionGroups
    .map(group => ({ ...group, questions: group.questions.filter(fits) }))
    .filter(group => group.questions.length > 0);
  const languages = (
    <fieldset className="desk-languages">
      <legend className="desk-hidden">{language}</legend>
      {(['nl', 'en'] as const).map(one => (
        <button
          key={one}
          type="button"
          className="desk-button"
          lang={one}
          aria-pressed={one === tongue}
          onClick={() => setLanguage(one)}
        >
          {one === 'nl' ? 'Nederlands' : 'English'}
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
        <section key={group.en} className="desk-questions" lang={tongue} aria-label={group[tongue]}>
          <h3>{group[tongue]}</h3>
          <ul>
            {group.questions.map(name => (
              <li key={name}>
                <button type="button" data-question={name} onClick={() => open(name)}>
                  {questions.get(name)?.[tongue]}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Panel>
  );
}
