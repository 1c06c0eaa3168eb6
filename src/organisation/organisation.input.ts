import { Field, ID, InputType } from 'type-graphql';
import { Country } from '../authority/authority.enums.js';
import { ExistingInput, factsInput, NamesInput, type WritableFacts, WriteInput } from '../change/input.js';
import { payloadType } from '../change/payload.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { HttpUrl } from '../graph/types/url.js';
import { Confidence } from '../source/confidence.js';
import { ContactPointType, OrganisationKind } from './organisation.enums.js';
import { Organisation } from './organisation.js';

@InputType({ description: 'A general way to reach an organisation; never a private person.' })
export class ContactPointInput {
  @Field(() => ContactPointType, { description: 'What it is.' })
  type!: ContactPointType;
  @Field(() => String, { description: 'The address, or the function to ask for.' })
  value!: string;
  @Field(() => String, { nullable: true, description: 'Where it was seen.' })
  seenIn?: string | null;
}

export const facts: WritableFacts = {
  kind: [() => OrganisationKind, 'What kind it is.'],
  names: [() => NamesInput, 'All its names.'],
  role: [() => NamesInput, 'What it does for the ties.'],
  city: [() => String, 'The place of its office.'],
  country: [() => Country, 'The country of its office.'],
  parent: [() => ID, 'The organisation it is part of.'],
  startedOn: [() => PartialDate, 'When it was founded.'],
  endedOn: [() => PartialDate, 'When it ceased to be.'],
  website: [() => HttpUrl, 'Its site.'],
  contactPoints: [
    () => [ContactPointInput],
    'General addresses and functions; all of them, in place of those there are.',
  ],
  notes: [() => String, 'What else is to be known.'],
  confidence: [() => Confidence, 'How well the record is evidenced.'],
};
export const required = ['kind', 'names', 'contactPoints', 'confidence'];

export type OrganisationFacts = Partial<Omit<Organisation, 'names' | 'role' | 'contactPoints'>> & {
  names?: NamesInput;
  role?: NamesInput | null;
  contactPoints?: ContactPointInput[];
};

export const RecordOrganisationInput = factsInput('RecordOrganisationInput', 'A new organisation.', WriteInput, facts, [
  'kind',
  'names',
]);
export const ReviseOrganisationInput = factsInput(
  'ReviseOrganisationInput',
  'Facts of an organisation: what is left out stays, null clears.',
  ExistingInput,
  facts,
);

export const OrganisationPayload = payloadType('Organisation', 'organisation', () => Organisation);
