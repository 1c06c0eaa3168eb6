/** Elements that can stand in for an element in them that had the focus. */
const PLACES = 'fieldset, section[aria-label], .graphiql-plugin, .desk-bar';

const isShown = (element: Element): boolean => element.isConnected && element.getClientRects().length > 0;

/** Returns the places around an element, the nearest first. */
function placesAround(element: Element): Element[] {
  const place = element.parentElement?.closest(PLACES);
  return place ? [place, ...placesAround(place)] : [];
}

/** Returns the nearest place that is still there; of a panel, the section that it shows now. */
function nearest(places: readonly Element[]): Element | null {
  const place = places.find(isShown) ?? document.querySelector('.graphiql-plugin');
  return place?.matches('.graphiql-plugin') ? (place.querySelector('.desk') ?? place) : place;
}

/**
 * Keeps the focus at the element that has it, or near it if an action removes or hides that: a reader would start at the
 * top again. An element loses the focus, too, if it is moved or is inert for a time, as a mark while another picture is
 * asked for. Looks after each change of the document, because answers and panels take as long as they take.
 */
export function keepFocus(): () => void {
  /** Last action at an element, until the reader points, tabs or moves the focus elsewhere. */
  let action: { element: Element; places: readonly Element[]; standIn?: Element } | undefined;
  let isScheduled = false;
  const check = (): void => {
    isScheduled = false;
    const active = document.activeElement;
    if (!action || !active) return;
    const { element, places, standIn } = action;
    // A panel that is still being loaded is focused by its frame.
    const isLost = active === standIn || active.matches('body, .graphiql-plugin') || !isShown(active);
    if (!isLost) return;
    const target = isShown(element) ? element : nearest(places);
    if (!target || target === active) return;
    if (target !== element) {
      action.standIn = target;
      target.setAttribute('tabindex', '-1');
    }
    (target as HTMLElement | SVGElement).focus({ preventScroll: true });
  };
  const schedule = (): void => {
    if (!action || isScheduled) return;
    isScheduled = true;
    requestAnimationFrame(check);
  };
  const onFocus = ({ target }: Event): void => {
    if (target !== action?.element && target !== action?.standIn) action = undefined;
  };
  const onPointer = (): void => {
    action = undefined;
  };
  const onAction = (event: Event): void => {
    if (event instanceof KeyboardEvent && event.key === 'Tab') action = undefined;
    if (event instanceof KeyboardEvent && event.key !== 'Enter' && event.key !== ' ') return;
    const element = document.activeElement;
    if (!element || element === document.body) return;
    action = { element, places: placesAround(element) };
  };
  const listening = new AbortController();
  const options = { capture: true, signal: listening.signal };
  for (const type of ['click', 'change', 'keydown']) document.addEventListener(type, onAction, options);
  document.addEventListener('focusin', onFocus, options);
  document.addEventListener('pointerdown', onPointer, options);
  const observer = new MutationObserver(schedule);
  observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  return () => {
    listening.abort();
    observer.disconnect();
  };
}
