import { RecordBox } from '../bar/record-box.js';
import { useEnumLabels } from '../enum-labels.js';
import type { ControlOfType } from '../result/variable-fields.js';
import { useRecordNames } from './record-name.js';
import { RemoveButton } from './remove-button.js';

export interface ControlProps extends Pick<ControlOfType, 'kind' | 'type' | 'choices'> {
  readonly label: string;
  readonly isRequired: boolean;
  readonly value: unknown;
  /** Called with a new value; undefined for none. */
  readonly change: (value: unknown) => void;
}

const textsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).map(String);

/** Codes of a list, each with a box to tick. */
export function Choices({ label, type, choices, value, change }: ControlProps) {
  const enumLabel = useEnumLabels();
  const chosen = textsIn(value);
  const toggle = (option: string) => {
    const next = choices.filter(choice => (choice === option) !== chosen.includes(choice));
    change(next.length > 0 ? next : undefined);
  };
  return (
    <fieldset className="desk-ticks">
      <legend className="desk-hidden">{label}</legend>
      {choices.map(option => (
        <label key={option}>
          <input type="checkbox" checked={chosen.includes(option)} onChange={() => toggle(option)} />
          {enumLabel(type, option)}
        </label>
      ))}
    </fieldset>
  );
}

/** Ids of records, each by its name, and a box that finds another. */
export function Records({ label, kind, value, change }: ControlProps) {
  const ids = textsIn(value);
  const nameOf = useRecordNames(ids);
  const isOne = kind === 'record';
  const [id = ''] = ids;
  return (
    <span className="desk-look-up desk-records">
      {!isOne &&
        ids.map(other => (
          <RemoveButton
            key={other}
            name={nameOf(other)}
            withName
            onClick={() => change(ids.filter(member => member !== other))}
          />
        ))}
      <RecordBox
        label={label}
        name={isOne && id ? nameOf(id) : ''}
        choose={record => change(isOne ? record.id : [...new Set([...ids, record.id])])}
      />
    </span>
  );
}
