import { z } from 'zod';
import { Confidence } from '../../../source/confidence.js';
import { distinct, id, nameFields, partialDate, sources, text } from '../seed.fields.js';

/** Schema of a programme and its links. */
export const programme = z.strictObject({
  id: id('prog'),
  names: nameFields,
  description: text.nullable(),
  inVngInternationalPortfolio: z.boolean(),
  startedOn: partialDate.nullable(),
  endedOn: partialDate.nullable(),
  funder: text.nullable(),
  implementer: text.nullable(),
  projectCode: text.nullable(),
  iatiId: text.nullable(),
  budgetEur: z.number().min(0, { error: 'a budget must not be negative' }).nullable(),
  themes: distinct(text),
  organisations: distinct(id('org')),
  authorities: distinct(id('nl', 'cn')),
  partnerships: distinct(id('tie')),
  otherPartners: distinct(text),
  notes: text.nullable(),
  confidence: z.enum(Confidence),
  sources,
});
