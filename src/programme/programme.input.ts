import { Field, Float, ID, InputType } from 'type-graphql';
import { ExistingInput, factsInput, NamesInput, type WritableFacts, WriteInput } from '../change/input.js';
import { payloadType } from '../change/payload.js';
import { PartialDate } from '../graph/types/partial-date.js';
import { Confidence } from '../source/confidence.js';
import { Programme } from './programme.js';

export const facts: WritableFacts = {
  names: [() => NamesInput, 'All its names.'],
  description: [() => String, 'What it is.'],
  inVngInternationalPortfolio: [() => Boolean, "Whether it belongs to VNG International's China portfolio."],
  startedOn: [() => PartialDate, 'When it began.'],
  endedOn: [() => PartialDate, 'When it ended or is to end.'],
  funder: [() => String, 'Who pays for it.'],
  implementer: [() => String, 'Who carries it out.'],
  projectCode: [() => String, 'Its number with the one who carries it out.'],
  iatiId: [() => String, 'Its identifier in the International Aid Transparency Initiative.'],
  budgetEur: [() => Float, 'Its budget in euros.'],
  themes: [() => [String], 'What it is about, in a few words each.'],
  organisations: [() => [ID], 'The organisations that take part; all of them, in place of those there are.'],
  authorities: [() => [ID], 'The authorities that take part; all of them, in place of those there are.'],
  otherPartners: [() => [String], 'Partners that have no record of their own.'],
  notes: [() => String, 'What else is to be known, and where sources disagree.'],
  confidence: [() => Confidence, 'How well the record is evidenced.'],
};
export const required = [
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

export const RecordProgrammeInput = factsInput('RecordProgrammeInput', 'A new programme.', WriteInput, facts, [
  'names',
]);
export const ReviseProgrammeInput = factsInput(
  'ReviseProgrammeInput',
  'Facts of a programme: what is left out stays, null clears.',
  ExistingInput,
  facts,
);

@InputType({ description: 'A tie, and the programme that carries it.' })
export class ProgrammeLinkInput extends ExistingInput {
  @Field(() => ID, { description: 'The programme.' })
  programme!: string;
}

export const ProgrammePayload = payloadType('Programme', 'programme', () => Programme);
