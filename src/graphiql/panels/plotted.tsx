import { type PlotOptions, plot } from '@observablehq/plot';
import { useLayoutEffect, useRef } from 'react';
import { FONT } from './figure.js';
import type { Palette } from './palette.js';

/** Marks of a plot that can be pointed at: their class in the plot, and the number of the first. */
export type Layers = Readonly<Record<string, number>>;

/** A plot as a part of a larger picture, its marks ready for `useMarks`. */
export function Plotted({ options, layers, palette }: { options: PlotOptions; layers: Layers; palette: Palette }) {
  const holder = useRef<SVGGElement>(null);
  useLayoutEffect(() => {
    const drawn = plot({ ...options, style: { color: palette.ink, fontFamily: FONT, fontSize: '12px' } });
    // Its own sheet is for a picture that is a page's block, not another picture's part.
    drawn.querySelector('style')?.remove();
    drawn.removeAttribute('class');
    let first = true;
    for (const [name, start] of Object.entries(layers)) {
      for (const mark of drawn.querySelectorAll<SVGElement & { __data__?: unknown }>(`.${name} > *`)) {
        mark.dataset.mark = String(start + Number(mark.__data__));
        mark.setAttribute('role', 'button');
        mark.setAttribute('tabindex', first ? '0' : '-1');
        first = false;
      }
    }
    holder.current?.replaceChildren(drawn);
  }, [options, layers, palette]);
  return <g ref={holder} />;
}
