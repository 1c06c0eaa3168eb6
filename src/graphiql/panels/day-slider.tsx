import { useGraphiQL } from '@graphiql/react';
import { useEffect, useRef, useState } from 'react';
import { useActiveResult } from '../active-result.js';
import { today } from '../clock/amsterdam.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { oncePerObject } from '../once-per-object.js';
import { type DayVariable, dayVariableOf } from '../result/day-variable.js';
import { formatDate } from '../result/format.js';
import { useVariables } from '../variables/use-variables.js';

const translations = {
  en: { label: 'As of', exactly: 'Exact day', year: 'Years and months' },
  nl: { label: 'Stand op', exactly: 'Precieze dag', year: 'Jaren en maanden' },
  zh: { label: '截至', exactly: '具体日期', year: '年与月' },
};

/** Year before the first partnership. */
export const FIRST_YEAR = 1978;
/** Delay after the last move of the slider before the operation runs. */
const DEBOUNCE_MS = 250;

const monthOf = (day: string) => (Number(day.slice(0, 4)) - FIRST_YEAR) * 12 + Number(day.slice(5, 7) || 1) - 1;
const firstDayOf = (month: number) =>
  `${FIRST_YEAR + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;

/** Returns the day variable of the current operation and its value; `undefined` if it has none. */
export function useDayVariable(): DayVariable | undefined {
  const { result } = useActiveResult();
  return result && dayVariableOfResult(result);
}

const dayVariableOfResult = oncePerObject(dayVariableOf);

/** Runs the operation of the tab again for another day. Renders nothing if it has no day variable. */
export function DaySlider() {
  const dayVariable = useDayVariable();
  const texts = useTranslation(translations);
  const language = useReaderLanguage();
  const { change } = useVariables();
  const [day, setDay] = useState(dayVariable?.day ?? '');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { result } = useActiveResult();
  useEffect(() => setDay(dayVariable?.day ?? ''), [dayVariable?.day]);
  const tab = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]?.id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab has an editor with other variables.
  useEffect(() => () => clearTimeout(timer.current), [tab]);
  if (!dayVariable || !result) return null;
  const runForDay = (next: string) => {
    setDay(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => change(dayVariable.variable, next), DEBOUNCE_MS);
  };
  return (
    <div className="desk-day">
      <span>
        {texts.label} <strong>{formatDate(day, language)}</strong>
      </span>
      <input
        type="range"
        aria-label={texts.year}
        aria-valuetext={formatDate(day, language)}
        min={0}
        max={monthOf(today())}
        value={monthOf(day)}
        onChange={event => runForDay(firstDayOf(Number(event.target.value)))}
      />
      <input
        type="date"
        aria-label={texts.exactly}
        min={`${FIRST_YEAR}-01-01`}
        max={today()}
        value={/^\d{4}-\d\d-\d\d$/.test(day) ? day : ''}
        onChange={event => event.target.value && runForDay(event.target.value)}
      />
    </div>
  );
}
