import { type RefObject, useMemo, useState } from 'react';
import { selectedRecord, useActiveResult } from '../active-result.js';
import { useEnumLabels } from '../enum-labels.js';
import { useLanguage, useTranslation } from '../language.js';
import { formatDate, formatPeriod } from '../result/format.js';
import { type Timeline, type TimelineBar, type TimelinePoint, timelineOf } from '../result/timeline-data.js';
import { Card } from './card.js';
import { DaySlider, useDayVariable } from './day-slider.js';
import { Figure } from './figure.js';
import { usePalette } from './palette.js';
import { PicturePanel } from './picture-panel.js';
import { Plotted } from './plotted.js';
import { heightOf, legendOf, type MarkLabels, TIMELINE_BARS, TIMELINE_POINTS, timelinePlot } from './timeline-plot.js';
import { useMarkNavigation } from './use-mark-navigation.js';
import { useQuestionTitle } from './use-question-title.js';

const translations = {
  en: {
    title: 'Timeline',
    nothing: 'Nothing to draw: the answer contains no dates of ties, exchanges or programmes. Try this question:',
    exchanges: 'Exchanges',
    exchange: 'Exchange',
    programme: 'Programme',
    end: 'End of a tie',
    lanes: (count: number) => (count === 1 ? '1 line' : `${count} lines`),
    undated: (count: number) => `${count} without a known date, not drawn`,
    hint: 'Point at a bar or a dot, or use Tab and the arrow keys. Press Enter to select it for the Evidence panel.',
  },
  nl: {
    title: 'Tijdlijn',
    nothing:
      'Er valt niets te tekenen: het antwoord bevat geen data van banden, uitwisselingen of programma’s. Deze vraag heeft ze:',
    exchanges: 'Uitwisselingen',
    exchange: 'Uitwisseling',
    programme: 'Programma',
    end: 'Einde van een band',
    lanes: (count: number) => (count === 1 ? '1 regel' : `${count} regels`),
    undated: (count: number) => `${count} zonder bekende datum, niet getekend`,
    hint: 'Wijs een balk of punt aan, of gebruik Tab en de pijltoetsen. Enter kiest het voor het paneel Evidence.',
  },
};

/** Draws any result with dates: partnerships and programmes as bars, exchanges and ends as points. */
export function TimelinePanel() {
  const texts = useTranslation(translations);
  const language = useLanguage();
  const { root } = useActiveResult();
  const today = new Date().toISOString().slice(0, 10);
  const timeline = useMemo(
    () => (root ? timelineOf(root, today, language, texts.exchanges) : undefined),
    [root, today, language, texts],
  );
  const hasMarks = timeline && timeline.lanes.length > 0;
  return (
    <PicturePanel
      title={texts.title}
      file="timeline"
      controls={<DaySlider />}
      draw={hasMarks ? (width, svg) => <Picture timeline={timeline} width={width} svg={svg} /> : undefined}
      nothing={texts.nothing}
      question="40-ties-over-time"
    />
  );
}

/** Returns functions that label the marks of a timeline in the current language. */
function useMarkLabels(): MarkLabels {
  const texts = useTranslation(translations);
  const language = useLanguage();
  const enumLabel = useEnumLabels();
  return useMemo(
    () => ({
      name: mark => ('on' in mark && mark.label !== mark.lane ? `${mark.label} (${mark.lane})` : mark.lane),
      kind: mark =>
        mark.kind === 'status' ? enumLabel('PartnershipStatus', mark.status ?? 'UNKNOWN') : texts[mark.kind],
      date: mark =>
        'on' in mark
          ? formatDate(mark.recorded, language)
          : formatPeriod(mark.recorded.from, mark.recorded.until, false, language),
    }),
    [texts, language, enumLabel],
  );
}

function Picture(props: { timeline: Timeline; width: number; svg: RefObject<SVGSVGElement | null> }) {
  const { timeline, width, svg } = props;
  const { bars, points, lanes, undated } = timeline;
  const texts = useTranslation(translations);
  const palette = usePalette();
  const labels = useMarkLabels();
  const questionTitle = useQuestionTitle();
  const day = useDayVariable()?.day;
  const [focused, setFocused] = useState(-1);
  const marks: readonly (TimelineBar | TimelinePoint)[] = useMemo(() => [...bars, ...points], [bars, points]);
  useMarkNavigation(svg, setFocused, mark => selectedRecord.set(marks[mark]?.record ?? null));
  const plotted = useMemo(
    () => timelinePlot(timeline, labels, palette, width, day),
    [timeline, labels, palette, width, day],
  );
  const layers = useMemo(() => ({ [TIMELINE_BARS]: 0, [TIMELINE_POINTS]: bars.length }), [bars]);
  const mark = marks[focused];
  return (
    <>
      <p className="desk-count">
        {[texts.lanes(lanes.length), undated > 0 && texts.undated(undated)].filter(Boolean).join(' · ')}
      </p>
      <Figure
        title={questionTitle ?? texts.title}
        legend={legendOf(timeline, palette, labels)}
        palette={palette}
        width={width}
        height={heightOf(timeline)}
        svg={svg}
      >
        <Plotted options={plotted} layers={layers} palette={palette} />
      </Figure>
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
    </>
  );
}
