import { china, netherlands } from 'virtual:outlines';
import { type RefObject, useMemo, useState } from 'react';
import { selected } from '../active-result.js';
import { useEnumWords } from '../enum-words.js';
import { useTongue, useWords } from '../language.js';
import { labelOf, nameIn } from '../result/items.js';
import type { Arc, Located, Place } from '../result/ties.js';
import { dateInWords, periodInWords } from '../result/words.js';
import { Card } from './card.js';
import { Figure } from './figure.js';
import { ArcMark } from './map-arc.js';
import { layMap } from './map-layout.js';
import { Places } from './map-places.js';
import { DASHES, type Palette, usePalette } from './palette.js';
import { ArcInWords } from './tie-summary.js';
import { useMarkNavigation } from './use-mark-navigation.js';
import { useQuestionTitle } from './use-question-title.js';

const words = {
  en: {
    title: 'Map',
    ties: (count: number) => (count === 1 ? '1 tie' : `${count} ties`),
    places: (count: number) => (count === 1 ? '1 authority' : `${count} authorities`),
    unplaced: (count: number) => `${count} without a known place`,
    countries: { NL: 'Netherlands', CN: 'China' },
    exchange: 'Exchange',
    unasked: 'Tie, status not asked for',
    credits: 'outlines: Natural Earth · places: GeoNames, CC BY 4.0',
    hint: 'Point at a line, or use Tab and the arrow keys. Enter chooses it for the Evidence panel.',
  },
  nl: {
    title: 'Kaart',
    ties: (count: number) => (count === 1 ? '1 band' : `${count} banden`),
    places: (count: number) => (count === 1 ? '1 overheid' : `${count} overheden`),
    unplaced: (count: number) => `${count} zonder bekende plaats`,
    countries: { NL: 'Nederland', CN: 'China' },
    exchange: 'Uitwisseling',
    unasked: 'Band, naar de status is niet gevraagd',
    credits: 'omtrekken: Natural Earth · plaatsen: GeoNames, CC BY 4.0',
    hint: 'Wijs een lijn aan, of gebruik Tab en de pijltoetsen. Enter kiest het voor het paneel Evidence.',
  },
};

const colorOf = (palette: Palette, { status }: Arc) => palette.status[status ?? 'UNKNOWN'] ?? palette.faint;
/** What ended lies on top: it is the news. */
const ORDER = ['UNKNOWN', 'EXCHANGE', 'NOT_YET_STARTED', 'ACTIVE', 'DORMANT', 'ENDED'];
const rank = ({ status }: Arc) => ORDER.indexOf(status ?? '');

/** The two countries, the places of an answer, and its ties between them. */
export function MapPicture(props: { located: Located; width: number; svg: RefObject<SVGSVGElement | null> }) {
  const { located, width, svg } = props;
  const texts = useWords(words);
  const tongue = useTongue();
  const palette = usePalette();
  const enumWords = useEnumWords();
  const questionTitle = useQuestionTitle();
  const [shown, setShown] = useState(-1);
  const layout = useMemo(() => layMap(width, { NL: netherlands, CN: china }), [width]);
  const arcs = useMemo(() => located.arcs.toSorted((a, b) => rank(a) - rank(b)), [located]);
  const statusWords = (status: string | null) =>
    status === 'EXCHANGE' ? texts.exchange : status === null ? texts.unasked : enumWords('PartnershipStatus', status);
  const when = ({ status, startedOn, endedOn }: Arc) =>
    status === 'EXCHANGE'
      ? startedOn && dateInWords(startedOn, tongue)
      : periodInWords(startedOn, endedOn, status === 'ENDED', tongue);
  const legend = [...Map.groupBy(arcs, ({ status }) => status)].map(([status, [arc, ...others]]) => ({
    label: `${statusWords(status)} (${others.length + 1})`,
    color: colorOf(palette, arc as Arc),
    shape: 'line' as const,
    dash: DASHES[status ?? ''],
  }));
  legend.reverse();
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
  const arc = arcs[shown];
  const ends = arc ? [arc.dutch.record, arc.chinese.record] : [];
  // The two sides of what is pointed at have their names before all others.
  const first = places.filter(({ place }) => ends.includes(place.record));
  useMarkNavigation(svg, setShown, mark => selected.set(arcs[mark]?.record ?? null));
  const counted = [texts.ties(arcs.length), texts.places(places.length)];
  if (located.unplaced > 0) counted.push(texts.unplaced(located.unplaced));

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
          // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of a drawing takes no focus.
          <g key={country} aria-hidden="true">
            <path d={layout.outlines[country]} fill={palette.land} stroke={palette.coast} strokeWidth={0.8} />
            <text {...layout.titles[country]} fontSize={12} fontWeight={600} fill={palette.faint}>
              {texts.countries[country]}
            </text>
          </g>
        ))}
        <g fill="none" strokeLinecap="round">
          {arcs.map((one, index) => (
            <ArcMark
              // biome-ignore lint/suspicious/noArrayIndexKey: the arcs of an answer are drawn anew with the next one.
              key={index}
              mark={index}
              line={layout.arc(layout.at(one.dutch), layout.at(one.chinese))}
              color={colorOf(palette, one)}
              status={one.status}
              label={`${labelOf(one.record, tongue) || sides(one, tongue)}, ${statusWords(one.status)}, ${when(one)}`}
              emphasis={shown < 0 ? 'none' : index === shown ? 'shown' : 'other'}
            />
          ))}
        </g>
        <Places places={places} first={first} palette={palette} width={width} />
      </Figure>
      <Card hint={texts.hint} record={arc?.record}>
        {arc && <ArcInWords arc={arc} status={statusWords(arc.status)} when={when(arc)} />}
      </Card>
    </>
  );
}

const sides = ({ dutch, chinese }: Arc, tongue: 'nl' | 'en') =>
  [nameIn(dutch.called, tongue), nameIn(chinese.called, tongue)].filter(Boolean).join(' – ');
