import { Store } from '../store.js';
import type { Pending } from './decision-queue.js';
import { type DecisionApi, ReviewStore } from './review-store.js';

/** The review of a proposal, from when it is first opened until the page is left. */
interface OpenedReview {
  readonly store: ReviewStore;
  readonly pending: Store<Pending>;
}

const reviews = new Map<string, OpenedReview>();

/** Makes the browser ask before the page is left. */
const confirmLeave = (event: Event): void => event.preventDefault();

/** Asks before the page is left while decisions are not stored. */
function updateConfirmation(): void {
  const isStoring = [...reviews.values()].some(({ pending }) => pending.get().size > 0);
  if (isStoring) addEventListener('beforeunload', confirmLeave);
  else removeEventListener('beforeunload', confirmLeave);
}

/** Returns the review of a proposal. */
export function openedReview(id: string, api: DecisionApi): OpenedReview {
  const opened = reviews.get(id);
  if (opened) return opened;
  const pending = new Store<Pending>(new Map());
  const review = { store: new ReviewStore(api, pending), pending };
  reviews.set(id, review);
  pending.subscribe(updateConfirmation);
  return review;
}
