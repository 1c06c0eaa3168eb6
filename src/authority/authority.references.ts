import { byKey } from '../federation/reference.js';
import { Country } from './authority.enums.js';
import type { Authority } from './authority.js';
import { authorityByCode, authorityById } from './authority.loaders.js';

const of = (country: Country, found: Authority | null) => (found?.country === country ? found : null);

/** How another graph refers to an authority. */
export const authorityReferences = [
  byKey<{ id: string }>('Authority', 'id', ({ id }, { em }) => authorityById(em).load(id)),
  byKey<{ id: string }>('DutchAuthority', 'id', async ({ id }, { em }) =>
    of(Country.NL, await authorityById(em).load(id)),
  ),
  byKey<{ cbsCode: string }>('DutchAuthority', 'cbsCode', async ({ cbsCode }, { em }) =>
    of(Country.NL, await authorityByCode(em).load(cbsCode)),
  ),
  byKey<{ id: string }>('ChineseAuthority', 'id', async ({ id }, { em }) =>
    of(Country.CN, await authorityById(em).load(id)),
  ),
  byKey<{ gbCode: string }>('ChineseAuthority', 'gbCode', async ({ gbCode }, { em }) =>
    of(Country.CN, await authorityByCode(em).load(gbCode)),
  ),
];
