import { ChangeKind } from '../change/change.js';
import type { Command, UpdateCommand } from '../change/command.js';
import { storedNames } from '../change/facts.js';
import type { ExistingInput, NamesInput, WriteInput } from '../change/input.js';
import { type IdWords, newId } from '../change/new-id.js';
import { Language, nameIn } from '../graph/types/names.js';
import { message } from '../messages/message.js';
import { assignAuthority, checkAuthority } from './authority.assign.js';
import { Country } from './authority.enums.js';
import type { AuthorityFacts } from './authority.input.js';
import { type Authority, ChineseAuthority, DutchAuthority } from './authority.js';
import { authoritySubject } from './authority.subject.js';

/** Returns the command of `recordAuthority`. */
export function recordAuthorityCommand(input: WriteInput & AuthorityFacts): Command<Authority> {
  const idWords = (): IdWords => {
    const { dutchLevel, chineseLevel, names } = input;
    const englishName = nameIn(storedNames(names as NamesInput), Language.EN);
    const words = (dutchLevel ?? chineseLevel) === 'PROVINCE' ? ['prov', englishName] : [englishName];
    return [dutchLevel ? 'nl' : 'cn', ...words];
  };
  return {
    name: 'recordAuthority',
    kind: ChangeKind.RECORDED,
    subject: authoritySubject,
    idWords,
    check: async (em, _, problems) => {
      const { dutchLevel, chineseLevel } = input;
      const hasOneLevel = (dutchLevel == null) !== (chineseLevel == null);
      if (!hasOneLevel && !problems.has('chineseLevel')) problems.add('dutchLevel', message('ONE_LEVEL', {}));
      const country = hasOneLevel ? (dutchLevel ? Country.NL : Country.CN) : undefined;
      await checkAuthority(problems, em, null, country, input);
    },
    apply: async em => {
      const { dutchLevel } = input;
      const country = dutchLevel ? Country.NL : Country.CN;
      const record = new (dutchLevel ? DutchAuthority : ChineseAuthority)() as Authority;
      const nulls = {
        code: null,
        parent: null,
        prefecture: null,
        latitude: null,
        longitude: null,
        wikidataId: null,
        dissolvedOn: null,
        succeededBy: null,
      };
      Object.assign(record, nulls, { id: await newId(em, idWords()), country });
      assignAuthority(record, input);
      em.persist(record);
      return record.id;
    },
  };
}

/** Returns the command of `reviseAuthority`. */
export function reviseAuthorityCommand(input: ExistingInput & AuthorityFacts): UpdateCommand<Authority> {
  return {
    name: 'reviseAuthority',
    kind: ChangeKind.REVISED,
    subject: authoritySubject,
    locks: [
      // One lock for both: a cycle may lead through either.
      ...(input.parent == null && input.prefecture == null ? [] : ['authority.parent']),
      ...(input.succeededBy == null ? [] : ['authority.succeededBy']),
    ],
    check: (em, { id, country }, problems) =>
      checkAuthority(problems, em, id, country as Country.NL | Country.CN, input),
    apply: async (_, record) => assignAuthority(record, input),
  };
}
