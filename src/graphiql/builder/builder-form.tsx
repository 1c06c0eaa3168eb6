import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from '../language.js';
import { BUILT_LISTS, newQuestion } from '../result/built-question.js';
import { builderTexts } from './builder-texts.js';
import { Columns } from './columns.js';
import { Conditions } from './conditions.js';
import { Dimensions, Order } from './counts-and-order.js';
import { Part, type PartProps } from './part.js';
import { usePathWords } from './use-words.js';

/** Form of a question: what it is about, conditions, counts or columns, and order. */
export function BuilderForm({ schema, question, change }: PartProps) {
  const texts = useTranslation(builderTexts);
  const wordsOf = usePathWords();
  const { list, by } = question;
  return (
    <form className="desk-builder" onSubmit={event => event.preventDefault()}>
      <Part label={texts.about}>
        <select
          aria-label={texts.about}
          value={list}
          onChange={event => change({ ...newQuestion(event.target.value), title: question.title })}
        >
          {Object.keys(BUILT_LISTS).map(option => (
            <option key={option} value={option}>
              {wordsOf([option])}
            </option>
          ))}
        </select>
        <Title key={question.title} title={question.title} change={title => change({ ...question, title })} />
      </Part>
      <Part label={texts.where}>
        <Conditions schema={schema} question={question} change={change} />
      </Part>
      <Dimensions schema={schema} question={question} change={change} />
      {by.length === 0 && (
        <Part label={texts.show}>
          <Columns schema={schema} question={question} change={change} />
        </Part>
      )}
      <Order schema={schema} question={question} change={change} />
    </form>
  );
}

/** Title of the question, written as its first comment when the reader leaves the field. */
function Title({ title, change }: { title: string; change: (title: string) => void }) {
  const texts = useTranslation(builderTexts);
  const [text, setText] = useState(title);
  useEffect(() => setText(title), [title]);
  const commit = () => text.trim() !== title && change(text.trim());
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) commit();
  };
  return (
    <label>
      {texts.name}{' '}
      <input
        type="text"
        size={30}
        value={text}
        onChange={event => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
    </label>
  );
}
