import { type PlotOptions, plot } from '@observablehq/plot';
import { useLayoutEffect, useRef } from 'react';
import { FONT } from './figure-text.js';
import type { Palette } from './palette.js';

/** Interactive marks of a plot: the number of the first mark by CSS class. */
export type Layers = Readonly<Record<string, number>>;

/** Embeds a plot in a picture and prepares its marks for `useMarkNavigation`. */
export function Plotted({ options, layers, palette }: { options: PlotOptions; layers: Layers; palette: Palette }) {
  const holder = useRef<SVGGElement>(null);
  useLayoutEffect(() => {
    const element = plot({ ...options, style: { color: palette.ink, fontFamily: FONT, fontSize: '12px' } });
    // The style sheet of Plot is for a standalone plot, not for one inside another SVG.
    element.querySelector('style')?.remove();
    element.removeAttribute('class');
    // Plot labels the groups of its marks in English, and a group without a role may have no label.
    for (const group of element.querySelectorAll<SVGGElement>('g[aria-label]')) {
      group.dataset.part = group.getAttribute('aria-label') ?? '';
      group.removeAttribute('aria-label');
    }
    let first = true;
    for (const [name, start] of Object.entries(layers)) {
      for (const mark of element.querySelectorAll<SVGElement & { __data__?: unknown }>(`.${name} > *`)) {
        mark.dataset.mark = String(start + Number(mark.__data__));
        mark.setAttribute('role', 'button');
        mark.setAttribute('tabindex', first ? '0' : '-1');
        first = false;
      }
    }
    holder.current?.replaceChildren(element);
  }, [options, layers, palette]);
  return <g ref={holder} />;
}
