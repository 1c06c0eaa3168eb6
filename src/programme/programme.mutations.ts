import { Arg, Ctx, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import { ChangeKind } from '../change/change.js';
import { newId, storedNames } from '../change/facts.js';
import type { ExistingInput, NamesInput, WriteInput } from '../change/input.js';
import { WriteMutation } from '../change/payload.js';
import { update, write } from '../change/write.js';
import type { Context } from '../context.js';
import { Language, nameIn } from '../graph/types/names.js';
import { Confidence } from '../source/confidence.js';
import { assignPartners, assignProgramme, checkProgramme } from './programme.assign.js';
import {
  type ProgrammeFacts,
  programmePayload,
  RecordProgrammeInput,
  ReviseProgrammeInput,
} from './programme.input.js';
import { Programme } from './programme.js';
import { programmeSubject } from './programme.subject.js';

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
