import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { fetchAt } from '../clock/fetch-at.js';
import { useKnownAt } from '../clock/moment.js';
import { failureMessage } from '../failure-message.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import type { RecordHit } from '../result/record-hits.js';
import { lookUp } from './look-up-records.js';
import { RecordOptions } from './record-options.js';

const translations = {
  en: {
    none: 'No record has this name.',
    hits: (count: number) => (count === 1 ? '1 record' : `${count} records`),
  },
  nl: {
    none: 'Niets in het register heet zo.',
    hits: (count: number) => (count === 1 ? '1 gegeven' : `${count} gegevens`),
  },
  zh: { none: '登记册中没有这个名称。', hits: (count: number) => `${count} 条记录` },
};

/** Time without a key after which the register is asked. */
const DEBOUNCE_MS = 60;

interface Answered {
  /** Text that was looked up. */
  readonly text: string;
  readonly records: readonly RecordHit[];
  readonly message?: string;
}

const NOTHING: Answered = { text: '', records: [] };

/** Box that finds a record by its name, in any language and spelling: the combobox of ARIA. */
export function RecordBox(props: {
  label: string;
  /** Called with the record that the reader chooses. */
  choose: (record: RecordHit) => void;
  /** Name that the box shows at first, and again if it changes. */
  name?: string | undefined;
}) {
  const { label, choose, name = '' } = props;
  const texts = useTranslation(translations);
  const language = useReaderLanguage();
  const knownAt = useKnownAt();
  const list = useId();
  const [text, setText] = useState(name);
  const [isOpen, setOpen] = useState(false);
  /** A text that differs from it was typed. */
  const lastName = useRef(name);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a name that comes late replaces nothing that is being typed.
  useEffect(() => {
    if (!isOpen || text === lastName.current) setText(name);
    lastName.current = name;
  }, [name]);
  const [answered, setAnswered] = useState(NOTHING);
  const [active, setActive] = useState(0);
  /** Enter was pressed before the records came: the first is opened when they do. */
  const isAwaited = useRef(false);
  const take = (record: RecordHit | undefined) => {
    if (!record) return;
    setText(record.name);
    setOpen(false);
    choose(record);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new function on each rendering, of the language and the moment.
  useEffect(() => {
    if (!isOpen) return undefined;
    const request = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const records = await lookUp(text, language, fetchAt(knownAt), request.signal);
        if (request.signal.aborted) return;
        setAnswered({ text, records });
        setActive(0);
        if (isAwaited.current) take(records[0]);
      } catch (error) {
        if (!request.signal.aborted) setAnswered({ text, records: [], message: failureMessage(error) });
      }
      isAwaited.current = false;
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      request.abort();
      isAwaited.current = false;
    };
  }, [text, language, knownAt, isOpen]);

  const { records } = answered;
  const isAnswered = answered.text === text && text.trim() !== '';
  const isShown = isOpen && records.length > 0 && text.trim() !== '';
  const move = (step: number) => {
    setOpen(true);
    if (isShown) setActive((active + step + records.length) % records.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') {
      if (isAnswered) take(records[active]);
      else isAwaited.current = isOpen && text.trim() !== '';
    } else if (event.key === 'Escape') {
      if (isShown) setOpen(false);
      else setText('');
    } else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        type="text"
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={isShown}
        aria-controls={list}
        aria-activedescendant={isShown ? `${list}-${active}` : undefined}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={event => {
          setText(event.target.value);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <RecordOptions {...{ list, label, records, active, isShown, setActive, take }} />
      <span role="status" className={isAnswered && records.length === 0 ? 'desk-look-up-none' : 'desk-hidden'}>
        {isAnswered && (answered.message ?? (records.length === 0 ? texts.none : texts.hits(records.length)))}
      </span>
    </>
  );
}
