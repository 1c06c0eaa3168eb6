import { referenceByKey } from '../federation/reference.js';
import { recordById } from '../graph/record/record-loader.js';
import { organisations } from './organisation.listing.js';

/** Federation: resolves references to an organisation from other subgraphs. */
export const organisationReferences = [
  referenceByKey<{ id: string }>('Organisation', 'id', ({ id }, { em }) => recordById(em, organisations, id)),
];
