import { DASH_PATTERNS } from './palette.js';

const OPACITY = { none: 0.9, focused: 1, dimmed: 0.28 };

/** Draws an arc, and a wider transparent one as pointer target. */
export function ArcMark(props: {
  mark: number;
  line: string;
  color: string;
  status: string | null;
  /** Accessible name. */
  label: string;
  emphasis: keyof typeof OPACITY;
}) {
  const { mark, line, color, status, label, emphasis } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a part of a drawing cannot be a button element.
    <g role="button" data-mark={mark} data-status={status ?? ''} tabIndex={mark === 0 ? 0 : -1} aria-label={label}>
      <path
        d={line}
        stroke={color}
        strokeWidth={emphasis === 'focused' ? 4 : 1.7}
        strokeOpacity={OPACITY[emphasis]}
        strokeDasharray={DASH_PATTERNS[status ?? '']}
      />
      <path d={line} stroke="transparent" strokeWidth={9} />
    </g>
  );
}
