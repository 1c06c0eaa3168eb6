import { useTranslation } from '../language.js';
import { PADDING, textWidth } from './figure-text.js';
import type { Palette } from './palette.js';

export interface LegendItem {
  /** Identifies the item among those of the legend. */
  readonly key: string;
  readonly label: string;
  readonly color: string;
  readonly shape: 'line' | 'box' | 'dot' | 'cross';
  readonly dash?: string | undefined;
}

/** The statuses that the reader hid by the legend of a picture. */
export interface Muting {
  readonly muted: ReadonlySet<string>;
  readonly toggle: (key: string) => void;
}

export const LINE_HEIGHT = 20;

const translations = {
  en: { hide: 'hide', show: 'show' },
  nl: { hide: 'verberg', show: 'toon' },
  zh: { hide: '隐藏', show: '显示' },
};

interface Positioned {
  readonly x: number;
  readonly line: number;
  readonly item: LegendItem;
}

/** Positions the items of a legend, as many per line as fit. */
export function layOutLegend(legend: readonly LegendItem[], width: number): Positioned[] {
  let [x, line] = [0, 0];
  return legend.map(item => {
    const space = 30 + textWidth(item.label) + 16;
    if (x > 0 && x + space > width) [x, line] = [0, line + 1];
    const position = { x, line, item };
    x += space;
    return position;
  });
}

/** Draws a legend. With `muting.toggle`, its items are buttons. */
export function Legend(props: {
  items: readonly Positioned[];
  top: number;
  palette: Palette;
  muting: (Pick<Muting, 'muted'> & Partial<Muting>) | undefined;
}) {
  const { items, top, palette, muting } = props;
  const texts = useTranslation(translations);
  return items.map(({ x, line, item }) => {
    const isMuted = muting?.muted.has(item.key) ?? false;
    const toggle = () => muting?.toggle?.(item.key);
    const button = muting?.toggle && {
      role: 'button',
      tabIndex: 0,
      'aria-pressed': !isMuted,
      'aria-label': `${item.label}: ${isMuted ? texts.show : texts.hide}`,
      'data-legend': item.key,
      onClick: toggle,
      onKeyDown: (event: React.KeyboardEvent) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        toggle();
      },
    };
    return (
      <g
        key={item.key}
        transform={`translate(${PADDING + x} ${top + line * LINE_HEIGHT})`}
        opacity={isMuted ? 0.55 : 1}
        {...button}
      >
        <rect x={-4} y={-12} width={30 + textWidth(item.label) + 8} height={24} fill="transparent" />
        <Swatch item={item} />
        <text x={30} y={4} fill={palette.ink} textDecoration={isMuted ? 'line-through' : undefined}>
          {item.label}
        </text>
      </g>
    );
  });
}

function Swatch({ item: { shape, color, dash } }: { item: LegendItem }) {
  if (shape === 'line') return <path d="M0 0H24" stroke={color} strokeWidth={2.5} strokeDasharray={dash} />;
  if (shape === 'dot') return <circle cx={12} r={4} fill={color} />;
  if (shape === 'cross') return <path d="M8-4 16 4M8 4 16-4" stroke={color} strokeWidth={2} />;
  return <rect x={2} y={-6} width={20} height={12} rx={2} fill={color} />;
}
