import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import { ChangeKind } from '../change/change.js';
import { newId, requireExisting, storedNames, suppliedFacts } from '../change/facts.js';
import type { ExistingInput, NamesInput, WriteInput } from '../change/input.js';
import { rejectField, UserErrorCode } from '../change/payload.js';
import { checkPeriod } from '../change/period.js';
import { update, write } from '../change/write.js';
import type { Context } from '../context.js';
import { Language, nameIn } from '../graph/types/names.js';
import { sortKey } from '../graph/types/text.js';
import { Confidence } from '../source/confidence.js';
import {
  type ProgrammeFacts,
  ProgrammePayload,
  programmeFacts,
  RecordProgrammeInput,
  ReviseProgrammeInput,
  requiredProgrammeFacts,
} from './programme.input.js';
import { Programme, ProgrammeAuthority, ProgrammeOrganisation } from './programme.js';
import { programmeSubject } from './programme.subject.js';

/** Assigns the supplied fields to a record, except its participants. */
function assignProgramme(record: Programme, input: ProgrammeFacts): void {
  const fields = suppliedFacts(input, Object.keys(programmeFacts), requiredProgrammeFacts) as ProgrammeFacts;
  const { names, organisations: _, authorities: __, ...columns } = fields;
  if (names) {
    record.names = storedNames(names, 'names');
    record.sortName = sortKey(nameIn(record.names, Language.EN));
  }
  if (columns.budgetEur != null && columns.budgetEur < 0) {
    throw rejectField(UserErrorCode.INVALID, 'budgetEur', `budgetEur must be 0 or more; got ${columns.budgetEur}.`);
  }
  Object.assign(record, columns);
  checkPeriod(record);
}

/** Replaces the links to organisations and authorities. An omitted list stays unchanged. */
async function assignPartners(
  em: Context['em'],
  programme: string,
  { organisations, authorities }: ProgrammeFacts,
): Promise<void> {
  if (organisations) {
    await requireExisting(em, 'organisation', organisations, 'organisations');
    await em.nativeDelete(ProgrammeOrganisation, { programme });
    await em.insertMany(
      ProgrammeOrganisation,
      [...new Set(organisations)].map(organisation => ({ programme, organisation })),
    );
  }
  if (authorities) {
    await requireExisting(em, 'authority', authorities, 'authorities');
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
  @Mutation(() => ProgrammePayload, { description: 'Creates a programme.' })
  recordProgramme(
    @Arg('input', () => RecordProgrammeInput, { description: 'The fields of the new programme.' }) input: WriteInput &
      ProgrammeFacts,
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
          const englishName = nameIn(storedNames(input.names as NamesInput, 'names'), Language.EN);
          const nulls = {
            description: null,
            startedOn: null,
            endedOn: null,
            funder: null,
            implementer: null,
            projectCode: null,
          };
          const defaults = {
            iatiId: null,
            budgetEur: null,
            themes: [],
            otherPartners: [],
            notes: null,
            inVngInternationalPortfolio: false,
          };
          Object.assign(record, nulls, defaults, { id: await newId(em, 'prog', englishName) });
          record.confidence = input.source ? Confidence.SINGLE_SOURCE : Confidence.UNVERIFIED;
          assignProgramme(record, input);
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
  @Mutation(() => ProgrammePayload, { description: 'Updates fields of a programme.' })
  reviseProgramme(
    @Arg('input', () => ReviseProgrammeInput, { description: 'The record to change, with its new field values.' })
    input: ExistingInput & ProgrammeFacts,
    @Ctx() context: Context,
  ) {
    return update(
      context,
      {
        name: 'reviseProgramme',
        kind: ChangeKind.REVISED,
        subject: programmeSubject,
        apply: async (em, record) => {
          assignProgramme(record, input);
          await em.flush();
          await assignPartners(em, record.id, input);
        },
      },
      input,
    );
  }
}
