import { useEnumLabels } from '../enum-labels.js';
import { useTranslation } from '../language.js';
import { dimensionOptions, orderOptions } from '../result/builder-options.js';
import { fieldOfCode, newQuestion } from '../result/built-question.js';
import { builderTexts } from './builder-texts.js';
import { orderTexts } from './operator-texts.js';
import { Part, type PartProps } from './part.js';
import { usePathWords } from './use-words.js';

/** Most dimensions to count by. */
const MAX_DIMENSIONS = 3;

/** Dimensions to count by; none for a list. */
export function Dimensions({ schema, question, change }: PartProps) {
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

/** Order of the rows. */
export function Order({ schema, question, change }: PartProps) {
  const texts = useTranslation(builderTexts);
  const orders = useTranslation(orderTexts);
  const wordsOf = usePathWords();
  const { list, by, order } = question;
  const codes = orderOptions(schema, list, by.length > 0);
  const labelOf = (code: string) => orders[code] ?? wordsOf([fieldOfCode(code)]);
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
