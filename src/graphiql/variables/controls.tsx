import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { BOOLEAN_WORDS } from '../result/field-words.js';
import { Choices, type ControlProps, Records } from './lists.js';
import { Written } from './written.js';

const translations = {
  en: {
    any: '(any)',
    day: 'Choose a day',
    date: 'year, month or day: 2021, 2021-05, 2021-05-07',
    json: 'Value as JSON',
  },
  nl: {
    any: '(alle)',
    day: 'Kies een dag',
    date: 'jaar, maand of dag: 2021, 2021-05, 2021-05-07',
    json: 'Waarde als JSON',
  },
  zh: {
    any: '（全部）',
    day: '选择日期',
    date: '年、月或日：2021、2021-05、2021-05-07',
    json: 'JSON 值',
  },
};

/** Control for a value, by its type: a list of labels, a date, a box that finds a record. */
export function Control(props: ControlProps) {
  const { label, kind, type, choices, isRequired, value, change } = props;
  const texts = useTranslation(translations);
  const language = useReaderLanguage();
  const enumLabel = useEnumLabels();
  const chosen = value === undefined || value === null ? '' : String(value);
  if (kind === 'choice' || kind === 'boolean') {
    const options = kind === 'choice' ? choices : ['true', 'false'];
    const labelOf = (option: string) =>
      kind === 'choice' ? enumLabel(type, option) : BOOLEAN_WORDS[option as 'true' | 'false'][language];
    const take = (option: string) =>
      change(option === '' ? undefined : kind === 'boolean' ? option === 'true' : option);
    return (
      <select aria-label={label} value={chosen} onChange={event => take(event.target.value)}>
        {(!isRequired || chosen === '') && <option value="">{texts.any}</option>}
        {options.map(option => (
          <option key={option} value={option}>
            {labelOf(option)}
          </option>
        ))}
      </select>
    );
  }
  if (kind === 'choices') return <Choices {...props} />;
  if (kind === 'record' || kind === 'records') return <Records {...props} />;
  const hint = kind === 'date' ? texts.date : kind === 'json' ? texts.json : undefined;
  const written = kind === 'json' && value !== undefined ? JSON.stringify(value) : chosen;
  const commit = (text: string) => {
    if (text.trim() === written.trim()) return;
    if (text.trim() === '') change(undefined);
    else if (kind === 'number') change(Number.isFinite(Number(text)) ? Number(text) : text);
    else if (kind === 'json') change(jsonOf(text));
    else change(text.trim());
  };
  return (
    <>
      <Written
        label={label}
        value={written}
        commit={commit}
        hint={hint}
        isNumber={kind === 'number'}
        size={kind === 'number' ? 6 : hint ? 11 : 20}
      />
      {kind === 'date' && (
        <input
          type="date"
          aria-label={`${label}: ${texts.day}`}
          value={/^\d{4}-\d\d-\d\d$/.test(chosen) ? chosen : ''}
          onChange={event => event.target.value && change(event.target.value)}
        />
      )}
    </>
  );
}

/** Text that is not JSON is sent as it is: the register says what it must be. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
