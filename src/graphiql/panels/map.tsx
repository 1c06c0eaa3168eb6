import { china, netherlands } from 'virtual:outlines';
import { type RefObject, useMemo, useRef, useState } from 'react';
import { labelOf, nameIn } from '../answer/items.js';
import { type Arc, type Located, locate, type Place } from '../answer/ties.js';
import { dateInWords, periodInWords } from '../answer/words.js';
import { useEnumWords } from '../enum-words.js';
import { selected, useAnswer } from '../page-answers.js';
import { useTongue, useWords } from '../tongue.js';
import { Card } from './card.js';
import { DaySlider } from './day-slider.js';
import { Figure, SaveButtons } from './figure.js';
import { layLabels, layMap } from './map-layout.js';
import { DASHES, type Palette, usePalette } from './palette.js';
import { Nothing, Panel } from './panel.js';
import { useMarks } from './use-marks.js';
import { useQuestionTitle } from './use-question-title.js';
import { useWidth } from './use-width.js';

const words = {
  en: {
    title: 'Map',
    nothing: 'There is nothing to draw: the answer holds no authority with a location. This question has them:',
    ties: (count: number) => (count === 1 ? '1 tie' : `${count} ties`),
    places: (count: number) => (count === 1 ? '1 authority' : `${count} authorities`),
    unplaced: (count: number) => `${count} without a known place`,
    countries: { NL: 'Netherlands', CN: 'China' },
    exchange: 'Exchange',
    unasked: 'Tie, status not asked for',
    near: 'drawn at the prefecture or province',
    evidence: 'Evidence',
    credits: 'outlines: Natural Earth · places: GeoNames, CC BY 4.0',
    hint: 'Point at a line, or use Tab and the arrow keys. Enter shows its evidence.',
  },
  nl: {
    title: 'Kaart',
    nothing: 'Er valt niets te tekenen: het antwoord bevat geen overheid met een locatie. Deze vraag heeft ze wel:',
    ties: (count: number) => (count === 1 ? '1 band' : `${count} banden`),
    places: (count: number) => (count === 1 ? '1 overheid' : `${count} overheden`),
    unplaced: (count: number) => `${count} zonder bekende plaats`,
    countries: { NL: 'Nederland', CN: 'China' },
    exchange: 'Uitwisseling',
    unasked: 'Band, naar de status is niet gevraagd',
    near: 'getekend bij de prefectuur of provincie',
    evidence: 'Bewijs',
    credits: 'omtrekken: Natural Earth · plaatsen: GeoNames, CC BY 4.0',
    hint: 'Wijs een lijn aan, of gebruik Tab en de pijltoetsen. Enter toont het bewijs.',
  },
};

/** Any answer with places, as the two countries with ties between them. */
export function TieMap() {
  const texts = useWords(words);
  const { root } = useAnswer();
  const located = useMemo(() => (root ? locate(root) : undefined), [root]);
  const frame = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const width = useWidth(frame);
  const something = located && located.places.length > 0;
  return (
    <Panel title={texts.title} tools={something && <SaveButtons name="map" svg={svg} />}>
      <DaySlider />
      <div ref={frame} className="desk-frame">
        {something && width > 0 && <Picture located={located} width={width} svg={svg} />}
      </div>
      {!something && <Nothing question="38-all-ties-on-the-map">{texts.nothing}</Nothing>}
    </Panel>
  );
}

const colorOf = (palette: Palette, { status }: Arc) => palette.status[status ?? 'UNKNOWN'] ?? palette.faint;
/** What ended lies on top: it is the news. */
const ORDER = ['UNKNOWN', 'EXCHANGE', 'NOT_YET_STARTED', 'ACTIVE', 'DORMANT', 'ENDED'];

function Picture(props: { located: Located; width: number; svg: RefObject<SVGSVGElement | null> }) {
  const { located, width, svg } = props;
  const texts = useWords(words);
  const tongue = useTongue();
  const palette = usePalette();
  const enumWords = useEnumWords();
  const questionTitle = useQuestionTitle();
  const [shown, setShown] = useState(-1);
  const layout = useMemo(() => layMap(width, { NL: netherlands, CN: china }), [width]);
  const arcs = useMemo(
    () => located.arcs.toSorted((a, b) => ORDER.indexOf(a.status ?? '') - ORDER.indexOf(b.status ?? '')),
    [located],
  );
  const statusWords = (status: string | null) =>
    status === 'EXCHANGE' ? texts.exchange : status === null ? texts.unasked : enumWords('PartnershipStatus', status);
  const legend = [...Map.groupBy(arcs, ({ status }) => status)].map(([status, [arc, ...others]]) => ({
    label: `${statusWords(status)} (${others.length + 1})`,
    color: colorOf(palette, arc as Arc),
    shape: 'line' as const,
    dash: DASHES[status ?? ''],
  }));
  const places = useMemo(() => {
    const ties = (place: Place) =>
      arcs.filter(one => [one.dutch.record, one.chinese.record].includes(place.record)).length;
    const drawn = located.places.map(place => ({
      place,
      country: place.country,
      point: layout.at(place),
      text: nameIn(place.called, tongue) ?? '',
      ties: ties(place),
    }));
    return drawn.sort((a, b) => b.ties - a.ties);
  }, [located, arcs, layout, tongue]);
  const labels = layLabels(places, width);
  useMarks(svg, setShown, mark => selected.set(arcs[mark]?.record ?? null));
  const counted = [texts.ties(arcs.length), texts.places(places.length)];
  if (located.unplaced > 0) counted.push(texts.unplaced(located.unplaced));
  const arc = arcs[shown];

  return (
    <>
      <p className="desk-count">{counted.join(' · ')}</p>
      <Figure
        title={questionTitle ?? texts.title}
        credits={texts.credits}
        legend={legend}
        palette={palette}
        width={width}
        height={layout.height}
        svg={svg}
      >
        {(['NL', 'CN'] as const).map(country => (
          <g key={country}>
            <path d={layout.outlines[country]} fill={palette.land} stroke={palette.coast} strokeWidth={0.8} />
            <text {...layout.titles[country]} fontSize={12} fontWeight={600} fill={palette.faint}>
              {texts.countries[country]}
            </text>
          </g>
        ))}
        <g fill="none" strokeLinecap="round" data-dimmed={shown >= 0}>
          {arcs.map((one, index) => {
            const line = layout.arc(layout.at(one.dutch), layout.at(one.chinese));
            const name = labelOf(one.record, tongue) || sides(one, tongue);
            return (
              <g
                // biome-ignore lint/suspicious/noArrayIndexKey: the arcs of an answer are drawn anew with the next one.
                key={index}
                className="desk-arc"
                data-mark={index}
                data-status={one.status ?? ''}
                tabIndex={index === 0 ? 0 : -1}
                aria-label={`${name}, ${statusWords(one.status)}, ${periodInWords(one.startedOn, one.endedOn, one.status === 'ENDED', tongue)}`}
              >
                <path
                  d={line}
                  stroke={colorOf(palette, one)}
                  strokeWidth={index === shown ? 4 : 1.7}
                  strokeOpacity={shown < 0 || index === shown ? 0.9 : 0.3}
                  strokeDasharray={DASHES[one.status ?? '']}
                />
                <path d={line} stroke="transparent" strokeWidth={9} />
              </g>
            );
          })}
        </g>
        <g pointerEvents="none">
          {places.map(({ place, point }) => (
            <circle
              key={`${place.country} ${place.latitude} ${place.longitude} ${place.called.en}`}
              cx={point.x}
              cy={point.y}
              r={3}
              fill={palette.place}
              stroke={palette.paper}
              strokeWidth={1}
            />
          ))}
          {labels.map(({ text, x, y, anchor }) => (
            <text
              key={`${text} ${x} ${y}`}
              x={x}
              y={y + 3.5}
              fontSize={11}
              textAnchor={anchor}
              fill={palette.ink}
              stroke={palette.paper}
              strokeWidth={3}
              paintOrder="stroke"
            >
              {text}
            </text>
          ))}
        </g>
      </Figure>
      <Card hint={texts.hint}>
        {arc && (
          <>
            <Names place={arc.dutch} near={texts.near} />
            <Names place={arc.chinese} near={texts.near} />
            <p>
              <strong>{statusWords(arc.status)}</strong> ·{' '}
              {arc.status === 'EXCHANGE'
                ? arc.startedOn && dateInWords(arc.startedOn, tongue)
                : periodInWords(arc.startedOn, arc.endedOn, arc.status === 'ENDED', tongue)}
            </p>
            {arc.evidence.length > 0 && (
              <p>
                {texts.evidence}: {arc.evidence.join('; ')}
              </p>
            )}
          </>
        )}
      </Card>
    </>
  );
}

const sides = ({ dutch, chinese }: Arc, tongue: 'nl' | 'en') =>
  [nameIn(dutch.called, tongue), nameIn(chinese.called, tongue)].filter(Boolean).join(' – ');

/** An authority in the languages that the answer holds, each told once. */
function Names({ place: { called, approximate }, near }: { place: Place; near: string }) {
  const told = new Set<string>();
  const names = (['nl', 'en', 'zh'] as const).filter(language => {
    const name = called[language];
    if (!name || told.has(name)) return false;
    told.add(name);
    return true;
  });
  return (
    <p>
      {names.map((language, index) => (
        <span key={language}>
          {index > 0 && ' · '}
          <span lang={language}>{called[language]}</span>
        </span>
      ))}
      {approximate && ` (${near})`}
    </p>
  );
}
