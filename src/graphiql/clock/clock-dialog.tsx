import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useReaderLanguage } from '../language.js';
import { isInstant, type KnownAt } from '../result/known-at.js';
import { dayOf, endOfSkippedHour, instantsOf, today } from './amsterdam.js';
import { Instants } from './banner.js';
import { ChangeList } from './change-list.js';
import { clockTexts } from './clock-texts.js';
import { currentKnownAt, setKnownAt } from './moment.js';
import { type Refusal, resolveMoment } from './resolve-moment.js';

/**
 * Sets the clock to a day and a time, or to a change. Moves the page only to a moment that the register knows, and not after
 * the dialog was closed.
 */
export function ClockDialog({ close }: { close: () => void }) {
  const language = useReaderLanguage();
  const texts = clockTexts[language];
  const [refusal, setRefusal] = useState<Refusal>();
  const [isAsking, setAsking] = useState(false);
  const request = useRef<AbortController>(undefined);
  useEffect(() => () => request.current?.abort(), []);

  const choose = async (knownAt: KnownAt) => {
    setAsking(true);
    setRefusal(undefined);
    request.current = new AbortController();
    const { signal } = request.current;
    const moment = await resolveMoment(knownAt, language, signal).catch(() => undefined);
    if (!moment || signal.aborted) return;
    setAsking(false);
    if (moment.state === 'refused') return setRefusal(moment.refusal);
    setKnownAt(knownAt);
    close();
  };
  const chooseTime = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const [day, time] = [String(values.get('day')), String(values.get('time'))];
    if (!day) return setRefusal({ message: texts.noDay, instants: [] });
    // The register refuses a day without a time, and offers the two instants at which it begins and ends.
    const instants = time ? instantsOf(day, time) : [day];
    const [instant = endOfSkippedHour(day)] = instants;
    if (instants.length === 1) return void choose(instant);
    const message = instants.length === 2 ? texts.repeatedHour : texts.skippedHour;
    return setRefusal({ message, instants: instants.length === 2 ? instants : [instant] });
  };
  const backToNow = () => {
    setKnownAt(undefined);
    close();
  };
  return (
    <>
      <div className="clock-head">
        <h2 id="clock-title">{texts.set}</h2>
        <button type="button" onClick={close}>
          {texts.close}
        </button>
      </div>
      <p>{texts.explanation}</p>
      <form onSubmit={chooseTime} noValidate>
        <label>
          {texts.day}
          <input type="date" name="day" max="9999-12-31" defaultValue={currentDay()} />
        </label>
        <label>
          {texts.time}
          <input type="time" name="time" step="1" aria-describedby="clock-time-hint" />
        </label>
        <button type="submit" disabled={isAsking}>
          {texts.show}
        </button>
        {currentKnownAt() !== undefined && (
          <button type="button" onClick={backToNow}>
            {texts.back}
          </button>
        )}
        <small id="clock-time-hint">{texts.timeHint}</small>
      </form>
      <div role="alert" className="clock-refusal">
        {refusal && (
          <>
            <p>{refusal.message}</p>
            <div className="clock-actions">
              <Instants refusal={refusal} choose={instant => void choose(instant)} />
            </div>
          </>
        )}
      </div>
      <h3>{texts.afterChange}</h3>
      <ChangeList choose={cursor => void choose(cursor)} isDisabled={isAsking} />
    </>
  );
}

/** Returns the day of the clock, if it is set to an instant, or of the present. */
function currentDay(): string {
  const knownAt = currentKnownAt();
  return knownAt !== undefined && isInstant(knownAt) ? dayOf(new Date(knownAt)) : today();
}
