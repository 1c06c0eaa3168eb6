import { china, netherlands } from 'virtual:outlines';
import { useMemo } from 'react';
import { useReaderLanguage, useTranslation } from '../language.js';
import type { Arc, Place } from '../result/map-data.js';
import { nameIn } from '../result/objects.js';
import { ArcMark } from './map-arc.js';
import { layOutMap, type MapLayout } from './map-layout.js';
import { Places } from './map-places.js';
import { mapTexts } from './map-texts.js';
import type { Palette } from './palette.js';

const layouts = new Map<number, MapLayout>();
const MAX_LAYOUTS = 20;

/** Returns the layout of a width; the last ones are stored, because projecting the outlines takes a while. */
export function layoutOf(width: number): MapLayout {
  const layout = layouts.get(width) ?? layOutMap(width, { NL: netherlands, CN: china });
  if (layouts.size >= MAX_LAYOUTS) layouts.clear();
  layouts.set(width, layout);
  return layout;
}

/** Arc with its accessible name and colour. */
export interface DrawnArc {
  readonly arc: Arc;
  readonly color: string;
  readonly label: string;
}

/** Draws the two countries with places, and the arcs between them. */
export function MapDrawing(props: {
  /** Number of the first mark. */
  start: number;
  arcs: readonly DrawnArc[];
  places: readonly Place[];
  /** Arcs that are emphasised; all are as strong if undefined. */
  isEmphasised: ((arc: Arc) => boolean) | undefined;
  /** Arc that is drawn thicker. */
  focused: Arc | undefined;
  /** Places that the reader looks for. */
  found: ReadonlySet<Place>;
  palette: Palette;
  width: number;
}) {
  const { start, arcs, places, isEmphasised, focused, found, palette, width } = props;
  const texts = useTranslation(mapTexts);
  const language = useReaderLanguage();
  const layout = layoutOf(width);
  const drawn = useMemo(() => {
    const arcCount = (place: Place) =>
      arcs.filter(({ arc: { dutch, chinese } }) => [dutch.record, chinese.record].includes(place.record)).length;
    const points = places.map(place => ({
      place,
      country: place.country,
      point: layout.project(place),
      text: nameIn(place.displayName, language) ?? '',
      arcCount: arcCount(place),
    }));
    return points.sort((a, b) => b.arcCount - a.arcCount);
  }, [places, arcs, layout, language]);
  // Places that the reader looks for, and both ends of the focused arc, take precedence for labels.
  const ends = focused ? [focused.dutch.record, focused.chinese.record] : [];
  const labelledFirst = drawn.filter(({ place }) => ends.includes(place.record) || found.has(place));
  return (
    <>
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
        {arcs.map(({ arc, color, label }, index) => (
          <ArcMark
            // biome-ignore lint/suspicious/noArrayIndexKey: all arcs are replaced with the next result.
            key={index}
            mark={start + index}
            line={layout.arc(layout.project(arc.dutch), layout.project(arc.chinese))}
            color={color}
            status={arc.status}
            label={label}
            emphasis={arc === focused ? 'focused' : (isEmphasised?.(arc) ?? true) ? 'none' : 'dimmed'}
          />
        ))}
      </g>
      <Places places={drawn} labelledFirst={labelledFirst} palette={palette} width={width} />
    </>
  );
}
