import { useTranslation } from '../language.js';
import type { FilterOption, OperatorOption } from '../result/builder-options.js';
import type { Condition } from '../result/built-question.js';
import { valueIn } from '../result/literals.js';
import { Control } from '../variables/controls.js';
import { RemoveButton } from '../variables/remove-button.js';
import { builderTexts } from './builder-texts.js';
import { operatorTexts } from './operator-texts.js';
import { usePathWords } from './use-words.js';

/** Condition of the form; without a literal it has no value yet, and is not in the query. */
export interface Row {
  readonly option: FilterOption;
  readonly operator: OperatorOption;
  readonly literal: string | undefined;
}

/** Returns the key of a path in a filter. */
export const keyOf = (path: readonly string[]): string => path.join('.');

/** Shows a condition: what is compared, how, and a control for the value. */
export function ConditionRow(props: {
  row: Row;
  remove: () => void;
  chooseOperator: (operator: OperatorOption) => void;
  chooseValue: (value: unknown) => void;
}) {
  const { row, remove, chooseOperator, chooseValue } = props;
  const { option, operator, literal } = row;
  const texts = useTranslation(builderTexts);
  const operators = useTranslation(operatorTexts);
  const wordsOf = usePathWords();
  const name = wordsOf(option.path);
  const operatorWord = ({ path }: OperatorOption) => operators[keyOf(path)] ?? keyOf(path);
  return (
    <div className="desk-field desk-condition" data-condition={keyOf(option.path)}>
      <span>{name}</span>
      {option.operators.length > 1 ? (
        <select
          aria-label={texts.comparison(name)}
          value={keyOf(operator.path)}
          onChange={event => {
            const next = option.operators.find(({ path }) => keyOf(path) === event.target.value);
            if (next) chooseOperator(next);
          }}
        >
          {option.operators.map(other => (
            <option key={keyOf(other.path)} value={keyOf(other.path)}>
              {operatorWord(other)}
            </option>
          ))}
        </select>
      ) : (
        <span>{operatorWord(operator)}</span>
      )}
      <Control
        {...operator}
        label={name}
        isRequired={literal !== undefined}
        value={literal === undefined ? undefined : valueIn(literal)}
        change={chooseValue}
      />
      <RemoveButton name={name} onClick={remove} />
    </div>
  );
}

/** Condition that the form has no control for, as it is written. */
export function OtherCondition({ condition, remove }: { condition: Condition; remove: () => void }) {
  const wordsOf = usePathWords();
  const name = wordsOf(condition.path);
  return (
    <div className="desk-field desk-condition">
      <span>
        {name}: {condition.literal}
      </span>
      <RemoveButton name={name} onClick={remove} />
    </div>
  );
}
