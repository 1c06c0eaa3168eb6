import { Arg, Ctx, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import { ChangeKind } from '../change/change.js';
import { checkExisting, checkNames, checkNotCleared, newId, storedNames, suppliedFacts } from '../change/facts.js';
import type { ExistingInput, NamesInput, WriteInput } from '../change/input.js';
import { WriteMutation } from '../change/payload.js';
import { checkPeriod } from '../change/period.js';
import type { Problems } from '../change/problems.js';
import { update, write } from '../change/write.js';
import type { Context } from '../context.js';
import { Language, nameIn } from '../graph/types/names.js';
import { sortKey } from '../graph/types/text.js';
import { message } from '../messages/message.js';
import { Confidence } from '../source/confidence.js';
import {
  type ProgrammeFacts,
  programmeFacts,
  programmePayload,
  RecordProgrammeInput,
  ReviseProgrammeInput,
  requiredProgrammeFacts,
} from './programme.input.js';
import { Programme, ProgrammeAuthority, ProgrammeOrganisation } from './programme.js';
import { programmeSubject } from './programme.subject.js';

/**
 * Checks the fields of a programme.
 *
 * @param record The programme; null for a new one.
 */
async function checkProgramme(
  problems: Problems,
  em: Context['em'],
  record: Programme | null,
  input: ProgrammeFacts,
): Promise<void> {
  const { startedOn = record?.startedOn, endedOn = record?.endedOn, budgetEur } = input;
  checkNotCleared(problems, input, requiredProgrammeFacts);
  checkNames(problems, input.names, 'names');
  if (budgetEur != null && budgetEur < 0)
    problems.add('budgetEur', message('NEGATIVE_AMOUNT', { field: 'budgetEur', value: budgetEur }));
  checkPeriod(problems, { startedOn, endedOn });
  await checkExisting(problems, em, 'organisation', input.organisations, 'organisations');
  await checkExisting(problems, em, 'authority', input.authorities, 'authorities');
}

/** Assigns the supplied fields to a record, except its participants. */
function assignProgramme(record: Programme, input: ProgrammeFacts): void {
  const fields = suppliedFacts(input, Object.keys(programmeFacts)) as ProgrammeFacts;
  const { names, organisations: _, authorities: __, ...columns } = fields;
  if (names) {
    record.names = storedNames(names);
    record.sortName = sortKey(nameIn(record.names, Language.EN));
  }
  Object.assign(record, columns);
}

/** Replaces the links to organisations and authorities. An omitted list stays unchanged. */
async function assignPartners(
  em: Context['em'],
  programme: string,
  { organisations, authorities }: ProgrammeFacts,
): Promise<void> {
  if (organisations) {
    await em.nativeDelete(ProgrammeOrganisation, { programme });
    await em.insertMany(
      ProgrammeOrganisation,
      [...new Set(organisations)].map(organisation => ({ programme, organisation })),
    );
  }
  if (authorities) {
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
  @WriteMutation(programmePayload, 'Creates a programme.')
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
        check: (em, _, problems) => checkProgramme(problems, em, null, input),
        apply: async em => {
          const record = new Programme();
          const englishName = nameIn(storedNames(input.names as NamesInput), Language.EN);
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
  @WriteMutation(programmePayload, 'Updates fields of a programme.')
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
        check: (em, record, problems) => checkProgramme(problems, em, record, input),
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
