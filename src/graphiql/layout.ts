import { Store, useStore } from './store.js';
import { localArea, storeChoice } from './stored.js';

const STORAGE_KEY = 'stedenband:layout';

/** Layout of the page: the panel over everything, or beside the editor and the JSON of the answer. */
type Layout = 'answer' | 'editor';

const layout = new Store<Layout>(localArea.getItem(STORAGE_KEY) === 'editor' ? 'editor' : 'answer');
const isCodeOpen = new Store(false);

/** The style sheet reads the layout from the root element. */
function showLayout(): void {
  document.documentElement.dataset.layout = layout.get();
  document.documentElement.toggleAttribute('data-code', isCodeOpen.get());
}
layout.subscribe(showLayout);
isCodeOpen.subscribe(showLayout);
showLayout();

export const useLayout = (): Layout => useStore(layout);

/** Changes the layout, and stores it for the next visit. */
export function setLayout(next: Layout): void {
  storeChoice(STORAGE_KEY, next);
  isCodeOpen.set(false);
  layout.set(next);
}

/** Tells if the drawer with the code is open; only the layout `answer` has one. */
export const useIsCodeOpen = (): boolean => useStore(isCodeOpen);

export const setCodeOpen = isCodeOpen.set;
