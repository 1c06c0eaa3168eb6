import type { Place } from '../result/ties.js';
import { layLabels, type Point } from './map-layout.js';
import type { Palette } from './palette.js';

/** A place, where it is drawn, and what it is called there. */
export interface DrawnPlace {
  readonly place: Place;
  readonly country: Place['country'];
  readonly point: Point;
  readonly text: string;
}

/** Dots, and names for as many as have room; those that come first have their names before all others. */
export function Places(props: {
  places: readonly DrawnPlace[];
  first: readonly DrawnPlace[];
  palette: Palette;
  width: number;
}) {
  const { places, first, palette, width } = props;
  const labels = layLabels([...first, ...places.filter(one => !first.includes(one))], width);
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of a drawing takes no focus.
    <g pointerEvents="none" aria-hidden="true">
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
          fontWeight={first.some(one => one.text === text) ? 700 : 400}
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
  );
}
