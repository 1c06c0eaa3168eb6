import { ID } from 'type-graphql';
import {
  ExistingInput,
  factsInput,
  type StatusInput,
  statusInput,
  type WritableFacts,
  WriteInput,
  withdrawalInput,
} from '../change/input.js';
import type { PayloadRecord } from '../change/payload.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { Confidence } from '../source/confidence.js';
import {
  DialogueTopic,
  PartnershipKind,
  PartnershipMotive,
  PartnershipOrigin,
  PartnershipStatus,
  StatusDecisionMaker,
  SupportBase,
  Theme,
} from './partnership.enums.js';
import { Partnership } from './partnership.js';

export const partnershipFacts: WritableFacts = {
  kind: [() => PartnershipKind, 'Form of the partnership.'],
  startedOn: [() => PartialDate, 'Start date.'],
  lastEvidenceOn: [() => PartialDate, 'Date of the newest evidence that the partnership exists.'],
  origin: [() => PartnershipOrigin, 'Who took the initiative.'],
  encouragedBy: [() => ID, 'Id of the provincial partnership that prompted this one.'],
  motives: [() => [PartnershipMotive], 'Reasons for the partnership. Replaces the whole list.'],
  themes: [() => [Theme], 'Subjects of the partnership. Replaces the whole list.'],
  support: [() => [SupportBase], 'Groups that support the partnership. Replaces the whole list.'],
  dialogueTopics: [
    () => [DialogueTopic],
    'Sensitive subjects that the partnership makes it possible to discuss. Replaces the whole list.',
  ],
  notes: [() => String, 'Other information, in English, and differences between sources.'],
  confidence: [() => Confidence, 'How well the record is supported by sources.'],
};
/** The facts that a new partnership must have; null in any other is as omitted. */
export const requiredOfNewPartnership = ['dutch', 'chinese', 'kind'];
export const requiredPartnershipFacts = [
  'kind',
  'origin',
  'motives',
  'themes',
  'support',
  'dialogueTopics',
  'confidence',
];

export type PartnershipFacts = Partial<Partnership>;

export const sides: WritableFacts = {
  dutch: [() => ID, 'Id of the Dutch authority.'],
  chinese: [() => ID, 'Id of the Chinese authority.'],
};
export const RecordPartnershipInput = factsInput(
  'RecordPartnershipInput',
  'Fields of a new partnership. Its status is active from `startedOn`, or unknown without one or by `status`.',
  WriteInput,
  {
    ...sides,
    ...partnershipFacts,
    status: [
      () => PartnershipStatus,
      '`UNKNOWN` if it began on `startedOn` and nothing shows that it is still active. Default: `ACTIVE` with `startedOn`, `UNKNOWN` without. Any other status begins by a mutation of its own.',
    ],
  },
  requiredOfNewPartnership,
);
export const RevisePartnershipInput = factsInput(
  'RevisePartnershipInput',
  'Changes to a partnership: omitted fields stay unchanged, null clears a field.',
  ExistingInput,
  partnershipFacts,
);

const statusFacts: WritableFacts = {
  decidedBy: [() => StatusDecisionMaker, 'Who decided on it. Default: `UNKNOWN`. Stored with the period that begins.'],
};

/** Fields of the input of a mutation that changes the status of a partnership. */
export interface StatusChangeInput extends StatusInput {
  decidedBy?: StatusDecisionMaker | null;
}

export const MarkPartnershipDormantInput = statusInput(
  'MarkPartnershipDormantInput',
  'The partnership to put on hold, from which day on, and the reason or source.',
  statusFacts,
);
export const RenewPartnershipInput = statusInput(
  'RenewPartnershipInput',
  'The partnership to renew or to resume, from which day on, and the reason or source.',
  statusFacts,
);
export const EndPartnershipInput = statusInput(
  'EndPartnershipInput',
  'The partnership to end, from which day on, and the reason or source.',
  statusFacts,
);

export const WithdrawPartnershipInput = withdrawalInput('Partnership');

export const partnershipPayload: PayloadRecord = { field: 'partnership', type: () => Partnership };
export const withdrawalPayload: PayloadRecord = { ...partnershipPayload, withdrawnId: 'withdrawnPartnershipId' };
