import { type RefObject, useEffect, useRef } from 'react';

/** Steps along the marks by key. */
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
 * Makes the marks of a picture (elements with `data-mark`) operable by pointer and keyboard: a roving tabindex gives
 * the picture one tab stop, arrow keys move between marks, and Enter, Space or a click selects.
 *
 * @param onFocus Called with the number of a mark when it is hovered or focused.
 * @param onSelect Called with the number of a mark when it is clicked, or selected by Enter or Space.
 */
export function useMarkNavigation(
  picture: RefObject<SVGSVGElement | null>,
  onFocus: (mark: number) => void,
  onSelect: (mark: number) => void,
): void {
  const callbacks = useRef({ onFocus, onSelect });
  callbacks.current = { onFocus, onSelect };
  useEffect(() => {
    const svg = picture.current;
    if (!svg) return undefined;
    const listeners = new AbortController();
    const on = (type: string, handle: (event: Event, mark: SVGElement) => void) =>
      svg.addEventListener(
        type,
        event => {
          const mark = markAt(event.target);
          if (mark) handle(event, mark);
        },
        { signal: listeners.signal },
      );
    const indexOf = (mark: SVGElement) => Number(mark.dataset.mark);
    on('pointerover', (_, mark) => callbacks.current.onFocus(indexOf(mark)));
    on('focusin', (_, mark) => {
      for (const candidate of marksIn(svg)) candidate.setAttribute('tabindex', candidate === mark ? '0' : '-1');
      callbacks.current.onFocus(indexOf(mark));
    });
    on('click', (_, mark) => callbacks.current.onSelect(indexOf(mark)));
    on('keydown', (event, mark) => {
      const { key } = event as KeyboardEvent;
      if (key === 'Enter' || key === ' ') {
        event.preventDefault();
        callbacks.current.onSelect(indexOf(mark));
      }
      const step = STEPS[key];
      if (step === undefined) return;
      event.preventDefault();
      const marks = marksIn(svg);
      marks[Math.min(marks.length - 1, Math.max(0, marks.indexOf(mark) + step))]?.focus();
    });
    return () => listeners.abort();
  }, [picture]);
  // The mark that had the tab stop can be gone after a rendering.
  useEffect(() => {
    const marks = picture.current ? marksIn(picture.current) : [];
    if (!marks.some(mark => mark.getAttribute('tabindex') === '0')) marks[0]?.setAttribute('tabindex', '0');
  });
}
