import { z } from 'zod';
import { ChineseAuthorityLevel, Country, DutchAuthorityLevel } from '../../../authority/authority.enums.js';
import { coordinates, id, nameFields, partialDate, sources, text, wikidataId } from '../seed.fields.js';

/** Schema of an authority; `checks/authorities.ts` checks the fields that depend on its country. */
export const authority = z.strictObject({
  id: id('nl', 'cn'),
  country: z.enum([Country.NL, Country.CN]),
  level: z.enum({ ...DutchAuthorityLevel, ...ChineseAuthorityLevel }),
  names: nameFields,
  code: text.nullable(),
  parent: id('nl', 'cn').nullable(),
  prefecture: id('cn').nullable(),
  wikidataId: wikidataId.nullable(),
  location: coordinates.nullable(),
  dissolvedOn: partialDate.nullable(),
  succeededBy: id('nl', 'cn').nullable(),
  sources,
});
