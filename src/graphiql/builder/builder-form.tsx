import { useTranslation } from '../language.js';
import { BUILT_LISTS, newQuestion } from '../result/built-question.js';
import { Written } from '../variables/written.js';
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
        <span className="desk-field">
          <span aria-hidden="true">{texts.name}</span>
          <Written
            label={texts.name}
            value={question.title}
            size={30}
            commit={text => text.trim() !== question.title && change({ ...question, title: text.trim() })}
          />
        </span>
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
