import { byKey } from '../federation/reference.js';
import { recordById } from '../graph/record-loader.js';
import { organisations } from './organisation.listing.js';

/** How another graph refers to an organisation. */
export const organisationReferences = [
  byKey<{ id: string }>('Organisation', 'id', async ({ id }, { em }) => recordById(em, organisations, id)),
];
