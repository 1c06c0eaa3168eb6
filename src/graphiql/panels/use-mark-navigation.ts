import { type RefObject, useEffect, useRef } from 'react';

/** A step along the marks for each key. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

const marksIn = (picture: Element): SVGElement[] => [...picture.querySelectorAll<SVGElement>('[data-mark]')];
const markAt = (target: EventTarget | null): SVGElement | null =>
  target instanceof Element ? target.closest<SVGElement>('[data-mark]') : null;

/**
 * Makes the marks of a picture, the elements with `data-mark`, work with pointer and keyboard alike: one stop of the
 * Tab key for the whole picture, arrows from mark to mark, Enter or a click to choose.
 *
 * @param show Is called with a mark's number when it is pointed at or focused.
 * @param choose Is called with a mark's number when it is clicked or entered.
 */
export function useMarkNavigation(
  picture: RefObject<SVGSVGElement | null>,
  show: (mark: number) => void,
  choose: (mark: number) => void,
): void {
  const calls = useRef({ show, choose });
  calls.current = { show, choose };
  useEffect(() => {
    const svg = picture.current;
    if (!svg) return undefined;
    const ends = new AbortController();
    const on = (type: string, handle: (event: Event, mark: SVGElement) => void) =>
      svg.addEventListener(
        type,
        event => {
          const mark = markAt(event.target);
          if (mark) handle(event, mark);
        },
        { signal: ends.signal },
      );
    const number = (mark: SVGElement) => Number(mark.dataset.mark);
    on('pointerover', (_, mark) => calls.current.show(number(mark)));
    on('focusin', (_, mark) => {
      for (const other of marksIn(svg)) other.setAttribute('tabindex', other === mark ? '0' : '-1');
      calls.current.show(number(mark));
    });
    on('click', (_, mark) => calls.current.choose(number(mark)));
    on('keydown', (event, mark) => {
      const { key } = event as KeyboardEvent;
      if (key === 'Enter' || key === ' ') {
        event.preventDefault();
        calls.current.choose(number(mark));
      }
      const step = STEPS[key];
      if (step === undefined) return;
      event.preventDefault();
      const marks = marksIn(svg);
      marks[Math.min(marks.length - 1, Math.max(0, marks.indexOf(mark) + step))]?.focus();
    });
    return () => ends.abort();
  }, [picture]);
}
