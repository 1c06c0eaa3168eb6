import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { RecordBox } from '../bar/record-box.js';
import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { BOOLEAN_WORDS } from '../result/field-words.js';
import type { ControlKind } from '../result/variable-fields.js';
import { useRecordNames } from './record-name.js';

const translations = {
  en: {
    any: '(any)',
    day: 'Choose a day',
    date: 'year, month or day: 2021, 2021-05, 2021-05-07',
    remove: (name: string) => `Remove ${name}`,
    json: 'Value as JSON',
  },
  nl: {
    any: '(alle)',
    day: 'Kies een dag',
    date: 'jaar, maand of dag: 2021, 2021-05, 2021-05-07',
    remove: (name: string) => `Verwijder ${name}`,
    json: 'Waarde als JSON',
  },
  zh: {
    any: '（全部）',
    day: '选择日期',
    date: '年、月或日：2021、2021-05、2021-05-07',
    remove: (name: string) => `移除${name}`,
    json: 'JSON 值',
  },
};

interface ControlProps {
  readonly label: string;
  readonly kind: ControlKind;
  /** Name of the type: the code list of a choice. */
  readonly type: string;
  readonly choices: readonly string[];
  readonly isRequired: boolean;
  readonly value: unknown;
  /** Called with a new value; undefined for none. */
  readonly change: (value: unknown) => void;
}

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
        hint={kind === 'date' ? texts.date : kind === 'json' ? texts.json : undefined}
        isNumber={kind === 'number'}
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

/** Text that counts once the reader leaves the field, or presses Enter: half a date is none. */
function Written(props: {
  label: string;
  value: string;
  hint: string | undefined;
  isNumber: boolean;
  commit: (text: string) => void;
}) {
  const { label, value, hint, isNumber, commit } = props;
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (document.activeElement !== input.current) setText(value);
  }, [value]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) commit(text);
  };
  return (
    <input
      ref={input}
      type="text"
      aria-label={label}
      title={hint}
      inputMode={isNumber ? 'numeric' : undefined}
      size={isNumber ? 6 : hint ? 11 : 20}
      value={text}
      onChange={event => setText(event.target.value)}
      onBlur={() => commit(text)}
      onKeyDown={onKeyDown}
    />
  );
}

const textsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).map(String);

/** Codes of a list, each with a box to tick. */
function Choices({ label, type, choices, value, change }: ControlProps) {
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
function Records({ label, kind, value, change }: ControlProps) {
  const texts = useTranslation(translations);
  const ids = textsIn(value);
  const nameOf = useRecordNames(ids);
  const isOne = kind === 'record';
  const [id = ''] = ids;
  return (
    <span className="desk-look-up desk-records">
      {!isOne &&
        ids.map(other => (
          <button
            key={other}
            type="button"
            className="desk-button"
            aria-label={texts.remove(nameOf(other))}
            onClick={() => change(ids.filter(member => member !== other))}
          >
            {nameOf(other)} ×
          </button>
        ))}
      <RecordBox
        label={label}
        name={isOne && id ? nameOf(id) : ''}
        choose={record => change(isOne ? record.id : [...new Set([...ids, record.id])])}
      />
    </span>
  );
}
