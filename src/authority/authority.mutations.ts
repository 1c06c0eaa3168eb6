import { Arg, Ctx, Resolver } from 'type-graphql';
import { RequiresScope } from '../access/require-scopes.js';
import { ChangeKind } from '../change/change.js';
import { newId, storedNames } from '../change/facts.js';
import type { ExistingInput, NamesInput, WriteInput } from '../change/input.js';
import { WriteMutation } from '../change/payload.js';
import { update, write } from '../change/write.js';
import type { Context } from '../context.js';
import { Language, nameIn } from '../graph/types/names.js';
import { message } from '../messages/message.js';
import { assignAuthority, checkAuthority } from './authority.assign.js';
import { Country } from './authority.enums.js';
import {
  type AuthorityFacts,
  authorityPayload,
  RecordAuthorityInput,
  ReviseAuthorityInput,
} from './authority.input.js';
import { type Authority, ChineseAuthority, DutchAuthority } from './authority.js';
import { authoritySubject } from './authority.subject.js';

@Resolver()
export class AuthorityMutations {
  @RequiresScope('authority:write')
  @WriteMutation(authorityPayload, 'Creates an authority.')
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
        check: async (em, _, problems) => {
          const { dutchLevel, chineseLevel } = input;
          const hasOneLevel = (dutchLevel == null) !== (chineseLevel == null);
          if (!hasOneLevel && !problems.has('chineseLevel')) problems.add('dutchLevel', message('ONE_LEVEL', {}));
          const country = hasOneLevel ? (dutchLevel ? Country.NL : Country.CN) : undefined;
          await checkAuthority(problems, em, null, country, input);
        },
        apply: async em => {
          const { dutchLevel, chineseLevel, names } = input;
          const country = dutchLevel ? Country.NL : Country.CN;
          const englishName = nameIn(storedNames(names as NamesInput), Language.EN);
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
          assignAuthority(record, input);
          em.persist(record);
          return record.id;
        },
      },
      input,
    );
  }

  @RequiresScope('authority:write')
  @WriteMutation(authorityPayload, 'Updates fields of an authority.')
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
        check: (em, { id, country }, problems) =>
          checkAuthority(problems, em, id, country as Country.NL | Country.CN, input),
        apply: async (_, record) => assignAuthority(record, input),
      },
      input,
    );
  }
}
