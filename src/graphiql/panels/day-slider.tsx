import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useAnswer } from '../active-result.js';
import { useTongue, useWords } from '../language.js';
import { dayOf } from '../result/day-variable.js';
import { dateInWords } from '../result/words.js';

const words = {
  en: { label: 'As of', exactly: 'Exact day', year: 'Years and months' },
  nl: { label: 'Stand op', exactly: 'Precieze dag', year: 'Jaren en maanden' },
};

/** The year before the first tie of the two countries. */
const FIRST_YEAR = 1978;
/** How long to wait for the next move before asking, in milliseconds. */
const DEBOUNCE_MS = 250;

const monthOf = (day: string) => (Number(day.slice(0, 4)) - FIRST_YEAR) * 12 + Number(day.slice(5, 7) || 1) - 1;
const firstDayOf = (month: number) =>
  `${FIRST_YEAR + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;

/** The day that the answer is asked for; undefined where the question has no variable for one. */
export function useDay(): { variable: string; day: string } | undefined {
  const { answer } = useAnswer();
  return useMemo(() => answer && dayOf(answer), [answer]);
}

/** Asks the question of the tab again for another day; shows nothing where it is not one of a day. */
export function DaySlider() {
  const asked = useDay();
  const texts = useWords(words);
  const tongue = useTongue();
  const variableEditor = useGraphiQL(state => state.variableEditor);
  const { run } = useGraphiQLActions();
  const [day, setDay] = useState(asked?.day ?? '');
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { answer } = useAnswer();
  useEffect(() => setDay(asked?.day ?? ''), [asked?.day]);
  useEffect(() => () => clearTimeout(waiting.current), []);
  if (!asked || !answer) return null;
  const ask = (next: string) => {
    setDay(next);
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => {
      variableEditor?.setValue(JSON.stringify({ ...answer.variables, [asked.variable]: next }, null, 2));
      run();
    }, DEBOUNCE_MS);
  };
  const today = new Date().toISOString().slice(0, 10);
  return (
    <div className="desk-day">
      <span>
        {texts.label} <strong>{dateInWords(day, tongue)}</strong>
      </span>
      <input
        type="range"
        aria-label={texts.year}
        aria-valuetext={dateInWords(day, tongue)}
        min={0}
        max={monthOf(today)}
        value={monthOf(day)}
        onChange={event => ask(firstDayOf(Number(event.target.value)))}
      />
      <input
        type="date"
        aria-label={texts.exactly}
        min={`${FIRST_YEAR}-01-01`}
        max={today}
        value={/^\d{4}-\d\d-\d\d$/.test(day) ? day : ''}
        onChange={event => event.target.value && ask(event.target.value)}
      />
    </div>
  );
}
