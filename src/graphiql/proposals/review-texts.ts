import { failureText } from '../result/failure-text.js';
import type { Item } from './proposal.js';
import type { Dropped } from './review-store.js';
import { placeText } from './row-texts.js';
import type { ProposalTexts } from './texts-en.js';

/** The rows that a sentence names; more of them are counted. */
const MAX_NAMED = 5;

/** Returns the reason of decisions that were not stored, and the rows that they are on. */
export function droppedText({ decisions, error }: Dropped, shown: readonly Item[], texts: ProposalTexts): string {
  const placeOf = (itemId: string) => {
    const item = shown.find(({ id }) => id === itemId);
    return item ? placeText(item, texts) : itemId;
  };
  const names = decisions.slice(0, MAX_NAMED).map(({ itemId }) => placeOf(itemId));
  const others = decisions.length - names.length;
  const places = `${names.join(', ')}${others > 0 ? ` ${texts.more(others)}` : ''}`;
  return `${failureText(error, texts)} ${texts.notStored(places)}`;
}

/**
 * Returns the sentences on the answered rows that were compared again: those with another verdict than when they were
 * shown. Undefined if there are none.
 */
export function comparedText(
  shown: readonly Pick<Item, 'id' | 'verdict'>[],
  answered: readonly Item[],
  texts: ProposalTexts,
  verdictLabel: (verdict: string) => string,
): string | undefined {
  const verdicts = new Map(shown.map(({ id, verdict }) => [id, verdict]));
  // The earlier verdict of a row on another page is not known.
  const compared = answered.filter(({ id, verdict }) => (verdicts.get(id) ?? verdict) !== verdict);
  if (compared.length === 0) return undefined;
  if (compared.length > MAX_NAMED) return texts.comparedMany(compared.length);
  return compared.map(item => texts.compared(placeText(item, texts), verdictLabel(item.verdict))).join(' ');
}
