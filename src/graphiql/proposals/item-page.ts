import { FOR_A_PERSON, type Item } from './proposal.js';
import type { Page, PagePlace } from './proposal-api.js';

/** The rows that are shown: all, those that a person decides on, or those of one verdict. */
export type VerdictFilter = 'ALL' | 'PERSON' | string;

/** A page of rows, and its place in the list. */
export interface ItemPage extends Page<Item> {
  readonly place: PagePlace;
  /** The number of rows before it. */
  readonly offset: number;
  readonly filter: VerdictFilter;
}

/** Returns the filter of the connection. */
export const filterOf = (filter: VerdictFilter): object => {
  if (filter === 'ALL') return {};
  return { verdict: { in: filter === 'PERSON' ? FOR_A_PERSON : [filter] } };
};
