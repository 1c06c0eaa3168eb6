import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import { ChangeKind } from '../change/change.js';
import { newId, requireExisting, storedNames, suppliedFacts } from '../change/facts.js';
import type { ExistingInput, NamesInput, WriteInput } from '../change/input.js';
import { rejectField, UserErrorCode } from '../change/payload.js';
import { update, write } from '../change/write.js';
import type { Context } from '../context.js';
import { Language, nameIn } from '../graph/types/names.js';
import { sortKey } from '../graph/types/text.js';
import { Country } from './authority.enums.js';
import {
  type AuthorityFacts,
  AuthorityPayload,
  authorityFacts,
  RecordAuthorityInput,
  ReviseAuthorityInput,
} from './authority.input.js';
import { type Authority, ChineseAuthority, DutchAuthority } from './authority.js';
import { authoritySubject } from './authority.subject.js';
import { wouldCreateCycle } from './containment.js';

const CODE_FORMS = { [Country.NL]: /^(GM|PV|WS)[0-9]{2,4}$/, [Country.CN]: /^[0-9]{6}$/ };

/** Assigns the supplied fields to a record and checks them against its country. */
async function assignAuthority(em: Context['em'], record: Authority, input: AuthorityFacts): Promise<void> {
  const required = ['names', 'dutchLevel', 'chineseLevel'];
  const fields = suppliedFacts(input, Object.keys(authorityFacts), required) as AuthorityFacts;
  const { names, dutchLevel, chineseLevel, location, ...columns } = fields;
  const isDutch = record.country === Country.NL;
  const foreign = isDutch ? 'chineseLevel' : 'dutchLevel';
  if (fields[foreign])
    throw rejectField(
      UserErrorCode.INVALID,
      foreign,
      `${foreign} does not apply to an authority of ${record.country}.`,
    );
  if (columns.code != null && !CODE_FORMS[record.country as Country.NL | Country.CN].test(columns.code)) {
    throw rejectField(
      UserErrorCode.INVALID,
      'code',
      `code of an authority of ${record.country} must match ${CODE_FORMS[record.country as Country.NL | Country.CN].source}; got ${columns.code}.`,
    );
  }
  if (columns.wikidataId != null && !/^Q[1-9][0-9]{0,11}$/.test(columns.wikidataId)) {
    throw rejectField(
      UserErrorCode.INVALID,
      'wikidataId',
      `wikidataId must be Q followed by a number; got ${columns.wikidataId}.`,
    );
  }
  for (const field of ['parent', 'prefecture'] as const) {
    const container = columns[field];
    if (container == null) continue;
    if (!container.startsWith(isDutch ? 'nl-' : 'cn-') || (isDutch && field === 'prefecture')) {
      throw rejectField(
        UserErrorCode.INVALID,
        field,
        `${field} must be an authority of the same country that this one can belong to; got ${container}.`,
      );
    }
    await requireExisting(em, 'authority', [container], field);
    if (await wouldCreateCycle(em, record.id, container)) {
      throw rejectField(
        UserErrorCode.INVALID,
        field,
        `${field} would create a cycle between ${record.id} and ${container}.`,
      );
    }
  }
  if (names) {
    record.names = storedNames(names, 'names');
    record.sortName = sortKey(nameIn(record.names, Language.EN));
  }
  const level = dutchLevel ?? chineseLevel;
  if (level) record.level = level;
  if (location !== undefined)
    Object.assign(record, { latitude: location?.latitude ?? null, longitude: location?.longitude ?? null });
  Object.assign(record, columns);
}

@Resolver()
export class AuthorityMutations {
  @RequiresScope('authority:write')
  @Mutation(() => AuthorityPayload, { description: 'Creates an authority.' })
  recordAuthority(
    @Arg('input', () => RecordAuthorityInput, { description: 'The fields of the new authority.' }) input: WriteInput &
      AuthorityFacts,
    @Ctx() context: Context,
  ) {
    return write(
      context,
      {
        name: 'recordAuthority',
        kind: ChangeKind.RECORDED,
        subject: authoritySubject,
        apply: async em => {
          const { dutchLevel, chineseLevel, names } = input;
          if ((dutchLevel == null) === (chineseLevel == null)) {
            throw rejectField(
              UserErrorCode.INVALID,
              'dutchLevel',
              'Exactly one of dutchLevel and chineseLevel is required.',
            );
          }
          const country = dutchLevel ? Country.NL : Country.CN;
          const englishName = nameIn(storedNames(names as NamesInput, 'names'), Language.EN);
          const words = (dutchLevel ?? chineseLevel) === 'PROVINCE' ? ['prov', englishName] : [englishName];
          const record = new (dutchLevel ? DutchAuthority : ChineseAuthority)() as Authority;
          const nulls = {
            code: null,
            parent: null,
            prefecture: null,
            latitude: null,
            longitude: null,
            wikidataId: null,
            dissolvedOn: null,
          };
          Object.assign(record, nulls, { id: await newId(em, country.toLowerCase(), ...words), country });
          await assignAuthority(em, record, input);
          em.persist(record);
          return record.id;
        },
      },
      input,
    );
  }

  @RequiresScope('authority:write')
  @Mutation(() => AuthorityPayload, { description: 'Updates fields of an authority.' })
  reviseAuthority(
    @Arg('input', () => ReviseAuthorityInput, { description: 'The record to change, with its new field values.' })
    input: ExistingInput & AuthorityFacts,
    @Ctx() context: Context,
  ) {
    return update(
      context,
      {
        name: 'reviseAuthority',
        kind: ChangeKind.REVISED,
        subject: authoritySubject,
        // One lock for both: a cycle may lead through either.
        locks: input.parent == null && input.prefecture == null ? [] : ['authority.parent'],
        apply: (em, record) => assignAuthority(em, record, input),
      },
      input,
    );
  }
}
