import { useMemo, useState } from 'react';
import { useTranslation } from '../language.js';
import { type FilterOption, filterOptions, type OperatorOption } from '../result/builder-options.js';
import type { Condition } from '../result/built-question.js';
import { literalOf, valueIn } from '../result/literals.js';
import { builderTexts } from './builder-texts.js';
import { ConditionRow, keyOf, OtherCondition, type Row } from './condition-row.js';
import type { PartProps } from './part.js';
import { usePathWords } from './use-words.js';

function rowOf(options: readonly FilterOption[], { path, literal }: Condition): Row | undefined {
  for (const option of options) {
    const operator = option.operators.find(({ path: own }) => keyOf([...option.path, ...own]) === keyOf(path));
    if (operator) return { option, operator, literal };
  }
  return undefined;
}

/** Conditions of a question: what is compared, how, and with what value. */
export function Conditions({ schema, question, change }: PartProps) {
  const texts = useTranslation(builderTexts);
  const wordsOf = usePathWords();
  const options = useMemo(() => filterOptions(schema, question.list), [schema, question.list]);
  const [draft, setDraft] = useState<Row>();
  const { conditions } = question;
  const write = (path: readonly string[], operator: OperatorOption, value: unknown, old?: Condition) => {
    const condition = { path: [...path, ...operator.path], literal: literalOf(value, operator.isEnum) };
    const others = conditions.filter(
      ({ path: other }) => keyOf(other) !== keyOf(condition.path) || other === old?.path,
    );
    change({
      ...question,
      conditions: old ? others.map(other => (other === old ? condition : other)) : [...others, condition],
    });
  };
  const remove = (condition: Condition) =>
    change({ ...question, conditions: conditions.filter(other => other !== condition) });
  // The name of a list is a draft of that list only.
  const shownDraft = draft && options.includes(draft.option) ? draft : undefined;
  return (
    <>
      {conditions.map(condition => {
        const row = rowOf(options, condition);
        if (!row)
          return <OtherCondition key={keyOf(condition.path)} condition={condition} remove={() => remove(condition)} />;
        return (
          <ConditionRow
            key={keyOf(condition.path)}
            row={row}
            remove={() => remove(condition)}
            chooseOperator={operator => {
              const value = adapted(row, operator);
              if (value !== undefined) return write(row.option.path, operator, value, condition);
              remove(condition);
              setDraft({ ...row, operator, literal: undefined });
            }}
            chooseValue={value =>
              value === undefined ? remove(condition) : write(row.option.path, row.operator, value, condition)
            }
          />
        );
      })}
      {shownDraft && (
        <ConditionRow
          row={shownDraft}
          remove={() => setDraft(undefined)}
          chooseOperator={operator => setDraft({ ...shownDraft, operator })}
          chooseValue={value => {
            if (value === undefined) return;
            setDraft(undefined);
            write(shownDraft.option.path, shownDraft.operator, value);
          }}
        />
      )}
      <select
        aria-label={texts.addCondition}
        value=""
        onChange={event => {
          const option = options.find(({ path }) => keyOf(path) === event.target.value);
          const [operator] = option?.operators ?? [];
          if (option && operator) setDraft({ option, operator, literal: undefined });
        }}
      >
        <option value="">{texts.addCondition}</option>
        {options.map(({ path }) => (
          <option key={keyOf(path)} value={keyOf(path)}>
            {wordsOf(path)}
          </option>
        ))}
      </select>
    </>
  );
}

/** Returns the value of a condition for another operator; undefined if it has none that suits it. */
function adapted({ operator, literal }: Row, next: OperatorOption): unknown {
  if (next.kind === 'boolean') return operator.kind === 'boolean' && literal ? valueIn(literal) : true;
  const values = operator.kind === 'boolean' || literal === undefined ? [] : [valueIn(literal)].flat();
  const isList = next.kind === 'choices' || next.kind === 'records';
  return isList && values.length > 0 ? values : values[0];
}
