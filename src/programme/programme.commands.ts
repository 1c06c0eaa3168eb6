import { ChangeKind } from '../change/change.js';
import type { Command, UpdateCommand } from '../change/command.js';
import { storedNames } from '../change/facts.js';
import type { ExistingInput, NamesInput, WriteInput } from '../change/input.js';
import { type IdWords, newId } from '../change/new-id.js';
import { Language, nameIn } from '../graph/types/names.js';
import { Confidence } from '../source/confidence.js';
import { assignPartners, assignProgramme, checkProgramme } from './programme.assign.js';
import type { ProgrammeFacts } from './programme.input.js';
import { Programme } from './programme.js';
import { programmeSubject } from './programme.subject.js';

/** Returns the command of `recordProgramme`. */
export function recordProgrammeCommand(input: WriteInput & ProgrammeFacts): Command<Programme> {
  const idWords = (): IdWords => ['prog', nameIn(storedNames(input.names as NamesInput), Language.EN)];
  return {
    name: 'recordProgramme',
    kind: ChangeKind.RECORDED,
    subject: programmeSubject,
    idWords,
    check: (em, _, problems) => checkProgramme(problems, em, null, input),
    apply: async em => {
      const record = new Programme();
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
      Object.assign(record, nulls, defaults, { id: await newId(em, idWords()) });
      record.confidence = input.source ? Confidence.SINGLE_SOURCE : Confidence.UNVERIFIED;
      assignProgramme(record, input);
      em.persist(record);
      await em.flush();
      await assignPartners(em, record.id, input);
      return record.id;
    },
  };
}

/** Returns the command of `reviseProgramme`. */
export function reviseProgrammeCommand(input: ExistingInput & ProgrammeFacts): UpdateCommand<Programme> {
  return {
    name: 'reviseProgramme',
    kind: ChangeKind.REVISED,
    subject: programmeSubject,
    check: (em, record, problems) => checkProgramme(problems, em, record, input),
    apply: async (em, record) => {
      assignProgramme(record, input);
      await em.flush();
      await assignPartners(em, record.id, input);
    },
  };
}
