import { referenceByKey } from '../federation/reference.js';
import { recordById } from '../graph/record/record-loader.js';
import { exchanges } from './exchange.listing.js';

/** Federation: resolves references to an exchange from other subgraphs. */
export const exchangeReferences = [
  referenceByKey<{ id: string }>('Exchange', 'id', ({ id }, { em }) => recordById(em, exchanges, id)),
];
