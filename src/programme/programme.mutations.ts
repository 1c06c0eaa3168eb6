import { Arg, Ctx, Field, Float, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/required.js';
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
import { PartnershipPayload } from '../partnership/partnership.mutations.js';
import { partnershipSubject } from '../partnership/partnership.subject.js';
import { Confidence } from '../source/confidence.js';
import { Programme, ProgrammeAuthority, ProgrammeOrganisation, ProgrammePartnership } from './programme.js';
import { programmeSubject } from './programme.subject.js';

const facts: WritableFacts = {
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
const required = [
  'names',
  'inVngInternationalPortfolio',
  'themes',
  'organisations',
  'authorities',
  'otherPartners',
  'confidence',
];

type ProgrammeFacts = Partial<Omit<Programme, 'names'>> & {
  names?: NamesInput;
  organisations?: string[];
  authorities?: string[];
};

const RecordProgrammeInput = factsInput('RecordProgrammeInput', 'A new programme.', WriteInput, facts, ['names']);
const ReviseProgrammeInput = factsInput(
  'ReviseProgrammeInput',
  'Facts of a programme: what is left out stays, null clears.',
  ExistingInput,
  facts,
);

@InputType({ description: 'A tie, and the programme that carries it.' })
class ProgrammeLinkInput extends ExistingInput {
  @Field(() => ID, { description: 'The programme.' })
  programme!: string;
}

export const ProgrammePayload = payloadType('Programme', 'programme', () => Programme);

/** Puts facts on a record. */
function assign(record: Programme, input: ProgrammeFacts): void {
  const given = givenFacts(input, Object.keys(facts), required) as ProgrammeFacts;
  const { names, organisations: _, authorities: __, ...columns } = given;
  if (names) {
    record.names = storedNames(names, 'names');
    record.sortName = sortKey(nameIn(record.names, Language.EN));
  }
  if (columns.budgetEur != null && columns.budgetEur < 0) {
    throw refuse(UserErrorCode.INVALID, 'budgetEur', `budgetEur is 0 or more; got ${columns.budgetEur}.`);
  }
  Object.assign(record, columns);
  checkPeriod(record);
}

/** Puts the given partners in place of those there are. */
async function assignPartners(
  em: Context['em'],
  programme: string,
  { organisations, authorities }: ProgrammeFacts,
): Promise<void> {
  if (organisations) {
    await mustExist(em, 'organisation', organisations, 'organisations');
    await em.nativeDelete(ProgrammeOrganisation, { programme });
    await em.insertMany(
      ProgrammeOrganisation,
      [...new Set(organisations)].map(organisation => ({ programme, organisation })),
    );
  }
  if (authorities) {
    await mustExist(em, 'authority', authorities, 'authorities');
    await em.nativeDelete(ProgrammeAuthority, { programme });
    await em.insertMany(
      ProgrammeAuthority,
      [...new Set(authorities)].map(authority => ({ programme, authority })),
    );
  }
}

@Resolver()
export class ProgrammeMutations {
  @RequiresScope('programme:write')
  @Mutation(() => ProgrammePayload, { description: 'Brings a programme into the register.' })
  recordProgramme(
    @Arg('input', () => RecordProgrammeInput, { description: 'Its facts.' }) input: WriteInput & ProgrammeFacts,
    @Ctx() context: Context,
  ) {
    return write(
      context,
      {
        name: 'recordProgramme',
        kind: ChangeKind.RECORDED,
        subject: programmeSubject,
        apply: async em => {
          const record = new Programme();
          const called = nameIn(storedNames(input.names as NamesInput, 'names'), Language.EN);
          const unknown = {
            description: null,
            startedOn: null,
            endedOn: null,
            funder: null,
            implementer: null,
            projectCode: null,
          };
          const none = {
            iatiId: null,
            budgetEur: null,
            themes: [],
            otherPartners: [],
            notes: null,
            inVngInternationalPortfolio: false,
          };
          Object.assign(record, unknown, none, { id: await newId(em, 'prog', called) });
          record.confidence = input.source ? Confidence.SINGLE_SOURCE : Confidence.UNVERIFIED;
          assign(record, input);
          em.persist(record);
          await em.flush();
          await assignPartners(em, record.id, input);
          return record.id;
        },
      },
      input,
    );
  }

  @RequiresScope('programme:write')
  @Mutation(() => ProgrammePayload, { description: 'Corrects facts of a programme, or adds to them.' })
  reviseProgramme(
    @Arg('input', () => ReviseProgrammeInput, { description: 'The record, and its new facts.' }) input: ExistingInput &
      ProgrammeFacts,
    @Ctx() context: Context,
  ) {
    return revise(
      context,
      {
        name: 'reviseProgramme',
        kind: ChangeKind.REVISED,
        subject: programmeSubject,
        apply: async (em, record) => {
          assign(record, input);
          await em.flush();
          await assignPartners(em, record.id, input);
        },
      },
      input,
    );
  }

  @RequiresScope('partnership:write')
  @Mutation(() => PartnershipPayload, { description: 'Records that a programme carries a tie.' })
  linkPartnershipToProgramme(
    @Arg('input', () => ProgrammeLinkInput, { description: 'The tie and the programme.' }) input: ProgrammeLinkInput,
    @Ctx() context: Context,
  ) {
    return revise(
      context,
      {
        name: 'linkPartnershipToProgramme',
        kind: ChangeKind.LINKED_TO_PROGRAMME,
        subject: partnershipSubject,
        apply: async (em, { id: partnership }) => {
          const { programme } = input;
          await mustExist(em, 'programme', [programme], 'programme');
          const link = { programme, partnership };
          if (await em.count(ProgrammePartnership, link)) {
            throw refuse(UserErrorCode.DUPLICATE, 'programme', `The tie is carried by ${programme} already.`);
          }
          await em.insert(ProgrammePartnership, link);
        },
      },
      input,
    );
  }

  @RequiresScope('partnership:write')
  @Mutation(() => PartnershipPayload, { description: 'Records that a programme no longer carries a tie.' })
  unlinkPartnershipFromProgramme(
    @Arg('input', () => ProgrammeLinkInput, { description: 'The tie and the programme.' }) input: ProgrammeLinkInput,
    @Ctx() context: Context,
  ) {
    return revise(
      context,
      {
        name: 'unlinkPartnershipFromProgramme',
        kind: ChangeKind.UNLINKED_FROM_PROGRAMME,
        subject: partnershipSubject,
        apply: async (em, { id: partnership }) => {
          const removed = await em.nativeDelete(ProgrammePartnership, { programme: input.programme, partnership });
          if (removed === 0)
            throw refuse(UserErrorCode.NOT_FOUND, 'programme', `The tie is not carried by ${input.programme}.`);
        },
      },
      input,
    );
  }
}
