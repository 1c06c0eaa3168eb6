import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/required.js';
import { Country } from '../authority/authority.enums.js';
import { ChangeKind } from '../change/change.js';
import { givenFacts, mustExist, newId, storedNames } from '../change/facts.js';
import { ExistingInput, factsInput, NamesInput, type WritableFacts, WriteInput } from '../change/input.js';
import { payloadType, refuse, UserErrorCode } from '../change/payload.js';
import { checkPeriod } from '../change/period.js';
import { revise, write } from '../change/write.js';
import type { Context } from '../context.js';
import { Language, nameIn } from '../graph/names.js';
import { PartialDate } from '../graph/partial-date.js';
import { sortKey } from '../graph/text.js';
import { WebAddress } from '../graph/url.js';
import { Confidence } from '../source/confidence.js';
import { ContactPointType, OrganisationKind } from './organisation.enums.js';
import { type ContactPoint, Organisation } from './organisation.js';
import { organisationSubject } from './organisation.subject.js';

@InputType({ description: 'A general way to reach an organisation; never a private person.' })
export class ContactPointInput {
  @Field(() => ContactPointType, { description: 'What it is.' })
  type!: ContactPointType;
  @Field(() => String, { description: 'The address, or the function to ask for.' })
  value!: string;
  @Field(() => String, { nullable: true, description: 'Where it was seen.' })
  seenIn?: string | null;
}

const facts: WritableFacts = {
  kind: [() => OrganisationKind, 'What kind it is.'],
  names: [() => NamesInput, 'All its names.'],
  role: [() => NamesInput, 'What it does for the ties.'],
  city: [() => String, 'The place of its office.'],
  country: [() => Country, 'The country of its office.'],
  parent: [() => ID, 'The organisation it is part of.'],
  startedOn: [() => PartialDate, 'When it was founded.'],
  endedOn: [() => PartialDate, 'When it ceased to be.'],
  website: [() => WebAddress, 'Its site.'],
  contactPoints: [
    () => [ContactPointInput],
    'General addresses and functions; all of them, in place of those there are.',
  ],
  notes: [() => String, 'What else is to be known.'],
  confidence: [() => Confidence, 'How well the record is evidenced.'],
};
const required = ['kind', 'names', 'contactPoints', 'confidence'];

type OrganisationFacts = Partial<Omit<Organisation, 'names' | 'role' | 'contactPoints'>> & {
  names?: NamesInput;
  role?: NamesInput | null;
  contactPoints?: ContactPointInput[];
};

const RecordOrganisationInput = factsInput('RecordOrganisationInput', 'A new organisation.', WriteInput, facts, [
  'kind',
  'names',
]);
const ReviseOrganisationInput = factsInput(
  'ReviseOrganisationInput',
  'Facts of an organisation: what is left out stays, null clears.',
  ExistingInput,
  facts,
);

export const OrganisationPayload = payloadType('Organisation', 'organisation', () => Organisation);

/** Puts facts on a record. */
async function assign(em: Context['em'], record: Organisation, input: OrganisationFacts): Promise<void> {
  const { names, role, contactPoints, ...columns } = givenFacts(
    input,
    Object.keys(facts),
    required,
  ) as OrganisationFacts;
  if (columns.parent != null) {
    if (columns.parent === record.id)
      throw refuse(UserErrorCode.INVALID, 'parent', 'An organisation is no part of itself.');
    await mustExist(em, 'organisation', [columns.parent], 'parent');
  }
  if (names) {
    record.names = storedNames(names, 'names');
    record.sortName = sortKey(nameIn(record.names, Language.EN));
  }
  if (role !== undefined) record.role = role ? withoutAliases(storedNames(role, 'role')) : {};
  if (contactPoints)
    record.contactPoints = contactPoints.map(
      ({ type, value, seenIn = null }): ContactPoint => ({ type, value, seenIn }),
    );
  Object.assign(record, columns);
  checkPeriod(record);
}

const withoutAliases = ({ aliases: _, ...texts }: ReturnType<typeof storedNames>) => texts;

@Resolver()
export class OrganisationMutations {
  @RequiresScope('organisation:write')
  @Mutation(() => OrganisationPayload, { description: 'Brings an organisation into the register.' })
  recordOrganisation(
    @Arg('input', () => RecordOrganisationInput, { description: 'Its facts.' }) input: WriteInput & OrganisationFacts,
    @Ctx() context: Context,
  ) {
    return write(
      context,
      {
        name: 'recordOrganisation',
        kind: ChangeKind.RECORDED,
        subject: organisationSubject,
        apply: async em => {
          const record = new Organisation();
          const called = nameIn(storedNames(input.names as NamesInput, 'names'), Language.EN);
          const unknown = {
            role: {},
            city: null,
            country: null,
            parent: null,
            startedOn: null,
            endedOn: null,
            website: null,
          };
          Object.assign(record, unknown, { id: await newId(em, 'org', called), contactPoints: [], notes: null });
          record.confidence = input.source ? Confidence.SINGLE_SOURCE : Confidence.UNVERIFIED;
          await assign(em, record, input);
          em.persist(record);
          return record.id;
        },
      },
      input,
    );
  }

  @RequiresScope('organisation:write')
  @Mutation(() => OrganisationPayload, { description: 'Corrects facts of an organisation, or adds to them.' })
  reviseOrganisation(
    @Arg('input', () => ReviseOrganisationInput, { description: 'The record, and its new facts.' })
    input: ExistingInput & OrganisationFacts,
    @Ctx() context: Context,
  ) {
    return revise(
      context,
      {
        name: 'reviseOrganisation',
        kind: ChangeKind.REVISED,
        subject: organisationSubject,
        apply: (em, record) => assign(em, record, input),
      },
      input,
    );
  }
}
