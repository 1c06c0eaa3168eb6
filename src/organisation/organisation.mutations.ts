import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import { ChangeKind } from '../change/change.js';
import { leadsTo } from '../change/cycle.js';
import { newId, requireExisting, storedNames, suppliedFacts } from '../change/facts.js';
import type { ExistingInput, NamesInput, WriteInput } from '../change/input.js';
import { rejectField, UserErrorCode } from '../change/payload.js';
import { checkPeriod } from '../change/period.js';
import { update, write } from '../change/write.js';
import type { Context } from '../context.js';
import { abbreviate } from '../graph/errors.js';
import { Language, nameIn } from '../graph/types/names.js';
import { sortKey } from '../graph/types/text.js';
import { WEB_ADDRESS_RULE, webAddress } from '../graph/types/url.js';
import { Confidence } from '../source/confidence.js';
import { ContactPointType } from './organisation.enums.js';
import {
  type ContactPointInput,
  type OrganisationFacts,
  OrganisationPayload,
  organisationFacts,
  RecordOrganisationInput,
  ReviseOrganisationInput,
  requiredOrganisationFacts,
} from './organisation.input.js';
import { type ContactPoint, Organisation } from './organisation.js';
import { organisationSubject } from './organisation.subject.js';

/** Assigns the supplied fields to a record. */
async function assignOrganisation(em: Context['em'], record: Organisation, input: OrganisationFacts): Promise<void> {
  const { names, role, contactPoints, ...columns } = suppliedFacts(
    input,
    Object.keys(organisationFacts),
    requiredOrganisationFacts,
  ) as OrganisationFacts;
  if (columns.parent != null) {
    await requireExisting(em, 'organisation', [columns.parent], 'parent');
    if (await leadsTo(em, { table: 'organisation', column: 'parent_id' }, columns.parent, record.id)) {
      throw rejectField(
        UserErrorCode.INVALID,
        'parent',
        `parent would create a cycle between ${record.id} and ${columns.parent}.`,
      );
    }
  }
  if (names) {
    record.names = storedNames(names, 'names');
    record.sortName = sortKey(nameIn(record.names, Language.EN));
  }
  if (role !== undefined) record.role = role ? withoutAliases(storedNames(role, 'role')) : {};
  if (contactPoints) record.contactPoints = contactPoints.map(contactPoint);
  Object.assign(record, columns);
  checkPeriod(record);
}

/** Returns a contact point as stored; the value of one of type URL is a web address. */
function contactPoint({ type, value, seenIn = null }: ContactPointInput, index: number): ContactPoint {
  if (type !== ContactPointType.URL) return { type, value, seenIn };
  const address = webAddress(value);
  if (address !== undefined) return { type, value: address, seenIn };
  throw rejectField(
    UserErrorCode.INVALID,
    `contactPoints.${index}.value`,
    `${WEB_ADDRESS_RULE}; got ${abbreviate(value)}.`,
  );
}

const withoutAliases = ({ aliases: _, ...texts }: ReturnType<typeof storedNames>) => texts;

@Resolver()
export class OrganisationMutations {
  @RequiresScope('organisation:write')
  @Mutation(() => OrganisationPayload, { description: 'Creates an organisation.' })
  recordOrganisation(
    @Arg('input', () => RecordOrganisationInput, { description: 'The fields of the new organisation.' })
    input: WriteInput & OrganisationFacts,
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
          const englishName = nameIn(storedNames(input.names as NamesInput, 'names'), Language.EN);
          const nulls = {
            role: {},
            city: null,
            country: null,
            parent: null,
            startedOn: null,
            endedOn: null,
            website: null,
          };
          Object.assign(record, nulls, { id: await newId(em, 'org', englishName), contactPoints: [], notes: null });
          record.confidence = input.source ? Confidence.SINGLE_SOURCE : Confidence.UNVERIFIED;
          await assignOrganisation(em, record, input);
          em.persist(record);
          return record.id;
        },
      },
      input,
    );
  }

  @RequiresScope('organisation:write')
  @Mutation(() => OrganisationPayload, { description: 'Updates fields of an organisation.' })
  reviseOrganisation(
    @Arg('input', () => ReviseOrganisationInput, { description: 'The record to change, with its new field values.' })
    input: ExistingInput & OrganisationFacts,
    @Ctx() context: Context,
  ) {
    return update(
      context,
      {
        name: 'reviseOrganisation',
        kind: ChangeKind.REVISED,
        subject: organisationSubject,
        locks: input.parent == null ? [] : ['organisation.parent'],
        apply: (em, record) => assignOrganisation(em, record, input),
      },
      input,
    );
  }
}
