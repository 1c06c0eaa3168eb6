import { china, netherlands } from 'virtual:outlines';
import { type RefObject, useMemo, useState } from 'react';
import { selectedRecord } from '../active-result.js';
import { useEnumLabels } from '../enum-labels.js';
import { useReaderLanguage, useTranslation } from '../language.js';
import { STATUS_ORDER } from '../result/chart-data.js';
import { formatDate, formatPeriod } from '../result/format.js';
import type { Arc, MapData, Place } from '../result/map-data.js';
import { labelOf, nameIn, textOf } from '../result/objects.js';
import { CHANGES, type compareDays, countTies, type TieOnDay } from '../result/status-on-day.js';
import { ArcSummary } from './arc-summary.js';
import { Card } from './card.js';
import { useDayWords } from './day-counts.js';
import { Figure } from './figure.js';
import { PADDING } from './figure-text.js';
import type { LegendItem, Muting } from './legend.js';
import { MapDrawing } from './map-drawing.js';
import { layOutMap } from './map-layout.js';
import { mapTexts } from './map-texts.js';
import { DASH_PATTERNS, type Palette, usePalette } from './palette.js';
import { usePictureSettings } from './picture-settings.js';
import { useMarkNavigation } from './use-mark-navigation.js';
import { useQuestionTitle } from './use-question-title.js';

/** Map of a result; with a day, its statuses are those of the day. */
export interface MapOfDay {
  readonly day: string | undefined;
  readonly mapData: MapData;
  readonly ties: ReadonlyMap<string, TieOnDay>;
}

/** Below this width, two maps are below each other. */
const MIN_PAIR_WIDTH = 560;
/** Height of the day above a map. */
const DAY_HEIGHT = 24;

const colorOf = (palette: Palette, { status }: Arc) => palette.status[status ?? 'UNKNOWN'] ?? palette.faint;
/** Drawing order: ended partnerships are drawn last, on top. */
const DRAWING_ORDER = ['UNKNOWN', 'EXCHANGE', 'NOT_YET_STARTED', 'ACTIVE', 'DORMANT', 'ENDED'];
const rank = ({ status }: Arc) => DRAWING_ORDER.indexOf(status ?? '');
const keyOf = ({ status }: Arc) => status ?? '';

const folded = (text: string) =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase();
const isNamed = ({ displayName }: Place, text: string) =>
  [displayName.nl, displayName.en, displayName.zh].some(name => name && folded(name).includes(text));

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
  const { isSaved } = usePictureSettings();
  const labels = useArcLabels(maps[0]?.day !== undefined);
  const dayWords = useDayWords();
  const questionTitle = useQuestionTitle();
  const [focused, setFocused] = useState(-1);
  const drawings = maps.map(({ day, mapData, ties }) => ({
    day,
    ties,
    mapData,
    arcs: mapData.arcs
      .filter(arc => !muting.muted.has(keyOf(arc)))
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
  const soughtRecords = new Set([...sought].map(({ record }) => record));
  const touchesSought = ({ dutch, chinese }: Arc) =>
    soughtRecords.has(dutch.record) || soughtRecords.has(chinese.record);
  // The same tie is emphasised on both maps.
  const isFocused = (other: Arc) => other === arc || (arc && textOf(other.record, 'id') === textOf(arc.record, 'id'));
  const isEmphasised = arc ? (other: Arc) => Boolean(isFocused(other)) : text ? touchesSought : undefined;

  const legend = legendOf(maps, labels, palette);
  const isPair = maps.length > 1;
  const secondDay = maps[1]?.day;
  const title = [questionTitle ?? texts.title, secondDay && `${texts.and} ${formatDate(secondDay, language)}`]
    .filter(Boolean)
    .join(' ');
  const isBeside = isPair && width >= MIN_PAIR_WIDTH;
  const mapWidth = isBeside ? Math.floor(width / 2) : width;
  const layout = useMemo(() => layOutMap(mapWidth, { NL: netherlands, CN: china }), [mapWidth]);
  const mapHeight = layout.height + (isPair ? DAY_HEIGHT : 0);
  const [first] = maps;
  const facts = [texts.ties(first?.mapData.arcs.length ?? 0), texts.places(first?.mapData.places.length ?? 0)];
  const unknown = first?.mapData.arcs.filter(({ status }) => status === 'UNKNOWN').length ?? 0;
  if (unknown > 0) facts.push(texts.ofWhichUnknown(unknown));
  if (first && first.mapData.unplaced > 0) facts.push(texts.unplaced(first.mapData.unplaced));
  const ofDays = maps.flatMap(({ day, ties }) =>
    day && ties.size > 0 ? [`${formatDate(day, language)}: ${dayWords(countTies(ties))}`] : [],
  );
  const changes = lists ? [CHANGES.map(name => `${texts.changes[name]} ${lists[name].length}`).join(' · ')] : [];
  return (
    <>
      {!isPair && <p className="desk-count">{facts.join(' · ')}</p>}
      {text && <p role="status">{texts.matching(soughtRecords.size, marks.filter(touchesSought).length)}</p>}
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
      {!isSaved && (
        <Card hint={texts.hint} record={arc?.record}>
          {arc && <ArcSummary arc={arc} status={labels.status(arc.status)} period={labels.period(arc)} />}
        </Card>
      )}
    </>
  );
}

interface ArcLabels {
  readonly status: (status: string | null) => string;
  readonly period: (arc: Arc) => string | null;
  readonly describe: (arc: Arc) => string;
  /** Returns a number of ties of unknown status, and how many of them had begun. */
  readonly begun: (count: number, begun: number) => string;
}

/** Returns functions that label arcs in the current language. */
function useArcLabels(isOfDay: boolean): ArcLabels {
  const texts = useTranslation(mapTexts);
  const language = useReaderLanguage();
  const enumLabel = useEnumLabels(language);
  return useMemo(() => {
    const status = (value: string | null) =>
      value === 'EXCHANGE'
        ? texts.exchange
        : value === null
          ? texts.statusNotSelected
          : value === 'UNKNOWN' && isOfDay
            ? texts.unknown
            : enumLabel('PartnershipStatus', value);
    const period = ({ status: value, startedOn, endedOn }: Arc) => {
      if (value === 'EXCHANGE') return startedOn && formatDate(startedOn, language);
      if (value === 'UNKNOWN' && startedOn && !endedOn) return texts.since(formatDate(startedOn, language));
      return formatPeriod(startedOn, endedOn, value === 'ENDED', language);
    };
    const sides = ({ dutch, chinese }: Arc) =>
      [nameIn(dutch.displayName, language), nameIn(chinese.displayName, language)].filter(Boolean).join(' – ');
    const describe = (arc: Arc) =>
      `${labelOf(arc.record, language) || sides(arc)}, ${status(arc.status)}, ${period(arc)}`;
    return { status, period, describe, begun: texts.begun };
  }, [texts, language, enumLabel, isOfDay]);
}

/** Returns an item per status of the maps, with its number on each; of unknown ones, how many had begun. */
function legendOf(maps: readonly MapOfDay[], labels: ArcLabels, palette: Palette): LegendItem[] {
  const arcs = maps.flatMap(({ mapData }) => mapData.arcs);
  const statuses = [...new Set(arcs.map(({ status }) => status))].sort(
    (a, b) => STATUS_ORDER.indexOf(a) - STATUS_ORDER.indexOf(b),
  );
  return statuses.map(status => {
    const counts = maps.map(({ mapData, ties }) => {
      const count = mapData.arcs.filter(arc => arc.status === status).length;
      // Two days have their numbers in words below them.
      const begun = status === 'UNKNOWN' && maps.length === 1 ? countTies(ties).unknownBegun : 0;
      return begun > 0 ? labels.begun(count, begun) : String(count);
    });
    const [arc] = arcs.filter(candidate => candidate.status === status);
    return {
      key: status ?? '',
      label: `${labels.status(status)} (${counts.join(' → ')})`,
      color: colorOf(palette, arc as Arc),
      shape: 'line',
      dash: DASH_PATTERNS[status ?? ''],
    };
  });
}
