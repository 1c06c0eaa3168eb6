import { type ReactNode, type RefObject, useRef } from 'react';
import { SaveButtons } from './figure.js';
import { EmptyState, Panel } from './panel.js';
import { useWidth } from './use-width.js';

/** Called with the available width. Sets `svg` to the element that the save buttons export. */
export type DrawPicture = (width: number, svg: RefObject<SVGSVGElement | null>) => ReactNode;

/** Frame of every panel with a picture: controls, the picture, or an explanation that there is none. */
export function PicturePanel(props: {
  title: string;
  /** Name of saved files, without extension. */
  file: string;
  controls: ReactNode;
  /** Undefined if the result contains nothing to draw. */
  draw: DrawPicture | undefined;
  nothing: string;
  /** Example question with something to draw. */
  question: string;
}) {
  const { title, file, controls, draw, nothing, question } = props;
  const frame = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const width = useWidth(frame);
  return (
    <Panel title={title} tools={draw && <SaveButtons name={file} svg={svg} />}>
      {controls}
      <div ref={frame} className="desk-frame">
        {width > 0 && draw?.(width, svg)}
      </div>
      {!draw && <EmptyState question={question}>{nothing}</EmptyState>}
    </Panel>
  );
}
