import { byKey } from '../federation/reference.js';
import { exchangeById } from './exchange.resolver.js';

/** How another graph refers to an exchange. */
export const exchangeReferences = [
  byKey<{ id: string }>('Exchange', 'id', ({ id }, { em }) => exchangeById(em).load(id)),
];
