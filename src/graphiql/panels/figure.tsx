import type { ReactNode, RefObject } from 'react';
import { today } from '../clock/amsterdam.js';
import { useMomentText } from '../clock/resolve-moment.js';
import { FONT, FONT_SIZE, PADDING, TITLE_FONT_SIZE, titleLines, wrap } from './figure-text.js';
import { Legend, type LegendItem, LINE_HEIGHT, layOutLegend, type Muting } from './legend.js';
import type { Palette } from './palette.js';
import { usePictureSettings } from './picture-settings.js';
import { ThumbnailFigure } from './thumbnail-figure.js';
import { useCaption } from './use-caption.js';

const CAPTION_FONT_SIZE = 10;
const CAPTION_LINE_HEIGHT = 14;

/** Numbers of a picture, above it. */
export function Facts({ facts }: { facts: readonly string[] }) {
  return usePictureSettings().purpose === 'panel' && <p className="desk-count">{facts.join(' · ')}</p>;
}

/**
 * Self-explanatory picture: title, legend, drawing and source. The copy that is saved has a caption, too, with all that
 * a reader of a report must know, and a title and a description for readers that do not see it.
 */
export function Figure(props: {
  /** Title of the picture unless the reader wrote another one. */
  title: string;
  /** Numbers of the picture, in words, for its caption. */
  facts: readonly string[];
  credits?: string | undefined;
  legend: readonly LegendItem[];
  muting?: Muting;
  palette: Palette;
  width: number;
  /** Height of the drawing, without title and legend. */
  height: number;
  svg: RefObject<SVGSVGElement | null>;
  children: ReactNode;
}) {
  const { facts, credits, legend, muting, palette, width, height, children } = props;
  const settings = usePictureSettings();
  const asKnown = useMomentText();
  const caption = useCaption(facts, credits);
  if (settings.purpose === 'thumbnail') return <ThumbnailFigure svg={props.svg}>{children}</ThumbnailFigure>;
  const isSaved = settings.purpose === 'saved';
  const title = settings.title ?? props.title;
  const lines = titleLines(title, width - 2 * PADDING);
  const legendItems = layOutLegend(legend, width - 2 * PADDING);
  const legendTop = 24 + lines.length * LINE_HEIGHT;
  const head = legendTop + (legendItems.length > 0 ? (legendItems.at(-1)?.line ?? 0) * LINE_HEIGHT + 14 : -10);
  const foot = isSaved
    ? caption.flatMap(text => wrap(text, width - 2 * PADDING, CAPTION_FONT_SIZE))
    : [[`stedenband · ${today()}`, asKnown, credits].filter(Boolean).join(' · ')];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing has no fieldset; the group names what lies in it.
    <svg
      ref={props.svg}
      className="desk-figure"
      role="group"
      aria-label={title}
      viewBox={`0 0 ${width} ${head + height + foot.length * CAPTION_LINE_HEIGHT + 12}`}
      fontFamily={FONT}
      fontSize={FONT_SIZE}
    >
      {isSaved && (
        <>
          <title>{title}</title>
          <desc>{[...legend.map(({ label }) => label), ...caption].join('. ')}</desc>
        </>
      )}
      <rect width="100%" height="100%" fill={palette.paper} />
      {lines.map((line, index) => (
        <text
          key={line}
          x={PADDING}
          y={22 + index * LINE_HEIGHT}
          fontSize={TITLE_FONT_SIZE}
          fontWeight={500}
          fill={palette.ink}
        >
          {line}
        </text>
      ))}
      <Legend
        items={legendItems}
        top={legendTop}
        palette={palette}
        muting={isSaved && muting ? { muted: muting.muted } : muting}
      />
      <g transform={`translate(0 ${head})`}>{children}</g>
      {foot.map((line, index) => (
        <text
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no state, and may repeat.
          key={index}
          x={PADDING}
          y={head + height + 16 + index * CAPTION_LINE_HEIGHT}
          fontSize={CAPTION_FONT_SIZE}
          fill={palette.faint}
        >
          {line}
        </text>
      ))}
    </svg>
  );
}
