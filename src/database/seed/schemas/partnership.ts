import { z } from 'zod';
import {
  DialogueTopic,
  PartnershipKind,
  PartnershipMotive,
  PartnershipOrigin,
  PartnershipStatus,
  StatusDecisionMaker,
  SupportBase,
  Theme,
} from '../../../partnership/partnership.enums.js';
import { Confidence } from '../../../source/confidence.js';
import { distinct, id, partialDate, sources, text } from '../seed.fields.js';

/** Statuses that can be recorded: `NOT_YET_STARTED` is only derived, for a given day. */
const recordedStatus = z.enum(PartnershipStatus).exclude(['NOT_YET_STARTED']);

const statusPeriod = z.strictObject({
  status: recordedStatus,
  from: partialDate,
  reason: text.nullable().exactOptional(),
  decidedBy: z.enum(StatusDecisionMaker).exactOptional(),
});

/** Schema of a partnership. */
export const partnership = z.strictObject({
  id: id('tie'),
  dutch: id('nl'),
  chinese: id('cn'),
  kind: z.enum(PartnershipKind),
  startedOn: partialDate.nullable(),
  endedOn: partialDate.nullable(),
  status: recordedStatus,
  statusSince: partialDate.nullable(),
  lastEvidenceOn: partialDate.nullable(),
  /** Omitted if the periods can be derived from the dates (`periodsFromFacts`). */
  statusPeriods: z.array(statusPeriod).min(1, { error: 'omit statusPeriods if there are none' }).exactOptional(),
  origin: z.enum(PartnershipOrigin),
  encouragedBy: id('tie').nullable(),
  motives: distinct(z.enum(PartnershipMotive)),
  themes: distinct(z.enum(Theme)),
  support: distinct(z.enum(SupportBase)),
  dialogueTopics: distinct(z.enum(DialogueTopic)),
  notes: text.nullable(),
  confidence: z.enum(Confidence),
  sources,
});
