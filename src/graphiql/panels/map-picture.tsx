import { china, netherlands } from 'virtual:outlines';
import { type RefObject, useMemo, useState } from 'react';
import { selectedRecord } from '../active-result.js';
import { useEnumLabels } from '../enum-labels.js';
import { useLanguage, useTranslation } from '../language.js';
import { formatDate, formatPeriod } from '../result/format.js';
import type { Arc, MapData, Place } from '../result/map-data.js';
import { labelOf, nameIn } from '../result/objects.js';
import { ArcSummary } from './arc-summary.js';
import { Card } from './card.js';
import { Figure } from './figure.js';
import { ArcMark } from './map-arc.js';
import { layOutMap } from './map-layout.js';
import { Places } from './map-places.js';
import { DASH_PATTERNS, type Palette, usePalette } from './palette.js';
import { useMarkNavigation } from './use-mark-navigation.js';
import { useQuestionTitle } from './use-question-title.js';

const translations = {
  en: {
    title: 'Map',
    ties: (count: number) => (count === 1 ? '1 tie' : `${count} ties`),
    places: (count: number) => (count === 1 ? '1 authority' : `${count} authorities`),
    unplaced: (count: number) => `${count} without a known location`,
    countries: { NL: 'Netherlands', CN: 'China' },
    exchange: 'Exchange',
    statusNotSelected: 'Tie, status not selected',
    credits: 'outlines: Natural Earth · places: GeoNames, CC BY 4.0',
    hint: 'Point at a line, or use Tab and the arrow keys. Press Enter to select it for the Evidence panel.',
  },
  nl: {
    title: 'Kaart',
    ties: (count: number) => (count === 1 ? '1 band' : `${count} banden`),
    places: (count: number) => (count === 1 ? '1 overheid' : `${count} overheden`),
    unplaced: (count: number) => `${count} zonder bekende plaats`,
    countries: { NL: 'Nederland', CN: 'China' },
    exchange: 'Uitwisseling',
    statusNotSelected: 'Band, naar de status is niet gevraagd',
    credits: 'omtrekken: Natural Earth · plaatsen: GeoNames, CC BY 4.0',
    hint: 'Wijs een lijn aan, of gebruik Tab en de pijltoetsen. Enter kiest het voor het paneel Evidence.',
  },
};

const colorOf = (palette: Palette, { status }: Arc) => palette.status[status ?? 'UNKNOWN'] ?? palette.faint;
/** Drawing order: ended partnerships are drawn last, on top. */
const ORDER = ['UNKNOWN', 'EXCHANGE', 'NOT_YET_STARTED', 'ACTIVE', 'DORMANT', 'ENDED'];
const rank = ({ status }: Arc) => ORDER.indexOf(status ?? '');

/** Draws the two countries with the places of a result and the arcs between them. */
export function MapPicture(props: { mapData: MapData; width: number; svg: RefObject<SVGSVGElement | null> }) {
  const { mapData, width, svg } = props;
  const texts = useTranslation(translations);
  const language = useLanguage();
  const palette = usePalette();
  const enumLabel = useEnumLabels();
  const questionTitle = useQuestionTitle();
  const [focused, setFocused] = useState(-1);
  const layout = useMemo(() => layOutMap(width, { NL: netherlands, CN: china }), [width]);
  const arcs = useMemo(() => mapData.arcs.toSorted((a, b) => rank(a) - rank(b)), [mapData]);
  const statusLabel = (status: string | null) =>
    status === 'EXCHANGE'
      ? texts.exchange
      : status === null
        ? texts.statusNotSelected
        : enumLabel('PartnershipStatus', status);
  const period = ({ status, startedOn, endedOn }: Arc) =>
    status === 'EXCHANGE'
      ? startedOn && formatDate(startedOn, language)
      : formatPeriod(startedOn, endedOn, status === 'ENDED', language);
  const legend = [...Map.groupBy(arcs, ({ status }) => status)].map(([status, [arc, ...others]]) => ({
    label: `${statusLabel(status)} (${others.length + 1})`,
    color: colorOf(palette, arc as Arc),
    shape: 'line' as const,
    dash: DASH_PATTERNS[status ?? ''],
  }));
  legend.reverse();
  const places = useMemo(() => {
    const arcCount = (place: Place) =>
      arcs.filter(({ dutch, chinese }) => [dutch.record, chinese.record].includes(place.record)).length;
    const drawn = mapData.places.map(place => ({
      place,
      country: place.country,
      point: layout.project(place),
      text: nameIn(place.displayName, language) ?? '',
      arcCount: arcCount(place),
    }));
    return drawn.sort((a, b) => b.arcCount - a.arcCount);
  }, [mapData, arcs, layout, language]);
  const arc = arcs[focused];
  const ends = arc ? [arc.dutch.record, arc.chinese.record] : [];
  // Both ends of the focused arc take precedence for labels.
  const labelledFirst = places.filter(({ place }) => ends.includes(place.record));
  useMarkNavigation(svg, setFocused, mark => selectedRecord.set(arcs[mark]?.record ?? null));
  const counts = [texts.ties(arcs.length), texts.places(places.length)];
  if (mapData.unplaced > 0) counts.push(texts.unplaced(mapData.unplaced));

  return (
    <>
      <p className="desk-count">{counts.join(' · ')}</p>
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
          // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of a drawing takes no focus.
          <g key={country} aria-hidden="true">
            <path d={layout.outlines[country]} fill={palette.land} stroke={palette.coast} strokeWidth={0.8} />
            <text {...layout.titles[country]} fontSize={12} fontWeight={600} fill={palette.faint}>
              {texts.countries[country]}
            </text>
          </g>
        ))}
        <g fill="none" strokeLinecap="round">
          {arcs.map((drawnArc, index) => (
            <ArcMark
              // biome-ignore lint/suspicious/noArrayIndexKey: all arcs are replaced with the next result.
              key={index}
              mark={index}
              line={layout.arc(layout.project(drawnArc.dutch), layout.project(drawnArc.chinese))}
              color={colorOf(palette, drawnArc)}
              status={drawnArc.status}
              label={`${labelOf(drawnArc.record, language) || sides(drawnArc, language)}, ${statusLabel(drawnArc.status)}, ${period(drawnArc)}`}
              emphasis={focused < 0 ? 'none' : index === focused ? 'focused' : 'dimmed'}
            />
          ))}
        </g>
        <Places places={places} labelledFirst={labelledFirst} palette={palette} width={width} />
      </Figure>
      <Card hint={texts.hint} record={arc?.record}>
        {arc && <ArcSummary arc={arc} status={statusLabel(arc.status)} period={period(arc)} />}
      </Card>
    </>
  );
}

const sides = ({ dutch, chinese }: Arc, language: 'nl' | 'en') =>
  [nameIn(dutch.displayName, language), nameIn(chinese.displayName, language)].filter(Boolean).join(' – ');
