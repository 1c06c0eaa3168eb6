import type { GraphQLSchema } from 'graphql';
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import { useEnumLabels } from '../enum-labels.js';
import { useTranslation } from '../language.js';
import { dimensionOptions, orderOptions } from '../result/builder-options.js';
import { BUILT_LISTS, type BuiltQuestion, fieldOfCode, newQuestion } from '../result/built-question.js';
import { builderTexts } from './builder-texts.js';
import { Columns } from './columns.js';
import { Conditions } from './conditions.js';
import { usePathWords } from './use-words.js';

/** Most dimensions to count by. */
const MAX_DIMENSIONS = 3;

interface BuilderFormProps {
  readonly schema: GraphQLSchema;
  readonly question: BuiltQuestion;
  /** Called with the question after a choice. */
  readonly change: (question: BuiltQuestion) => void;
}

/** Form of a question: what it is about, conditions, counts or columns, and order. */
export function BuilderForm({ schema, question, change }: BuilderFormProps) {
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

/** Part of the form: its label, and what is chosen. */
function Part({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="desk-part">
      <legend>{label}</legend>
      <div className="desk-choices">{children}</div>
    </fieldset>
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

/** Dimensions to count by; none for a list. */
function Dimensions({ schema, question, change }: BuilderFormProps) {
  const texts = useTranslation(builderTexts);
  const enumLabel = useEnumLabels();
  const options = dimensionOptions(schema, question.list);
  if (!options) return null;
  const { by } = question;
  const choose = (place: number, code: string) => {
    const next = [...by.slice(0, place), ...(code === '' ? [] : [code]), ...by.slice(place + 1)];
    // Columns and orders of a list are not those of its groups.
    const isSame = next.length > 0 === by.length > 0;
    change({
      ...question,
      by: next,
      order: isSame ? question.order : next.length > 0 ? { field: 'COUNT', isDescending: true } : undefined,
      columns: next.length > 0 || question.columns.length > 0 ? question.columns : newQuestion(question.list).columns,
      first: next.length > 0 ? undefined : newQuestion(question.list).first,
    });
  };
  const places = [...by.keys(), ...(by.length < MAX_DIMENSIONS ? [by.length] : [])];
  return (
    <Part label={texts.count}>
      {places.map(place => (
        <select
          key={place}
          aria-label={place === 0 ? texts.count : `${texts.and} (${place + 1})`}
          value={by[place] ?? ''}
          onChange={event => choose(place, event.target.value)}
        >
          <option value="">{place === 0 ? texts.asList : `${texts.and} …`}</option>
          {options.codes
            .filter(code => code === by[place] || !by.includes(code))
            .map(code => (
              <option key={code} value={code}>
                {enumLabel(options.type, code)}
              </option>
            ))}
        </select>
      ))}
    </Part>
  );
}

function Order({ schema, question, change }: BuilderFormProps) {
  const texts = useTranslation(builderTexts);
  const wordsOf = usePathWords();
  const { list, by, order } = question;
  const codes = orderOptions(schema, list, by.length > 0);
  const labelOf = (code: string) => texts.orders[code] ?? wordsOf([fieldOfCode(code)]);
  const choose = (field: string) =>
    change({ ...question, order: field === '' ? undefined : { field, isDescending: order?.isDescending ?? false } });
  return (
    <Part label={texts.order}>
      <select aria-label={texts.order} value={order?.field ?? ''} onChange={event => choose(event.target.value)}>
        <option value="">{texts.noOrder}</option>
        {codes.map(code => (
          <option key={code} value={code}>
            {labelOf(code)}
          </option>
        ))}
      </select>
      {order && (
        <label>
          <input
            type="checkbox"
            checked={order.isDescending}
            onChange={event => change({ ...question, order: { ...order, isDescending: event.target.checked } })}
          />
          {texts.descending}
        </label>
      )}
    </Part>
  );
}
