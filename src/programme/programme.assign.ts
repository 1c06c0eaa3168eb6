import type { EntityManager } from '@mikro-orm/sql';
import { checkNames, checkNotCleared, storedNames, suppliedFacts } from '../change/facts.js';
import { checkPeriod } from '../change/period.js';
import type { Problems } from '../change/problems.js';
import { checkExisting } from '../change/references.js';
import { Language, nameIn } from '../graph/types/names.js';
import { sortKey } from '../graph/types/text.js';
import { message } from '../messages/message.js';
import {
  type ProgrammeFacts,
  programmeFacts,
  requiredOfNewProgramme,
  requiredProgrammeFacts,
} from './programme.input.js';
import { type Programme, ProgrammeAuthority, ProgrammeOrganisation } from './programme.js';

/**
 * Checks the fields of a programme.
 *
 * @param record The programme; null for a new one.
 */
export async function checkProgramme(
  problems: Problems,
  em: EntityManager,
  record: Programme | null,
  input: ProgrammeFacts,
): Promise<void> {
  const { startedOn = record?.startedOn, endedOn = record?.endedOn, budgetEur } = input;
  checkNotCleared(problems, input, record ? requiredProgrammeFacts : requiredOfNewProgramme);
  checkNames(problems, input.names, 'names');
  if (budgetEur != null && budgetEur < 0)
    problems.add('budgetEur', message('NEGATIVE_AMOUNT', { field: 'budgetEur', value: budgetEur }));
  checkPeriod(problems, input, { startedOn, endedOn });
  await checkExisting(problems, em, 'organisation', input.organisations, 'organisations');
  await checkExisting(problems, em, 'authority', input.authorities, 'authorities');
}

/** Assigns the supplied fields to a record, except its participants. */
export function assignProgramme(record: Programme, input: ProgrammeFacts): void {
  const fields = suppliedFacts(record, input, Object.keys(programmeFacts)) as ProgrammeFacts;
  const { names, organisations: _, authorities: __, ...columns } = fields;
  if (names) {
    record.names = storedNames(names);
    record.sortName = sortKey(nameIn(record.names, Language.EN));
  }
  Object.assign(record, columns);
}

/** Replaces the links to organisations and authorities. An omitted list stays unchanged. */
export async function assignPartners(
  em: EntityManager,
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
