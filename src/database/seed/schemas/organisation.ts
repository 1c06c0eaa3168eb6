import { z } from 'zod';
import { Country } from '../../../authority/authority.enums.js';
import { ContactPointType, OrganisationKind } from '../../../organisation/organisation.enums.js';
import { Confidence } from '../../../source/confidence.js';
import { id, nameFields, partialDate, sources, text, texts, webAddress } from '../seed.fields.js';

/** Schema of an organisation, with general contact points only. */
export const organisation = z.strictObject({
  id: id('org'),
  kind: z.enum(OrganisationKind),
  names: nameFields,
  role: texts,
  city: text.nullable(),
  country: z.enum(Country).nullable(),
  parent: id('org').nullable(),
  startedOn: partialDate.nullable(),
  endedOn: partialDate.nullable(),
  website: webAddress.nullable(),
  contactPoints: z.array(z.strictObject({ type: z.enum(ContactPointType), value: text, seenIn: text.nullable() })),
  notes: text.nullable(),
  confidence: z.enum(Confidence),
  sources,
});
