import { z } from 'zod';
import { ExchangeKind, ExchangeStatus, ExchangeSubkind } from '../../../exchange/exchange.enums.js';
import { Confidence } from '../../../source/confidence.js';
import { distinct, id, partialDate, sources, text, texts } from '../seed.fields.js';

/** Schema of an exchange. */
export const exchange = z.strictObject({
  id: id('exch'),
  kind: z.enum(ExchangeKind),
  subkind: z.enum(ExchangeSubkind).nullable(),
  title: texts,
  status: z.enum(ExchangeStatus),
  recurring: z.boolean(),
  startedOn: partialDate.nullable(),
  endedOn: partialDate.nullable(),
  dutch: id('nl').nullable(),
  chinese: id('cn').nullable(),
  partnership: id('tie').nullable(),
  underPartnership: z.boolean().nullable(),
  programme: id('prog').nullable(),
  participants: distinct(text),
  description: text.nullable(),
  notes: text.nullable(),
  confidence: z.enum(Confidence),
  sources,
});
