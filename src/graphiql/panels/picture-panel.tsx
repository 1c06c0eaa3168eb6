import { type ReactNode, type RefObject, useRef } from 'react';
import { SaveButtons } from './figure.js';
import { Nothing, Panel } from './panel.js';
import { useWidth } from './use-width.js';

/** Draws a picture as wide as there is room; the drawing is what the buttons save. */
export type Draw = (width: number, svg: RefObject<SVGSVGElement | null>) => ReactNode;

/** The frame of every panel with a picture: what stands above it, the picture, or in words that there is none. */
export function PicturePanel(props: {
  title: string;
  /** Of the files that are saved, without their ending. */
  file: string;
  above: ReactNode;
  /** Undefined where the answer has nothing to draw. */
  draw: Draw | undefined;
  nothing: string;
  /** A question that has something to draw. */
  question: string;
}) {
  const { title, file, above, draw, nothing, question } = props;
  const frame = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const width = useWidth(frame);
  return (
    <Panel title={title} tools={draw && <SaveButtons name={file} svg={svg} />}>
      {above}
      <div ref={frame} className="desk-frame">
        {width > 0 && draw?.(width, svg)}
      </div>
      {!draw && <Nothing question={question}>{nothing}</Nothing>}
    </Panel>
  );
}
