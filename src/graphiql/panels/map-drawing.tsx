import { useMemo } from 'react';
import { useReaderLanguage, useTranslation } from '../language.js';
import { type Arc, type Place, placeKey } from '../result/map-data.js';
import { nameIn } from '../result/objects.js';
import { ArcMark } from './map-arc.js';
import type { MapLayout } from './map-layout.js';
import { Places } from './map-places.js';
import { mapTexts } from './map-texts.js';
import type { Palette } from './palette.js';

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
  sought: ReadonlySet<Place>;
  layout: MapLayout;
  palette: Palette;
  width: number;
}) {
  const { start, arcs, places, isEmphasised, focused, sought, layout, palette, width } = props;
  const texts = useTranslation(mapTexts);
  const language = useReaderLanguage();
  const drawn = useMemo(() => {
    const arcCount = (place: Place) =>
      arcs.filter(({ arc: { dutch, chinese } }) => [dutch, chinese].map(placeKey).includes(placeKey(place))).length;
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
  const ends = focused ? [focused.dutch, focused.chinese].map(placeKey) : [];
  const labelledFirst = drawn.filter(({ place }) => ends.includes(placeKey(place)) || sought.has(place));
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
