import './figures.css';

import { type ReactNode, type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { today } from '../clock/amsterdam.js';
import { useKnownAt } from '../clock/moment.js';
import { useAreLabelsAwaited } from '../enum-labels.js';
import { useTranslation } from '../language.js';
import { fileNameAt } from '../result/known-at.js';
import { useDayVariable } from './day-slider.js';
import { AnswerPanel, EmptyState } from './panel.js';
import { PictureContext, usePictureSettings } from './picture-settings.js';
import { savePng, saveSvg } from './save.js';
import { useQuestionTitle } from './use-question-title.js';
import { useWidth } from './use-width.js';

const translations = {
  en: { svg: 'Save as SVG', png: 'Save as PNG', title: 'Title of the picture' },
  nl: { svg: 'Bewaar als SVG', png: 'Bewaar als PNG', title: 'Titel van het beeld' },
  zh: { svg: '保存为 SVG', png: '保存为 PNG', title: '图片标题' },
};

/** Called with the available width. Sets `svg` to the element that is saved. */
export type DrawPicture = (width: number, svg: RefObject<SVGSVGElement | null>) => ReactNode;

type PictureFormat = 'svg' | 'png';

/** Width that a thumbnail is drawn at; it is scaled to its frame. */
const THUMBNAIL_WIDTH = 480;

/** Frame of every panel with a picture: controls, title, the picture, or an explanation that there is none. A thumbnail has none of it. */
export function PicturePanel(props: {
  title: string;
  /** Kind of picture in the names of saved files. */
  file: string;
  /** Day of the picture, in the names of saved files; that of the question, or else today, by default. */
  day?: string | undefined;
  controls: ReactNode;
  /** Undefined if the result contains nothing to draw. */
  draw: DrawPicture | undefined;
  /** Elements above and below the picture. */
  above?: ReactNode;
  below?: ReactNode;
  nothing: string;
  /** Example question with something to draw. */
  question: string;
}) {
  const { title, file, controls, draw, above, below, nothing, question } = props;
  const texts = useTranslation(translations);
  const svg = useRef<SVGSVGElement>(null);
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const width = useWidth(frame);
  const questionTitle = useQuestionTitle();
  const dayOfQuestion = useDayVariable()?.day;
  // A title belongs to the question that it was written for.
  const [written, setWritten] = useState<{ of: string | undefined; text: string }>();
  const ownTitle = (written?.of === questionTitle && written?.text.trim()) || undefined;
  const [format, setFormat] = useState<PictureFormat>();
  const shown = useMemo(() => ({ title: ownTitle, purpose: 'panel' as const }), [ownTitle]);
  const day = props.day ?? dayOfQuestion ?? today();
  const name = fileNameAt(`stedenband-${file}-${day}`, useKnownAt());
  if (usePictureSettings().purpose === 'thumbnail') return draw?.(THUMBNAIL_WIDTH, svg);
  const tools = (['svg', 'png'] as const).map(option => (
    <button key={option} type="button" className="desk-button" onClick={() => setFormat(option)}>
      {texts[option]}
    </button>
  ));
  return (
    <AnswerPanel title={title} tools={draw && tools} controls={controls}>
      {draw && (
        <label className="desk-title">
          {texts.title}{' '}
          <input
            type="text"
            value={written?.of === questionTitle ? written?.text : ''}
            placeholder={questionTitle ?? title}
            onChange={event => setWritten({ of: questionTitle, text: event.target.value })}
          />
        </label>
      )}
      {above}
      <div ref={setFrame} className="desk-frame">
        {width > 0 && draw && <PictureContext value={shown}>{draw(width, svg)}</PictureContext>}
      </div>
      {draw && format && (
        <SavedPicture draw={draw} width={width} title={ownTitle} name={name} format={format} done={setFormat} />
      )}
      {below}
      {!draw && <EmptyState question={question}>{nothing}</EmptyState>}
    </AnswerPanel>
  );
}

/** Width of a saved picture: legible on a page of a report, whatever the width of the panel. */
const SAVED_WIDTH = { min: 760, max: 1000 };

/** Renders the copy of a picture that is saved, and saves it before the browser paints, or when its labels have come. */
function SavedPicture(props: {
  draw: DrawPicture;
  width: number;
  title: string | undefined;
  name: string;
  format: PictureFormat;
  done: (format: undefined) => void;
}) {
  const { draw, width, title, name, format, done } = props;
  const svg = useRef<SVGSVGElement>(null);
  const settings = useMemo(() => ({ title, purpose: 'saved' as const }), [title]);
  const areLabelsAwaited = useAreLabelsAwaited();
  useLayoutEffect(() => {
    if (areLabelsAwaited) return;
    if (svg.current) {
      if (format === 'svg') saveSvg(name, svg.current);
      else void savePng(name, svg.current);
    }
    done(undefined);
  }, [name, format, done, areLabelsAwaited]);
  return (
    <div className="desk-hidden" aria-hidden="true" inert>
      <PictureContext value={settings}>
        {draw(Math.min(Math.max(width, SAVED_WIDTH.min), SAVED_WIDTH.max), svg)}
      </PictureContext>
    </div>
  );
}
