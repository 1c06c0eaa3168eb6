import { type RefObject, useMemo, useState } from 'react';
import { selectedRecord, useActiveResult } from '../active-result.js';
import { today } from '../clock/amsterdam.js';
import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { formatDate, formatTick } from '../result/format.js';
import { countTies, type DayCounts, tiesOnDay } from '../result/status-on-day.js';
import { periodOf, type Timeline, type TimelineBar, type TimelinePoint, timelineOf } from '../result/timeline-data.js';
import { Card } from './card.js';
import { DayCountsLine, useDayWords } from './day-counts.js';
import { DaySlider, useDayVariable } from './day-slider.js';
import { Facts, Figure } from './figure.js';
import { usePalette } from './palette.js';
import { PicturePanel } from './picture-panel.js';
import { usePictureSettings } from './picture-settings.js';
import { Plotted } from './plotted.js';
import { legendOf, type MarkLabels, TIMELINE_BARS, TIMELINE_POINTS, timelinePlot } from './timeline-plot.js';
import { timelineTexts } from './timeline-texts.js';
import { useMarkNavigation } from './use-mark-navigation.js';
import { useQuestionTitle } from './use-question-title.js';

/** Draws any result with dates: partnerships and programmes as bars, exchanges and ends as points. */
export function TimelinePanel() {
  const texts = useTranslation(timelineTexts);
  const language = useReaderLanguage();
  const { root } = useActiveResult();
  const day = useDayVariable()?.day;
  const counts = useMemo(() => (root && day ? countTies(tiesOnDay(root, day)) : undefined), [root, day]);
  const lastDay = today();
  const timeline = useMemo(
    () => (root ? timelineOf(root, lastDay, language, texts.exchanges) : undefined),
    [root, lastDay, language, texts],
  );
  const hasMarks = timeline && timeline.lanes.length > 0;
  return (
    <PicturePanel
      title={texts.title}
      file={texts.file}
      above={hasMarks && <DayCountsLine counts={counts} day={day} />}
      controls={<DaySlider />}
      draw={
        hasMarks ? (width, svg) => <Picture timeline={timeline} counts={counts} width={width} svg={svg} /> : undefined
      }
      nothing={texts.nothing}
      question="40-ties-over-time"
    />
  );
}

/** Returns functions that label the marks of a timeline in the current language. */
function useMarkLabels(): MarkLabels {
  const texts = useTranslation(timelineTexts);
  const language = useReaderLanguage();
  const enumLabel = useEnumLabels(language);
  return useMemo(
    () => ({
      name: mark => ('on' in mark && mark.label !== mark.lane ? `${mark.label} (${mark.lane})` : mark.lane),
      kind: mark =>
        mark.kind === 'status' ? enumLabel('PartnershipStatus', mark.status ?? 'UNKNOWN') : texts[mark.kind],
      date: mark => {
        if ('on' in mark) return formatDate(mark.recorded, language);
        const { from, until } = mark.recorded;
        if (mark.status === 'UNKNOWN' && from && !until) return texts.since(formatDate(from, language));
        return periodOf(mark, language);
      },
      tick: date => formatTick(date, language),
    }),
    [texts, language, enumLabel],
  );
}

function Picture(props: {
  timeline: Timeline;
  counts: DayCounts | undefined;
  width: number;
  svg: RefObject<SVGSVGElement | null>;
}) {
  const { timeline, counts, width, svg } = props;
  const { bars, points, lanes, undated } = timeline;
  const texts = useTranslation(timelineTexts);
  const palette = usePalette();
  const language = useReaderLanguage();
  const labels = useMarkLabels();
  const questionTitle = useQuestionTitle();
  const day = useDayVariable()?.day;
  const { purpose } = usePictureSettings();
  const dayWords = useDayWords();
  const [focused, setFocused] = useState(-1);
  const marks: readonly (TimelineBar | TimelinePoint)[] = useMemo(() => [...bars, ...points], [bars, points]);
  useMarkNavigation(svg, setFocused, mark => selectedRecord.set(marks[mark]?.record ?? null));
  const { options, height } = useMemo(
    () => timelinePlot(timeline, labels, palette, width, day),
    [timeline, labels, palette, width, day],
  );
  const layers = useMemo(() => ({ [TIMELINE_BARS]: 0, [TIMELINE_POINTS]: bars.length }), [bars]);
  const mark = marks[focused];
  const withoutStart = bars.filter(({ kind }) => kind === 'undated').length;
  const counted = [
    texts.lanes(lanes.length),
    withoutStart > 0 && texts.withoutStart(withoutStart),
    undated > 0 && texts.notDrawn(undated),
  ].filter(text => text !== false);
  const ofDay = day && counts && counts.total > 0 ? [`${formatDate(day, language)}: ${dayWords(counts)}`] : [];
  return (
    <>
      <Facts facts={counted} />
      <Figure
        title={questionTitle ?? texts.title}
        facts={[...ofDay, ...counted]}
        legend={legendOf(timeline, palette, labels)}
        palette={palette}
        width={width}
        height={height}
        svg={svg}
      >
        <Plotted options={options} layers={layers} palette={palette} />
      </Figure>
      {purpose === 'panel' && (
        <Card hint={texts.hint} record={mark?.record}>
          {mark && (
            <>
              <p>
                <strong>{labels.name(mark)}</strong>
              </p>
              <p>
                {labels.kind(mark)} · {labels.date(mark)}
              </p>
            </>
          )}
        </Card>
      )}
    </>
  );
}
