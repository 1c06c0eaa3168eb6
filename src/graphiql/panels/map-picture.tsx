import { china, netherlands } from 'virtual:outlines';
import { type RefObject, useMemo, useState } from 'react';
import { selectedRecord } from '../active-result.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { folded } from '../result/folded.js';
import { formatDate } from '../result/format.js';
import { type Arc, placeKey } from '../result/map-data.js';
import { textOf } from '../result/objects.js';
import { CHANGES, type compareDays, countTies } from '../result/status-on-day.js';
import { ArcSummary } from './arc-summary.js';
import { Card } from './card.js';
import { useDayWords } from './day-counts.js';
import { Facts, Figure } from './figure.js';
import { PADDING } from './figure-text.js';
import type { Muting } from './legend.js';
import { MapDrawing } from './map-drawing.js';
import { colorOf, isNamed, legendOf, type MapOfDay, useArcLabels } from './map-labels.js';
import { layOutMap } from './map-layout.js';
import { countArcs, mapTexts } from './map-texts.js';
import { usePalette } from './palette.js';
import { usePictureSettings } from './picture-settings.js';
import { useMarkNavigation } from './use-mark-navigation.js';
import { useQuestionTitle } from './use-question-title.js';

/** Below this width, two maps are below each other. */
const MIN_PAIR_WIDTH = 560;
/** Height of the day above a map. */
const DAY_HEIGHT = 24;

/** Drawing order: ended partnerships are drawn last, on top. */
const DRAWING_ORDER = ['UNKNOWN', 'EXCHANGE', 'NOT_YET_STARTED', 'ACTIVE', 'DORMANT', 'ENDED'];
const rank = ({ status }: Arc) => DRAWING_ORDER.indexOf(status ?? '');

/** Draws one map, or two of two days beside each other, with one legend. */
export function MapPicture(props: {
  maps: readonly MapOfDay[];
  /** Place that the reader looks for. */
  search: string;
  muting: Muting;
  /** Comparison of two maps. */
  lists: ReturnType<typeof compareDays> | undefined;
  width: number;
  svg: RefObject<SVGSVGElement | null>;
}) {
  const { maps, search, muting, lists, width, svg } = props;
  const texts = useTranslation(mapTexts);
  const language = useReaderLanguage();
  const palette = usePalette();
  const { purpose } = usePictureSettings();
  const labels = useArcLabels(maps[0]?.day !== undefined);
  const dayWords = useDayWords();
  const questionTitle = useQuestionTitle();
  const [focused, setFocused] = useState(-1);
  const isShown = ({ status }: Pick<Arc, 'status'>) => !muting.muted.has(status ?? '');
  const drawings = maps.map(({ day, mapData, ties }) => ({
    day,
    ties,
    mapData,
    arcs: mapData.arcs
      .filter(isShown)
      .toSorted((a, b) => rank(a) - rank(b))
      .map(arc => ({ arc, color: colorOf(palette, arc), label: labels.describe(arc) })),
  }));
  const marks = drawings.flatMap(({ arcs }) => arcs.map(({ arc }) => arc));
  const arc = marks[focused];
  useMarkNavigation(svg, setFocused, mark => selectedRecord.set(marks[mark]?.record ?? null));

  const text = folded(search.trim());
  const sought = new Set(
    text ? maps.flatMap(({ mapData }) => mapData.places.filter(place => isNamed(place, text))) : [],
  );
  const soughtKeys = new Set([...sought].map(placeKey));
  const touchesSought = ({ dutch, chinese }: Arc) =>
    soughtKeys.has(placeKey(dutch)) || soughtKeys.has(placeKey(chinese));
  // The same tie is emphasised on both maps.
  const isFocused = (other: Arc) => other === arc || (arc && textOf(other.record, 'id') === textOf(arc.record, 'id'));
  const isEmphasised = arc ? (other: Arc) => Boolean(isFocused(other)) : text ? touchesSought : undefined;

  const legend = legendOf(maps, labels, palette);
  const [first, second] = maps;
  const isPair = second !== undefined;
  const title = [questionTitle ?? texts.title, second?.day && `${texts.and} ${formatDate(second.day, language)}`]
    .filter(Boolean)
    .join(' ');
  const isBeside = isPair && width >= MIN_PAIR_WIDTH;
  const mapWidth = isBeside ? Math.floor(width / 2) : width;
  const layout = useMemo(() => layOutMap(mapWidth, { NL: netherlands, CN: china }), [mapWidth]);
  const mapHeight = layout.height + (isPair ? DAY_HEIGHT : 0);
  const shown = first?.mapData.arcs.filter(isShown) ?? [];
  const facts = [...countArcs(shown, texts), texts.places(first?.mapData.places.length ?? 0)];
  const unknown = shown.filter(({ status }) => status === 'UNKNOWN').length;
  if (unknown > 0) facts.push(texts.ofWhichUnknown(unknown));
  if (first && first.mapData.unplaced > 0) facts.push(texts.unplaced(first.mapData.unplaced));
  const ofDays = maps.flatMap(({ day, ties }) =>
    day && ties.size > 0 ? [`${formatDate(day, language)}: ${dayWords(countTies(ties, isShown))}`] : [],
  );
  const shownOf = (name: (typeof CHANGES)[number]) =>
    lists?.[name].filter(({ before, after }) => isShown({ status: before }) || isShown({ status: after })).length;
  const changes = lists ? [CHANGES.map(name => `${texts.changes[name]} ${shownOf(name)}`).join(' · ')] : [];
  return (
    <>
      {!isPair && <Facts facts={facts} />}
      {text && (
        <p role="status">{texts.matching(soughtKeys.size, countArcs(marks.filter(touchesSought), texts).join(', '))}</p>
      )}
      <Figure
        title={title}
        facts={isPair || ofDays.length > 0 ? [...(isPair ? [] : facts), ...ofDays, ...changes] : facts}
        credits={`${texts.shapes} · ${texts.credits}`}
        legend={legend}
        muting={muting}
        palette={palette}
        width={width}
        height={isPair && !isBeside ? mapHeight * maps.length : mapHeight}
        svg={svg}
      >
        {drawings.map(({ day, arcs, mapData }, index) => (
          <g
            key={day ?? ''}
            transform={isBeside ? `translate(${index * mapWidth} 0)` : `translate(0 ${index * mapHeight})`}
          >
            {isPair && day && (
              <text x={PADDING} y={14} fontSize={13} fontWeight={600} fill={palette.ink}>
                {formatDate(day, language)}
              </text>
            )}
            <g transform={isPair ? `translate(0 ${DAY_HEIGHT})` : undefined}>
              <MapDrawing
                start={index * (drawings[0]?.arcs.length ?? 0)}
                arcs={arcs}
                places={mapData.places}
                isEmphasised={isEmphasised}
                focused={arcs.find(({ arc: other }) => isFocused(other))?.arc}
                sought={sought}
                layout={layout}
                palette={palette}
                width={mapWidth}
              />
            </g>
          </g>
        ))}
      </Figure>
      {purpose === 'panel' && (
        <Card hint={texts.hint} record={arc?.record}>
          {arc && <ArcSummary arc={arc} status={labels.status(arc.status)} period={labels.period(arc)} />}
        </Card>
      )}
    </>
  );
}
