import type { ReactNode, RefObject } from 'react';
import { useWords } from '../language.js';
import type { Palette } from './palette.js';
import { savePng, saveSvg } from './save.js';

/** The page's own; where a saved picture is looked at without it, the next one there is. */
export const FONT = "Roboto, 'Noto Sans', 'Segoe UI', system-ui, 'Noto Sans CJK SC', sans-serif";

export interface LegendItem {
  readonly label: string;
  readonly color: string;
  readonly shape: 'line' | 'box' | 'dot' | 'cross';
  readonly dash?: string | undefined;
}

const SIZE = 12;
const TITLE = 15;
const LINE = 20;
const SIDE = 12;
/** How wide text is, near enough: CJK letters fill their square, others about half of it. */
export const widthOf = (text: string, size = SIZE): number =>
  [...text].reduce((sum, letter) => sum + size * (letter > '\u2E80' ? 1 : 0.55), 0);

/** As much of a text as has room. */
export function cutTo(text: string, width: number, size = SIZE): string {
  if (widthOf(text, size) <= width) return text;
  let cut = [...text];
  while (cut.length > 1 && widthOf(cut.join(''), size) > width - size) cut = cut.slice(0, -1);
  return `${cut.join('').trimEnd()}…`;
}

/** A title in one line, or two where one has no room for it. */
function titleLines(title: string, width: number): string[] {
  const words = title.split(' ');
  let first = words.shift() ?? '';
  while (words[0] !== undefined && widthOf(`${first} ${words[0]}`, TITLE) <= width) first += ` ${words.shift()}`;
  return words.length > 0 ? [first, cutTo(words.join(' '), width, TITLE)] : [first];
}

/** Where each part of a legend stands: as many in a line as fit. */
function laidOut(legend: readonly LegendItem[], width: number): { x: number; line: number; item: LegendItem }[] {
  let [x, line] = [0, 0];
  return legend.map(item => {
    const space = 30 + widthOf(item.label) + 16;
    if (x > 0 && x + space > width) [x, line] = [0, line + 1];
    const at = { x, line, item };
    x += space;
    return at;
  });
}

function Swatch({ item: { shape, color, dash } }: { item: LegendItem }) {
  if (shape === 'line') return <path d="M0 0H24" stroke={color} strokeWidth={2.5} strokeDasharray={dash} />;
  if (shape === 'dot') return <circle cx={12} r={4} fill={color} />;
  if (shape === 'cross') return <path d="M8-4 16 4M8 4 16-4" stroke={color} strokeWidth={2} />;
  return <rect x={2} y={-6} width={20} height={12} rx={2} fill={color} />;
}

const sourceLine = (today: string) => `stedenband · ${today}`;

/** A picture that says by itself what it shows: title, legend, picture, and where it comes from. */
export function Figure(props: {
  title: string;
  credits?: string | undefined;
  legend: readonly LegendItem[];
  palette: Palette;
  width: number;
  /** Of the picture alone. */
  height: number;
  svg: RefObject<SVGSVGElement | null>;
  children: ReactNode;
}) {
  const { title, credits, legend, palette, width, height, children } = props;
  const lines = titleLines(title, width - 2 * SIDE);
  const parts = laidOut(legend, width - 2 * SIDE);
  const legendTop = 24 + lines.length * LINE;
  const head = legendTop + (parts.length > 0 ? (parts.at(-1)?.line ?? 0) * LINE + 14 : -10);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing has no fieldset; the group names what lies in it.
    <svg
      ref={props.svg}
      className="desk-figure"
      role="group"
      aria-label={title}
      viewBox={`0 0 ${width} ${head + height + 26}`}
      fontFamily={FONT}
      fontSize={SIZE}
    >
      <rect width="100%" height="100%" fill={palette.paper} />
      <g>
        {lines.map((line, index) => (
          <text key={line} x={SIDE} y={22 + index * LINE} fontSize={TITLE} fontWeight={500} fill={palette.ink}>
            {line}
          </text>
        ))}
        {parts.map(({ x, line, item }) => (
          <g key={item.label} transform={`translate(${SIDE + x} ${legendTop + line * LINE})`}>
            <Swatch item={item} />
            <text x={30} y={4} fill={palette.ink}>
              {item.label}
            </text>
          </g>
        ))}
      </g>
      <g transform={`translate(0 ${head})`}>{children}</g>
      <text x={SIDE} y={head + height + 16} fontSize={10} fill={palette.faint}>
        {[sourceLine(new Date().toISOString().slice(0, 10)), credits].filter(Boolean).join(' · ')}
      </text>
    </svg>
  );
}

const words = {
  en: { svg: 'Save as SVG', png: 'Save as PNG' },
  nl: { svg: 'Bewaar als SVG', png: 'Bewaar als PNG' },
};

/** Buttons that save the picture as a file of this name. */
export function SaveButtons({ name, svg }: { name: string; svg: { readonly current: SVGSVGElement | null } }) {
  const texts = useWords(words);
  return (
    <>
      <button type="button" className="desk-button" onClick={() => svg.current && saveSvg(name, svg.current)}>
        {texts.svg}
      </button>
      <button type="button" className="desk-button" onClick={() => svg.current && void savePng(name, svg.current)}>
        {texts.png}
      </button>
    </>
  );
}
