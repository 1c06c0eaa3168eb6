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

/** Keeps the focus near the element that has it if an action removes or hides that: a reader would start at the top again. */
export function keepFocus(): () => void {
  const onAction = (): void => {
    const element = document.activeElement;
    if (!element || element === document.body) return;
    const places = placesAround(element);
    for (const delay of CHECKS_MS)
      setTimeout(() => {
        // A panel that is still being loaded is focused by its frame.
        const isLost = document.activeElement?.matches('body, .graphiql-plugin') ?? true;
        if (isLost && !isShown(element)) focusNearest(places);
      }, delay);
  };
  const listening = new AbortController();
  for (const type of ['click', 'change'])
    document.addEventListener(type, onAction, { capture: true, signal: listening.signal });
  return () => listening.abort();
}
