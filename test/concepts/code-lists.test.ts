import { isEnumType, isIntrospectionType } from 'graphql';
import { expect, test } from 'vitest';
import { createSchema } from '../../src/schema.js';
import { testApi } from '../support/api.js';

const { ask } = testApi();

/** Enums that programs write or read, and nobody sees. */
const FOR_PROGRAMS = [
  'AuthorityOrderField',
  'ExchangeOrderField',
  'GroupOrderField',
  'IdentityKind',
  'NullsOrder',
  'OrderDirection',
  'OrganisationOrderField',
  'PartnershipOrderField',
  'ProgrammeOrderField',
];

test('every value of every enum that people read has a name in Dutch, English and Chinese', async () => {
  const { data, errors } = await ask(`{ codeLists { name description codes { value description
    nl: label(language: NL) en: label(language: EN) zh: label(language: ZH) } } }`);
  expect(errors).toBeUndefined();
  const enums = Object.values((await createSchema()).getTypeMap()).filter(
    type => isEnumType(type) && !isIntrospectionType(type) && !FOR_PROGRAMS.includes(type.name),
  );
  expect(data.codeLists.map(({ name }: { name: string }) => name)).toEqual(enums.map(({ name }) => name).sort());
  for (const { name, description, codes } of data.codeLists) {
    const enumType = enums.find(candidate => candidate.name === name);
    if (!isEnumType(enumType)) throw new Error(`${name} is no enum.`);
    expect(description).toBe(enumType.description);
    expect(codes.map(({ value, description }: Record<string, string>) => [value, description])).toEqual(
      enumType.getValues().map(value => [value.name, value.description]),
    );
    for (const { value, nl, en, zh } of codes) {
      const latin = /^\p{Lu}[\p{Script=Latin}\p{P} ]+$/u;
      expect([value, nl], name).toEqual([value, expect.stringMatching(latin)]);
      expect([value, en], name).toEqual([value, expect.stringMatching(latin)]);
      const han = name === 'Rule' ? /\p{Script=Han}/u : /^\p{Script=Han}+(?: \(NBSO\))?$/u;
      expect([value, zh], name).toEqual([value, expect.stringMatching(han)]);
    }
    // Two values of the same name would be indistinguishable.
    for (const language of ['nl', 'en', 'zh']) {
      const labels = codes.map((code: Record<string, string>) => code[language]);
      expect(new Set(labels).size, `${name} ${language}`).toBe(labels.length);
    }
  }
});

test('one list by the name of its enum; in English when no language is named', async () => {
  const { data } = await ask(
    '{ codeList(name: "SupportBase") { name codes { value label zh: label(language: ZH) } } }',
  );
  expect(data).toEqual({
    codeList: {
      name: 'SupportBase',
      codes: [
        { value: 'LOCAL_POLITICS', label: 'Local politics', zh: '地方政界' },
        { value: 'LOCAL_BUSINESS', label: 'Local business', zh: '本地企业' },
        { value: 'KNOWLEDGE_INSTITUTIONS', label: 'Knowledge institutions', zh: '知识机构' },
        { value: 'CIVIL_ORGANISATIONS', label: 'Civil organisations', zh: '民间组织' },
      ],
    },
  });
});

test('a list that is not there is refused with the names of those that are', async () => {
  const { data, errors } = await ask('{ codeList(name: "NullsOrder") { name } }');
  expect(data).toBeNull();
  expect(errors).toHaveLength(1);
  expect(errors?.[0]?.message).toMatch(
    /^name is one of ChangeKind, .*PartnershipStatus, .*Theme, .*UserErrorCode; got "NullsOrder"\.$/,
  );
  expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
});
