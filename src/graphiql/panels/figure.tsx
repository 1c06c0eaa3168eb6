import type { ReactNode, RefObject } from 'react';
import { useKnownAt } from '../clock/moment.js';
import { useMomentText } from '../clock/resolve-moment.js';
import { useTranslation } from '../language.js';
import { fileNameAt } from '../result/known-at.js';
import type { Palette } from './palette.js';
import { savePng, saveSvg } from './save.js';

/** Font of the page, with fallbacks for saved pictures. */
export const FONT = "Roboto, 'Noto Sans', 'Segoe UI', system-ui, 'Noto Sans CJK SC', sans-serif";

export interface LegendItem {
  readonly label: string;
  readonly color: string;
  readonly shape: 'line' | 'box' | 'dot' | 'cross';
  readonly dash?: string | undefined;
}

const FONT_SIZE = 12;
const TITLE_FONT_SIZE = 15;
const LINE_HEIGHT = 20;
const PADDING = 12;
/** Estimates the width of text: CJK characters are as wide as high, others about half of that. */
export const textWidth = (text: string, size = FONT_SIZE): number =>
  [...text].reduce((sum, letter) => sum + size * (letter > '\u2E80' ? 1 : 0.55), 0);

/** Truncates text to a width, with an ellipsis. */
export function truncateToWidth(text: string, width: number, size = FONT_SIZE): string {
  if (textWidth(text, size) <= width) return text;
  let cut = [...text];
  while (cut.length > 1 && textWidth(cut.join(''), size) > width - size) cut = cut.slice(0, -1);
  return `${cut.join('').trimEnd()}…`;
}

/** Breaks a title into at most two lines. */
function titleLines(title: string, width: number): string[] {
  const words = title.split(' ');
  let first = words.shift() ?? '';
  while (words[0] !== undefined && textWidth(`${first} ${words[0]}`, TITLE_FONT_SIZE) <= width)
    first += ` ${words.shift()}`;
  return words.length > 0 ? [first, truncateToWidth(words.join(' '), width, TITLE_FONT_SIZE)] : [first];
}

/** Positions the items of a legend, as many per line as fit. */
function layOutLegend(legend: readonly LegendItem[], width: number): { x: number; line: number; item: LegendItem }[] {
  let [x, line] = [0, 0];
  return legend.map(item => {
    const space = 30 + textWidth(item.label) + 16;
    if (x > 0 && x + space > width) [x, line] = [0, line + 1];
    const position = { x, line, item };
    x += space;
    return position;
  });
}

function Swatch({ item: { shape, color, dash } }: { item: LegendItem }) {
  if (shape === 'line') return <path d="M0 0H24" stroke={color} strokeWidth={2.5} strokeDasharray={dash} />;
  if (shape === 'dot') return <circle cx={12} r={4} fill={color} />;
  if (shape === 'cross') return <path d="M8-4 16 4M8 4 16-4" stroke={color} strokeWidth={2} />;
  return <rect x={2} y={-6} width={20} height={12} rx={2} fill={color} />;
}

const sourceLine = (today: string) => `stedenband · ${today}`;

/** Self-explanatory picture: title, legend, drawing and source. */
export function Figure(props: {
  title: string;
  credits?: string | undefined;
  legend: readonly LegendItem[];
  palette: Palette;
  width: number;
  /** Height of the drawing, without title and legend. */
  height: number;
  svg: RefObject<SVGSVGElement | null>;
  children: ReactNode;
}) {
  const asKnown = useMomentText();
  const { title, credits, legend, palette, width, height, children } = props;
  const lines = titleLines(title, width - 2 * PADDING);
  const legendItems = layOutLegend(legend, width - 2 * PADDING);
  const legendTop = 24 + lines.length * LINE_HEIGHT;
  const head = legendTop + (legendItems.length > 0 ? (legendItems.at(-1)?.line ?? 0) * LINE_HEIGHT + 14 : -10);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing has no fieldset; the group names what lies in it.
    <svg
      ref={props.svg}
      className="desk-figure"
      role="group"
      aria-label={title}
      viewBox={`0 0 ${width} ${head + height + 26}`}
      fontFamily={FONT}
      fontSize={FONT_SIZE}
    >
      <rect width="100%" height="100%" fill={palette.paper} />
      <g>
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
        {legendItems.map(({ x, line, item }) => (
          <g key={item.label} transform={`translate(${PADDING + x} ${legendTop + line * LINE_HEIGHT})`}>
            <Swatch item={item} />
            <text x={30} y={4} fill={palette.ink}>
              {item.label}
            </text>
          </g>
        ))}
      </g>
      <g transform={`translate(0 ${head})`}>{children}</g>
      <text x={PADDING} y={head + height + 16} fontSize={10} fill={palette.faint}>
        {[sourceLine(new Date().toISOString().slice(0, 10)), asKnown, credits].filter(Boolean).join(' · ')}
      </text>
    </svg>
  );
}

const translations = {
  en: { svg: 'Save as SVG', png: 'Save as PNG' },
  nl: { svg: 'Bewaar als SVG', png: 'Bewaar als PNG' },
};

/** Buttons that save the picture under this file name. */
export function SaveButtons({ name, svg }: { name: string; svg: { readonly current: SVGSVGElement | null } }) {
  const texts = useTranslation(translations);
  const file = fileNameAt(name, useKnownAt());
  return (
    <>
      <button type="button" className="desk-button" onClick={() => svg.current && saveSvg(file, svg.current)}>
        {texts.svg}
      </button>
      <button type="button" className="desk-button" onClick={() => svg.current && void savePng(file, svg.current)}>
        {texts.png}
      </button>
    </>
  );
}
