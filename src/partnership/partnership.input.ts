import { ID } from 'type-graphql';
import { ExistingInput, factsInput, type WritableFacts, WriteInput } from '../change/input.js';
import { payloadType } from '../change/payload.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { Confidence } from '../source/confidence.js';
import {
  DialogueTopic,
  PartnershipKind,
  PartnershipMotive,
  PartnershipOrigin,
  SupportBase,
  Theme,
} from './partnership.enums.js';
import { Partnership } from './partnership.js';

export const facts: WritableFacts = {
  kind: [() => PartnershipKind, 'The form of the tie.'],
  startedOn: [() => PartialDate, 'When it was made.'],
  lastEvidenceOn: [() => PartialDate, 'The date of the newest evidence.'],
  origin: [() => PartnershipOrigin, 'Who set it going.'],
  encouragedBy: [() => ID, 'The provincial tie that prompted it.'],
  motives: [() => [PartnershipMotive], 'Why it is wanted.'],
  themes: [() => [Theme], 'What it is about.'],
  support: [() => [SupportBase], 'Who stands behind it.'],
  dialogueTopics: [() => [DialogueTopic], 'The difficult subjects it makes room for.'],
  notes: [() => String, 'What else is to be known, and where sources disagree.'],
  confidence: [() => Confidence, 'How well the record is evidenced.'],
};
export const required = ['kind', 'origin', 'motives', 'themes', 'support', 'dialogueTopics', 'confidence'];

export type PartnershipFacts = Partial<Partnership>;

export const sides: WritableFacts = { dutch: [() => ID, 'The Dutch side.'], chinese: [() => ID, 'The Chinese side.'] };
export const RecordPartnershipInput = factsInput(
  'RecordPartnershipInput',
  'A new tie: active from its start when it has one, of unknown status when it has none.',
  WriteInput,
  { ...sides, ...facts },
  ['dutch', 'chinese', 'kind'],
);
export const RevisePartnershipInput = factsInput(
  'RevisePartnershipInput',
  'Facts of a tie: what is left out stays, null clears.',
  ExistingInput,
  facts,
);

export const PartnershipPayload = payloadType('Partnership', 'partnership', () => Partnership);
