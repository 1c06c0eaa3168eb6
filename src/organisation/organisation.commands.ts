import { ChangeKind } from '../change/change.js';
import type { Command, UpdateCommand } from '../change/command.js';
import { leadsTo } from '../change/cycle.js';
import { checkNames, checkNotCleared, storedNames, suppliedFacts } from '../change/facts.js';
import type { ExistingInput, NamesInput, WriteInput } from '../change/input.js';
import { type IdWords, newId } from '../change/new-id.js';
import { checkPeriod } from '../change/period.js';
import type { Problems } from '../change/problems.js';
import { checkExisting } from '../change/references.js';
import type { Context } from '../context.js';
import { Language, nameIn } from '../graph/types/names.js';
import { sortKey } from '../graph/types/text.js';
import { notWebAddress, webAddress } from '../graph/types/url.js';
import { message } from '../messages/message.js';
import { Confidence } from '../source/confidence.js';
import { ContactPointType } from './organisation.enums.js';
import {
  type ContactPointInput,
  type OrganisationFacts,
  organisationFacts,
  requiredOfNewOrganisation,
  requiredOrganisationFacts,
} from './organisation.input.js';
import { type ContactPoint, Organisation } from './organisation.js';
import { organisationSubject } from './organisation.subject.js';

/**
 * Checks the fields of an organisation.
 *
 * @param record The organisation; null for a new one.
 */
async function checkOrganisation(
  problems: Problems,
  em: Context['em'],
  record: Organisation | null,
  input: OrganisationFacts,
): Promise<void> {
  const { startedOn = record?.startedOn, endedOn = record?.endedOn, parent } = input;
  checkNotCleared(problems, input, record ? requiredOrganisationFacts : requiredOfNewOrganisation);
  checkNames(problems, input.names, 'names');
  checkNames(problems, input.role, 'role');
  if (input.role?.aliases?.length) problems.add('role.aliases', message('ALIASES_NOT_ALLOWED', { field: 'role' }));
  for (const [index, { type, value }] of (input.contactPoints ?? []).entries()) {
    if (type === ContactPointType.URL && webAddress(value) === undefined)
      problems.add(`contactPoints.${index}.value`, notWebAddress(value));
  }
  checkPeriod(problems, input, { startedOn, endedOn });
  const exists = await checkExisting(problems, em, 'organisation', parent, 'parent');
  const chain = { table: 'organisation', column: 'parent_id' } as const;
  if (exists && parent != null && record && (await leadsTo(em, chain, parent, record.id)))
    problems.add('parent', message('REFERENCE_CYCLE', { field: 'parent', id: record.id, value: parent }));
}

/** Assigns the supplied fields to a record. */
function assignOrganisation(record: Organisation, input: OrganisationFacts): void {
  const fields = suppliedFacts(record, input, Object.keys(organisationFacts)) as OrganisationFacts;
  const { names, role, contactPoints, ...columns } = fields;
  if (names) {
    record.names = storedNames(names);
    record.sortName = sortKey(nameIn(record.names, Language.EN));
  }
  if (role !== undefined) record.role = role ? withoutAliases(storedNames(role)) : {};
  if (contactPoints) record.contactPoints = contactPoints.map(contactPoint);
  Object.assign(record, columns);
}

/** Returns a contact point as stored: a web address in its normal form. */
function contactPoint({ type, value, seenIn = null }: ContactPointInput): ContactPoint {
  const address = type === ContactPointType.URL ? webAddress(value) : undefined;
  return { type, value: address ?? value, seenIn };
}

const withoutAliases = ({ aliases: _, ...texts }: ReturnType<typeof storedNames>) => texts;

/** Returns the command of `recordOrganisation`. */
export function recordOrganisationCommand(input: WriteInput & OrganisationFacts): Command<Organisation> {
  const idWords = (): IdWords => ['org', nameIn(storedNames(input.names as NamesInput), Language.EN)];
  return {
    name: 'recordOrganisation',
    kind: ChangeKind.RECORDED,
    subject: organisationSubject,
    idWords,
    check: (em, _, problems) => checkOrganisation(problems, em, null, input),
    apply: async em => {
      const record = new Organisation();
      const nulls = {
        role: {},
        city: null,
        country: null,
        parent: null,
        startedOn: null,
        endedOn: null,
        website: null,
      };
      Object.assign(record, nulls, { id: await newId(em, idWords()), contactPoints: [], notes: null });
      record.confidence = input.source ? Confidence.SINGLE_SOURCE : Confidence.UNVERIFIED;
      assignOrganisation(record, input);
      em.persist(record);
      return record.id;
    },
  };
}

/** Returns the command of `reviseOrganisation`. */
export function reviseOrganisationCommand(input: ExistingInput & OrganisationFacts): UpdateCommand<Organisation> {
  return {
    name: 'reviseOrganisation',
    kind: ChangeKind.REVISED,
    subject: organisationSubject,
    locks: input.parent == null ? [] : ['organisation.parent'],
    check: (em, record, problems) => checkOrganisation(problems, em, record, input),
    apply: async (_, record) => assignOrganisation(record, input),
  };
}
