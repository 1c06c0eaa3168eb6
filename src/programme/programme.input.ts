import { type ClassType, Float, ID } from 'type-graphql';
import {
  ExistingInput,
  factsInput,
  NamesInput,
  type WritableFacts,
  WriteInput,
  withdrawalInput,
} from '../change/input.js';
import type { PayloadRecord } from '../change/payload.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { Confidence } from '../source/confidence.js';
import { Programme } from './programme.js';

export const programmeFacts: WritableFacts = {
  names: [() => NamesInput, 'The names, by language.'],
  description: [() => String, 'Description of the programme, in English.'],
  inVngInternationalPortfolio: [() => Boolean, "Whether the programme belongs to VNG International's China portfolio."],
  startedOn: [() => PartialDate, 'Start date.'],
  endedOn: [() => PartialDate, 'End date, actual or planned.'],
  funder: [() => String, 'Name of the funder.'],
  implementer: [() => String, 'Name of the organisation that carries out the programme.'],
  projectCode: [() => String, 'Project number used by the implementer.'],
  iatiId: [() => String, 'Identifier in the International Aid Transparency Initiative (IATI).'],
  budgetEur: [() => Float, 'Budget in euros.'],
  themes: [() => [String], 'Subjects as free text in English, a few words each. Replaces the whole list.'],
  organisations: [() => [ID], 'Ids of the participating organisations. Replaces the whole list.'],
  authorities: [() => [ID], 'Ids of the participating authorities. Replaces the whole list.'],
  otherPartners: [() => [String], 'Names of partners without a record in the register. Replaces the whole list.'],
  notes: [() => String, 'Other information, in English, and differences between sources.'],
  confidence: [() => Confidence, 'How well the record is supported by sources.'],
};
/** The facts that a new programme must have; null in any other is as omitted. */
export const requiredOfNewProgramme = ['names'];
export const requiredProgrammeFacts = [
  'names',
  'inVngInternationalPortfolio',
  'themes',
  'organisations',
  'authorities',
  'otherPartners',
  'confidence',
];

export type ProgrammeFacts = Partial<Omit<Programme, 'names'>> & {
  names?: NamesInput;
  organisations?: string[];
  authorities?: string[];
};

export const RecordProgrammeInput = factsInput(
  'RecordProgrammeInput',
  'Fields of a new programme.',
  WriteInput,
  programmeFacts,
  requiredOfNewProgramme,
);
export const ReviseProgrammeInput = factsInput(
  'ReviseProgrammeInput',
  'Changes to a programme: omitted fields stay unchanged, null clears a field.',
  ExistingInput,
  programmeFacts,
);

const link: WritableFacts = { programme: [() => ID, 'Id of the programme.'] };

/** The input of the mutations that link a partnership (`id`) to a programme, or unlink it. */
export type ProgrammeLink = ExistingInput & { programme: string };
export const LinkPartnershipToProgrammeInput = factsInput<ProgrammeLink>(
  'LinkPartnershipToProgrammeInput',
  'The partnership to link (`id`), and the programme.',
  ExistingInput as ClassType<ProgrammeLink>,
  link,
  ['programme'],
);
export const UnlinkPartnershipFromProgrammeInput = factsInput<ProgrammeLink>(
  'UnlinkPartnershipFromProgrammeInput',
  'The partnership to unlink (`id`), and the programme.',
  ExistingInput as ClassType<ProgrammeLink>,
  link,
  ['programme'],
);

export const WithdrawProgrammeInput = withdrawalInput('Programme');

export const programmePayload: PayloadRecord = { field: 'programme', type: () => Programme };
export const withdrawalPayload: PayloadRecord = { ...programmePayload, withdrawnId: 'withdrawnProgrammeId' };
