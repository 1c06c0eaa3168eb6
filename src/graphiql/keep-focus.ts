/** Elements that can stand in for an element in them that had the focus. */
const PLACES = 'fieldset, section[aria-label], .graphiql-plugin, .desk-bar';
/** Times after an action at which its element may be gone: panels are loaded when they are first opened. */
const CHECKS_MS = [50, 300, 1000, 3000];

const isShown = (element: Element): boolean => element.isConnected && element.getClientRects().length > 0;

/** Returns the places around an element, the nearest first. */
function placesAround(element: Element): Element[] {
  const place = element.parentElement?.closest(PLACES);
  return place ? [place, ...placesAround(place)] : [];
}

/** Moves the focus to the nearest place that is still there; of a panel, to what it shows now. */
function focusNearest(places: readonly Element[]): void {
  const place = places.find(isShown) ?? document.querySelector('.graphiql-plugin');
  const target = place?.matches('.graphiql-plugin') ? (place.querySelector('.desk') ?? place) : place;
  target?.setAttribute('tabindex', '-1');
  (target as HTMLElement | null | undefined)?.focus({ preventScroll: true });
}

/**
 * Keeps the focus at the element that has it, or near it if an action removes or hides that: a reader would start at the
 * top again. An element loses the focus, too, if it is moved or is inert for a time, as a mark while another picture is
 * asked for.
 */
export function keepFocus(): () => void {
  /** Element that had the focus last, unless the reader pointed or tabbed elsewhere. */
  let last: Element | undefined;
  const onFocus = ({ target }: Event): void => {
    last = target instanceof Element ? target : undefined;
  };
  const onPointer = (): void => {
    last = undefined;
  };
  const onAction = (event: Event): void => {
    if (event instanceof KeyboardEvent && event.key === 'Tab') last = undefined;
    if (event instanceof KeyboardEvent && event.key !== 'Enter' && event.key !== ' ') return;
    const element = document.activeElement;
    if (!element || element === document.body) return;
    const places = placesAround(element);
    last = element;
    for (const delay of CHECKS_MS)
      setTimeout(() => {
        // A panel that is still being loaded is focused by its frame.
        const isLost = document.activeElement?.matches('body, .graphiql-plugin') ?? true;
        if (!isLost) return;
        if (!isShown(element)) focusNearest(places);
        else if (element === last) (element as HTMLElement | SVGElement).focus({ preventScroll: true });
      }, delay);
  };
  const listening = new AbortController();
  const options = { capture: true, signal: listening.signal };
  for (const type of ['click', 'change', 'keydown']) document.addEventListener(type, onAction, options);
  document.addEventListener('focusin', onFocus, options);
  document.addEventListener('pointerdown', onPointer, options);
  return () => listening.abort();
}
