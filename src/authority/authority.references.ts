import { referenceByKey } from '../federation/reference.js';
import { nodeByIdOfType } from '../graph/record/node.js';
import { recordById } from '../graph/record/record-loader.js';
import { Country } from './authority.enums.js';
import type { Authority } from './authority.js';
import { authorities } from './authority.listing.js';
import { authorityByCode } from './authority.loaders.js';

const of = (country: Country, authority: Authority | null) => (authority?.country === country ? authority : null);

/**
 * Federation: resolves references to an authority from other subgraphs, one resolver per `@key`. The prefix of an id is its
 * country.
 */
export const authorityReferences = [
  referenceByKey<{ id: string }>('Authority', 'id', ({ id }, { em }) => recordById(em, authorities, id)),
  referenceByKey<{ id: string }>('DutchAuthority', 'id', ({ id }, { em }) => nodeByIdOfType(em, authorities, id, 'nl')),
  referenceByKey<{ cbsCode: string }>('DutchAuthority', 'cbsCode', async ({ cbsCode }, { em }) =>
    of(Country.NL, await authorityByCode(em).load(cbsCode)),
  ),
  referenceByKey<{ id: string }>('ChineseAuthority', 'id', ({ id }, { em }) =>
    nodeByIdOfType(em, authorities, id, 'cn'),
  ),
  referenceByKey<{ gbCode: string }>('ChineseAuthority', 'gbCode', async ({ gbCode }, { em }) =>
    of(Country.CN, await authorityByCode(em).load(gbCode)),
  ),
];
