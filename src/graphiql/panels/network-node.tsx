import type { NetworkPoint } from './network-layout.js';
import { labelPaint, type Palette } from './palette.js';

const OPACITY = { focused: 1, none: 1, dimmed: 0.45 };

/** Draws an authority with its name: a square for a Dutch one, a dot for a Chinese one. */
export function NodeMark(props: {
  mark: number;
  point: NetworkPoint;
  name: string;
  /** Accessible name. */
  label: string;
  emphasis: keyof typeof OPACITY;
  isCentre: boolean;
  palette: Palette;
}) {
  const { mark, point, name, label, emphasis, isCentre, palette } = props;
  const { x, y, node } = point;
  const size = isCentre ? 8 : 5;
  const isFocused = emphasis === 'focused';
  const paint = {
    fill: palette.place,
    stroke: isFocused ? palette.status.ENDED : palette.paper,
    strokeWidth: isFocused ? 3 : 1.5,
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a part of a drawing cannot be a button element.
    <g
      role="button"
      data-mark={mark}
      data-node={node.id}
      tabIndex={mark === 0 ? 0 : -1}
      aria-label={label}
      opacity={OPACITY[emphasis]}
    >
      <circle cx={x} cy={y} r={14} fill="transparent" />
      {node.country === 'NL' ? (
        <rect x={x - size} y={y - size} width={size * 2} height={size * 2} {...paint} />
      ) : (
        <circle cx={x} cy={y} r={size + 0.5} {...paint} />
      )}
      <text
        x={x}
        y={y + size + 13}
        fontWeight={isCentre || isFocused ? 700 : 400}
        textAnchor="middle"
        {...labelPaint(palette)}
      >
        {name}
      </text>
    </g>
  );
}
