import type { Place } from '../result/map-data.js';
import { layOutLabels, type Point } from './map-layout.js';
import { labelPaint, type Palette } from './palette.js';

/** Place with its position and label. */
export interface DrawnPlace {
  readonly place: Place;
  readonly country: Place['country'];
  readonly point: Point;
  readonly text: string;
}

/** Draws places as dots, with labels where there is room; `labelledFirst` take precedence. */
export function Places(props: {
  places: readonly DrawnPlace[];
  labelledFirst: readonly DrawnPlace[];
  palette: Palette;
  width: number;
}) {
  const { places, labelledFirst, palette, width } = props;
  const labels = layOutLabels([...labelledFirst, ...places.filter(place => !labelledFirst.includes(place))], width);
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of a drawing takes no focus.
    <g pointerEvents="none" aria-hidden="true">
      {places
        .toSorted((a, b) => Number(b.place.isProvince) - Number(a.place.isProvince))
        .map(({ place, point }) => (
          <PlaceShape
            key={`${place.country} ${place.latitude} ${place.longitude} ${place.isProvince} ${place.displayName.en}`}
            place={place}
            point={point}
            palette={palette}
          />
        ))}
      {labels.map(({ text, x, y, anchor }) => (
        <text
          key={`${text} ${x} ${y}`}
          x={x}
          y={y + 3.5}
          fontWeight={labelledFirst.some(place => place.text === text) ? 700 : 400}
          textAnchor={anchor}
          {...labelPaint(palette)}
        >
          {text}
        </text>
      ))}
    </g>
  );
}

/** Draws a province as a square around its capital, and another authority as a dot: a dot in a square is both. */
function PlaceShape({ place, point: { x, y }, palette }: { place: Place; point: Point; palette: Palette }) {
  if (place.isProvince)
    return (
      <rect x={x - 4} y={y - 4} width={8} height={8} fill={palette.paper} stroke={palette.place} strokeWidth={1.6} />
    );
  return <circle cx={x} cy={y} r={3} fill={palette.place} stroke={palette.paper} strokeWidth={1} />;
}
