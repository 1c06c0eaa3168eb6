import { type RefObject, useMemo, useState } from 'react';
import { selected, useAnswer } from '../active-result.js';
import { useEnumWords } from '../enum-words.js';
import { useTongue, useWords } from '../language.js';
import { type Bar, type Moment, type Timeline, timelineOf } from '../result/periods.js';
import { dateInWords, periodInWords } from '../result/words.js';
import { Card } from './card.js';
import { DaySlider, useDay } from './day-slider.js';
import { Figure } from './figure.js';
import { usePalette } from './palette.js';
import { PicturePanel } from './picture-panel.js';
import { Plotted } from './plotted.js';
import { BARS, heightOf, type InWords, legendOf, MOMENTS, timelinePlot } from './timeline-plot.js';
import { useMarkNavigation } from './use-mark-navigation.js';
import { useQuestionTitle } from './use-question-title.js';

const words = {
  en: {
    title: 'Timeline',
    nothing:
      'There is nothing to draw: the answer holds no dates of ties, exchanges or programmes. This question has them:',
    exchanges: 'Exchanges',
    exchange: 'Exchange',
    programme: 'Programme',
    end: 'End of a tie',
    lanes: (count: number) => (count === 1 ? '1 line' : `${count} lines`),
    undated: (count: number) => `${count} without a known date, not drawn`,
    hint: 'Point at a bar or a dot, or use Tab and the arrow keys. Enter chooses it for the Evidence panel.',
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

/** Any answer with dates: ties and their periods as bars, exchanges as points, programmes as bands. */
export function TimelinePanel() {
  const texts = useWords(words);
  const tongue = useTongue();
  const { root } = useAnswer();
  const today = new Date().toISOString().slice(0, 10);
  const timeline = useMemo(
    () => (root ? timelineOf(root, today, tongue, texts.exchanges) : undefined),
    [root, today, tongue, texts],
  );
  const something = timeline && timeline.lanes.length > 0;
  return (
    <PicturePanel
      title={texts.title}
      file="timeline"
      above={<DaySlider />}
      draw={something ? (width, svg) => <Picture timeline={timeline} width={width} svg={svg} /> : undefined}
      nothing={texts.nothing}
      question="40-ties-over-time"
    />
  );
}

/** The marks of a timeline in the language of the panels. */
function useInWords(): InWords {
  const texts = useWords(words);
  const tongue = useTongue();
  const enumWords = useEnumWords();
  return useMemo(
    () => ({
      name: mark => ('on' in mark && mark.label !== mark.lane ? `${mark.label} (${mark.lane})` : mark.lane),
      kind: mark =>
        mark.kind === 'status' ? enumWords('PartnershipStatus', mark.status ?? 'UNKNOWN') : texts[mark.kind],
      when: mark =>
        'on' in mark ? dateInWords(mark.said, tongue) : periodInWords(mark.said.from, mark.said.until, false, tongue),
    }),
    [texts, tongue, enumWords],
  );
}

function Picture(props: { timeline: Timeline; width: number; svg: RefObject<SVGSVGElement | null> }) {
  const { timeline, width, svg } = props;
  const { bars, moments, lanes, undated } = timeline;
  const texts = useWords(words);
  const palette = usePalette();
  const inWords = useInWords();
  const questionTitle = useQuestionTitle();
  const asked = useDay()?.day;
  const [shown, setShown] = useState(-1);
  const marks: readonly (Bar | Moment)[] = useMemo(() => [...bars, ...moments], [bars, moments]);
  useMarkNavigation(svg, setShown, mark => selected.set(marks[mark]?.record ?? null));
  const plotted = useMemo(
    () => timelinePlot(timeline, inWords, palette, width, asked),
    [timeline, inWords, palette, width, asked],
  );
  const layers = useMemo(() => ({ [BARS]: 0, [MOMENTS]: bars.length }), [bars]);
  const mark = marks[shown];
  return (
    <>
      <p className="desk-count">
        {[texts.lanes(lanes.length), undated > 0 && texts.undated(undated)].filter(Boolean).join(' · ')}
      </p>
      <Figure
        title={questionTitle ?? texts.title}
        legend={legendOf(timeline, palette, inWords)}
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
              <strong>{inWords.name(mark)}</strong>
            </p>
            <p>
              {inWords.kind(mark)} · {inWords.when(mark)}
            </p>
          </>
        )}
      </Card>
    </>
  );
}
