import { useMemo, useState } from 'react';
import { useActiveResult } from '../active-result.js';
import { today } from '../clock/amsterdam.js';
import { useTranslation } from '../language.js';
import { mapDataOf } from '../result/map-data.js';
import { compareDays, countTies, tiesOnDay } from '../result/status-on-day.js';
import type { ResultObject } from '../result/typed-result.js';
import { Comparison } from './comparison.js';
import { DayCountsLine } from './day-counts.js';
import { DaySlider, FIRST_YEAR, useDayVariable } from './day-slider.js';
import type { MapOfDay } from './map-labels.js';
import { MapPicture } from './map-picture.js';
import { mapTexts } from './map-texts.js';
import { PicturePanel } from './picture-panel.js';
import { useSecondDay } from './use-second-day.js';

const mapOf = (root: ResultObject, day: string | undefined): MapOfDay => ({
  day,
  mapData: mapDataOf(root, day),
  ties: day === undefined ? new Map() : tiesOnDay(root, day),
});

/** Draws any result with locations on a map of the two countries; two days beside each other. */
export function MapPanel() {
  const texts = useTranslation(mapTexts);
  const { root } = useActiveResult();
  const day = useDayVariable()?.day;
  const [secondDay, setSecondDay] = useState<string>();
  const [search, setSearch] = useState('');
  const [muted, setMuted] = useState<ReadonlySet<string>>(new Set());
  const second = useSecondDay(day === undefined ? undefined : secondDay);
  const first = useMemo(() => root && mapOf(root, day), [root, day]);
  const other = useMemo(() => (second?.root ? mapOf(second.root, second.day) : undefined), [second]);
  const lists = useMemo(() => first && other && compareDays(first.ties, other.ties), [first, other]);
  const counts = useMemo(() => first && countTies(first.ties), [first]);
  const otherCounts = useMemo(() => other && countTies(other.ties), [other]);
  const muting = useMemo(() => {
    const toggle = (key: string) =>
      setMuted(keys => new Set(keys.has(key) ? [...keys].filter(other => other !== key) : [...keys, key]));
    return { muted, toggle };
  }, [muted]);
  const hasPlaces = first && first.mapData.places.length > 0;
  const controls = (
    <>
      <DaySlider />
      {day !== undefined && (
        <SecondDayChoice day={secondDay} choose={setSecondDay} isAsking={secondDay !== undefined && !second} />
      )}
      {second?.error && <p role="alert">{second.error}</p>}
    </>
  );
  return (
    <PicturePanel
      title={texts.title}
      file={texts.file}
      day={day && other?.day ? `${day}-${other.day}` : undefined}
      controls={controls}
      draw={
        hasPlaces
          ? (width, svg) => (
              <MapPicture
                maps={other ? [first, other] : [first]}
                search={search}
                muting={muting}
                lists={lists}
                width={width}
                svg={svg}
              />
            )
          : undefined
      }
      above={
        hasPlaces && (
          <>
            <DayCountsLine counts={counts} day={day} />
            <DayCountsLine counts={otherCounts} day={other?.day} />
            <input
              type="search"
              className="desk-search"
              aria-label={texts.search}
              placeholder={texts.search}
              value={search}
              onChange={event => setSearch(event.target.value)}
            />
          </>
        )
      }
      below={lists && day && other?.day && <Comparison lists={lists} days={[day, other.day]} />}
      nothing={texts.nothing}
      question="38-all-ties-on-the-map"
    />
  );
}

/** Button that compares with today, and the day that it compares with. */
function SecondDayChoice(props: {
  day: string | undefined;
  choose: (day: string | undefined) => void;
  isAsking: boolean;
}) {
  const { day, choose, isAsking } = props;
  const texts = useTranslation(mapTexts);
  return (
    <div className="desk-day">
      <button
        type="button"
        className="desk-button"
        aria-pressed={day !== undefined}
        onClick={() => choose(day === undefined ? today() : undefined)}
      >
        {day === undefined ? texts.compare : texts.stop}
      </button>
      {day !== undefined && (
        <input
          type="date"
          aria-label={texts.secondDay}
          min={`${FIRST_YEAR}-01-01`}
          max={today()}
          value={day}
          onChange={event => event.target.value && choose(event.target.value)}
        />
      )}
      <span role="status">{isAsking && texts.asking}</span>
    </div>
  );
}
