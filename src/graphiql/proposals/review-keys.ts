import { BULK_KEYS, BULK_KINDS, type BulkKind } from './bulk.js';
import type { DecisionKind } from './proposal.js';

/** The actions of the keys of a review. */
interface ReviewKeys {
  move(step: 1 | -1): void;
  decide(decision: Exclude<DecisionKind, 'CHOOSE'>): void;
  /** @param n From 0. */
  choose(n: number): void;
  /** Asks for decisions on many rows. */
  bulk(kind: BulkKind): void;
}

const DECISIONS = { a: 'ACCEPT', r: 'REJECT', b: 'KEEP_BOTH' } as const;

/** An event of the keyboard, as React has it. */
interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly target: unknown;
  preventDefault(): void;
}

/** A field, in which keys are text. */
const FIELD = 'input, textarea, select, [contenteditable]';
/** The list of rows: elsewhere the arrow keys scroll. */
export const LIST = 'ol.proposal-rows';

/** Returns the handler of the keys of a review: for the part of the page that has the focus, but not in its fields. */
export function reviewKeys({ move, decide, choose, bulk }: ReviewKeys) {
  return (event: KeyPress): void => {
    const target = event.target as { closest(selector: string): unknown };
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest(FIELD)) return;
    const isInList = target.closest(LIST) !== null;
    const { key } = event;
    const bulkKind = BULK_KINDS.find(kind => BULK_KEYS[kind] === key);
    if (key === 'j' || (key === 'ArrowDown' && isInList)) move(1);
    else if (key === 'k' || (key === 'ArrowUp' && isInList)) move(-1);
    else if (Object.hasOwn(DECISIONS, key)) decide(DECISIONS[key as keyof typeof DECISIONS]);
    else if (bulkKind) bulk(bulkKind);
    else if (/^[1-9]$/.test(key)) choose(Number(key) - 1);
    else return;
    event.preventDefault();
  };
}
