import { DASHES } from './palette.js';

const OPACITY = { none: 0.9, shown: 1, other: 0.28 };

/** One tie: a line, and a broader one that nobody sees, so that it is easily pointed at. */
export function ArcMark(props: {
  mark: number;
  line: string;
  color: string;
  status: string | null;
  /** What it is, for those who do not see it. */
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
        strokeWidth={emphasis === 'shown' ? 4 : 1.7}
        strokeOpacity={OPACITY[emphasis]}
        strokeDasharray={DASHES[status ?? '']}
      />
      <path d={line} stroke="transparent" strokeWidth={9} />
    </g>
  );
}
