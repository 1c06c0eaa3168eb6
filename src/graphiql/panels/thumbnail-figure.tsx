import { type ReactNode, type RefObject, useLayoutEffect } from 'react';

/** Height of the frame of a thumbnail, as a share of its width; `.desk-thumbnail` has the same. */
const FRAME_RATIO = 0.625;
/** Taller drawings than this share of their width are lists, such as a timeline: the frame shows their beginning. */
const MAX_WHOLE_RATIO = 1.2;
/** Space around the marks. */
const MARGIN = 6;

/** Shows a drawing without its texts, cut to its marks. */
export function ThumbnailFigure({ svg, children }: { svg: RefObject<SVGSVGElement | null>; children: ReactNode }) {
  // After each rendering: a plot is put into the drawing when that has been rendered.
  useLayoutEffect(() => {
    if (!svg.current) return;
    const { x, y, width, height } = svg.current.getBBox();
    const shownHeight = height > width * MAX_WHOLE_RATIO ? width * FRAME_RATIO : height;
    const box = [x - MARGIN, y - MARGIN, width + 2 * MARGIN, shownHeight + 2 * MARGIN];
    svg.current.setAttribute('viewBox', box.join(' '));
  });
  return (
    <svg ref={svg} aria-hidden="true">
      {children}
    </svg>
  );
}
