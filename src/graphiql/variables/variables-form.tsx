import './variables.css';

import { useGraphiQL } from '@graphiql/react';
import { useMemo } from 'react';
import { useFieldLabels } from '../enum-labels.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { dayVariableOf } from '../result/day-variable.js';
import { type VariableField, variableFields, variableWords } from '../result/variable-fields.js';
import { Control } from './controls.js';
import { useVariables } from './use-variables.js';

const translations = { en: 'Variables', nl: 'Variabelen', zh: '变量' };

/** Views with a slider for the day. */
const WITH_SLIDER = new Set(['Map', 'Timeline']);

/** Returns what stands for no choice: null if the variable has a default, which would be the choice otherwise. */
const noneOf = ({ kind, defaultValue, isRequired }: VariableField): null | undefined =>
  defaultValue !== undefined && !isRequired && /^(?:choices?|boolean)$/.test(kind) ? null : undefined;

/** Form of the variables of the question: a change asks again. Renders nothing if the question has none. */
export function VariablesForm() {
  const label = useTranslation(translations);
  const language = useReaderLanguage();
  const labelOf = useFieldLabels();
  const schema = useGraphiQL(state => state.schema);
  const tab = useGraphiQL(state => state.tabs[state.activeTabIndex]);
  const view = useGraphiQL(state => state.visiblePlugin?.title);
  const { values, change } = useVariables();
  const query = tab?.query ?? '';
  const operationName = tab?.operationName ?? undefined;
  const fields = useMemo(
    () => (schema ? variableFields(schema, query, operationName) : []),
    [schema, query, operationName],
  );
  if (fields.length === 0) return null;
  const onSlider = WITH_SLIDER.has(view ?? '')
    ? dayVariableOf({ query, operationName, variables: values })?.variable
    : undefined;
  const shown = fields.filter(({ name }) => name !== onSlider);
  if (shown.length === 0) return null;
  const wordsOf = (field: VariableField) => variableWords(field, language, labelOf);
  return (
    <fieldset className="desk-variables">
      <legend className="desk-hidden">{label}</legend>
      {shown.map(field => (
        <div key={field.name} className="desk-field" title={`$${field.name}`}>
          <span aria-hidden="true">{wordsOf(field)}</span>
          <Control
            {...field}
            label={wordsOf(field)}
            value={field.name in values ? values[field.name] : field.defaultValue}
            change={value => change(field.name, value ?? noneOf(field))}
          />
        </div>
      ))}
    </fieldset>
  );
}
