import { type RefObject, useMemo, useState } from 'react';
import { selectedRecord, useActiveResult } from '../active-result.js';
import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { formatDate, formatPeriod } from '../result/format.js';
import { countTies, type DayCounts, tiesOnDay } from '../result/status-on-day.js';
import { type Timeline, type TimelineBar, type TimelinePoint, timelineOf } from '../result/timeline-data.js';
import { Card } from './card.js';
import { DayCountsLine, useDayWords } from './day-counts.js';
import { DaySlider, useDayVariable } from './day-slider.js';
import { Figure } from './figure.js';
import { usePalette } from './palette.js';
import { PicturePanel } from './picture-panel.js';
import { usePictureSettings } from './picture-settings.js';
import { Plotted } from './plotted.js';
import { legendOf, type MarkLabels, TIMELINE_BARS, TIMELINE_POINTS, timelinePlot } from './timeline-plot.js';
import { useMarkNavigation } from './use-mark-navigation.js';
import { useQuestionTitle } from './use-question-title.js';

const translations = {
  en: {
    title: 'Timeline',
    file: 'timeline',
    nothing: 'Nothing to draw: the answer contains no dates of ties, exchanges or programmes. Try this question:',
    exchanges: 'Exchanges',
    exchange: 'Exchange',
    programme: 'Programme',
    end: 'End of a tie',
    undated: 'Tie, start unknown',
    since: (from: string) => `since ${from}, status not known`,
    lanes: (count: number) => (count === 1 ? '1 line' : `${count} lines`),
    withoutStart: (count: number) => `${count} ties whose start is unknown`,
    notDrawn: (count: number) => `${count} without a known date, not drawn`,
    hint: 'Point at a bar or a dot, or use Tab and the arrow keys. Press Enter to select it for the Evidence panel.',
  },
  nl: {
    title: 'Tijdlijn',
    file: 'tijdlijn',
    nothing:
      'Er valt niets te tekenen: het antwoord bevat geen data van banden, uitwisselingen of programma’s. Deze vraag heeft ze:',
    exchanges: 'Uitwisselingen',
    exchange: 'Uitwisseling',
    programme: 'Programma',
    end: 'Einde van een band',
    undated: 'Band, begin onbekend',
    since: (from: string) => `sinds ${from}, stand niet bekend`,
    lanes: (count: number) => (count === 1 ? '1 regel' : `${count} regels`),
    withoutStart: (count: number) => `${count} banden waarvan het begin onbekend is`,
    notDrawn: (count: number) => `${count} zonder bekende datum, niet getekend`,
    hint: 'Wijs een balk of punt aan, of gebruik Tab en de pijltoetsen. Enter kiest het voor het paneel Bewijs.',
  },
  zh: {
    title: '时间线',
    file: 'timeline',
    nothing: '没有可绘制的内容：答案中没有友好关系、交流活动或项目的日期。可以试试这个问题：',
    exchanges: '交流活动',
    exchange: '交流活动',
    programme: '项目',
    end: '友好关系终止',
    undated: '友好关系，起始不明',
    since: (from: string) => `自${from}起，状态不明`,
    lanes: (count: number) => `${count}行`,
    withoutStart: (count: number) => `${count}个友好关系起始不明`,
    notDrawn: (count: number) => `${count}个日期不明，未绘制`,
    hint: '请指向条形或圆点，或使用 Tab 键和方向键。按 Enter 键可在“证据”面板中查看。',
  },
};

/** Draws any result with dates: partnerships and programmes as bars, exchanges and ends as points. */
export function TimelinePanel() {
  const texts = useTranslation(translations);
  const language = useReaderLanguage();
  const { root } = useActiveResult();
  const day = useDayVariable()?.day;
  const counts = useMemo(() => (root && day ? countTies(tiesOnDay(root, day)) : undefined), [root, day]);
  const today = new Date().toISOString().slice(0, 10);
  const timeline = useMemo(
    () => (root ? timelineOf(root, today, language, texts.exchanges) : undefined),
    [root, today, language, texts],
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
  const texts = useTranslation(translations);
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
        return formatPeriod(from, until, mark.kind === 'undated', language);
      },
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
  const texts = useTranslation(translations);
  const palette = usePalette();
  const language = useReaderLanguage();
  const labels = useMarkLabels();
  const questionTitle = useQuestionTitle();
  const day = useDayVariable()?.day;
  const { isSaved } = usePictureSettings();
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
      <p className="desk-count">{counted.join(' · ')}</p>
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
      {!isSaved && (
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
