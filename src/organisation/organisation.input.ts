import { Field, ID, InputType } from 'type-graphql';
import { Country } from '../authority/authority.enums.js';
import {
  ExistingInput,
  factsInput,
  NamesInput,
  type WritableFacts,
  WriteInput,
  withdrawalInput,
} from '../change/input.js';
import type { PayloadRecord } from '../change/payload.js';
import { withLimit } from '../change/text-limits.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { HttpUrl } from '../graph/types/url.js';
import { Confidence } from '../source/confidence.js';
import { ContactPointType, OrganisationKind } from './organisation.enums.js';
import { Organisation } from './organisation.js';

@InputType({ description: 'A general way to reach an organisation, never the details of a private person.' })
export class ContactPointInput {
  @Field(() => ContactPointType, { description: 'The kind of contact point.' })
  type!: ContactPointType;
  @Field(() => String, {
    description: withLimit(
      'The address or URL, or the function to ask for. A web address if `type` is `URL`.',
      'contactPoints.value',
    ),
  })
  value!: string;
  @Field(() => String, {
    nullable: true,
    description: withLimit(
      'The website or publication that names the contact point. Null if unknown.',
      'contactPoints.seenIn',
    ),
  })
  seenIn?: string | null;
}

export const organisationFacts: WritableFacts = {
  kind: [() => OrganisationKind, 'The kind of organisation.'],
  names: [() => NamesInput, 'The names, by language.'],
  role: [() => NamesInput, 'The role in the partnerships, by language. `aliases` is not allowed.'],
  city: [() => String, 'City of the office.'],
  country: [() => Country, 'Country of the office.'],
  parent: [() => ID, 'Id of the organisation that this one is part of.'],
  startedOn: [() => PartialDate, 'Founding date.'],
  endedOn: [() => PartialDate, 'Date of dissolution.'],
  website: [() => HttpUrl, 'URL of the website.'],
  contactPoints: [() => [ContactPointInput], 'General addresses and functions. Replaces the whole list.'],
  notes: [() => String, 'Other information, in English.'],
  confidence: [() => Confidence, 'How well the record is supported by sources.'],
};
/** The facts that a new organisation must have; null in any other is as omitted. */
export const requiredOfNewOrganisation = ['kind', 'names'];
export const requiredOrganisationFacts = ['kind', 'names', 'contactPoints', 'confidence'];

export type OrganisationFacts = Partial<Omit<Organisation, 'names' | 'role' | 'contactPoints'>> & {
  names?: NamesInput;
  role?: NamesInput | null;
  contactPoints?: ContactPointInput[];
};

export const RecordOrganisationInput = factsInput(
  'RecordOrganisationInput',
  'Fields of a new organisation.',
  WriteInput,
  organisationFacts,
  requiredOfNewOrganisation,
);
export const ReviseOrganisationInput = factsInput(
  'ReviseOrganisationInput',
  'Changes to an organisation: omitted fields stay unchanged, null clears a field.',
  ExistingInput,
  organisationFacts,
);

export const WithdrawOrganisationInput = withdrawalInput('Organisation');

export const organisationPayload: PayloadRecord = { field: 'organisation', type: () => Organisation };
export const withdrawalPayload: PayloadRecord = { ...organisationPayload, withdrawnId: 'withdrawnOrganisationId' };
