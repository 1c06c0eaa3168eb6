import { byKey } from '../federation/reference.js';
import { recordById } from '../graph/record-loader.js';
import { exchanges } from './exchange.listing.js';

/** How another graph refers to an exchange. */
export const exchangeReferences = [
  byKey<{ id: string }>('Exchange', 'id', async ({ id }, { em }) => recordById(em, exchanges, id)),
];
