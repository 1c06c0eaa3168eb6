import { z } from 'zod';
import { Country } from '../../../authority/authority.enums.js';
import { ContactPointType, OrganisationKind } from '../../../organisation/organisation.enums.js';
import { Confidence } from '../../../source/confidence.js';
import { id, nameFields, normalAddress, partialDate, sources, text, texts, webAddress } from '../seed.fields.js';

const contactPoint = z
  .strictObject({ type: z.enum(ContactPointType), value: text, seenIn: text.nullable() })
  .transform((point, context) =>
    point.type === ContactPointType.URL ? { ...point, value: normalAddress(point.value, context, ['value']) } : point,
  );

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
  contactPoints: z.array(contactPoint),
  notes: text.nullable(),
  confidence: z.enum(Confidence),
  sources,
});
