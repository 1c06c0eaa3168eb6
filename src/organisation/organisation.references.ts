import { byKey } from '../federation/reference.js';
import { organisationById } from './organisation.resolver.js';

/** How another graph refers to an organisation. */
export const organisationReferences = [
  byKey<{ id: string }>('Organisation', 'id', ({ id }, { em }) => organisationById(em).load(id)),
];
