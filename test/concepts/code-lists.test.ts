import { isEnumType, isIntrospectionType } from 'graphql';
import { expect, test } from 'vitest';
import { ERROR_CODES } from '../../src/messages/error-codes.js';
import { createSchema } from '../../src/schema.js';
import { testApi } from '../support/api.js';

const { ask } = testApi();

/** Enums that programs write or read, and nobody sees. */
const FOR_PROGRAMS = [
  'WebhookForm',
  'ProposalItemOrderField',
  'ProposalOrderField',
  'ProposalPolicy',
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

/** Chinese has the Latin names of an organisation and of a technique: NBSO, webhook. */
const HAN = /^(?:webhook )?\p{Script=Han}+(?: \(NBSO\))?$/u;
const LATIN = /^\p{Lu}[\p{Script=Latin}\p{P} ]+$/u;

test('every value of every enum that people read has a name in Dutch, English and Chinese', async () => {
  const labels = 'nl: label(language: NL) en: label(language: EN) zh: label(language: ZH)';
  const { data, errors } = await ask(
    `{ codeLists { name description ${labels} codes { value description ${labels} } } }`,
  );
  expect(errors).toBeUndefined();
  const headings = data.codeLists.map(({ nl, en, zh }: Record<string, string>) => [nl, en, zh]);
  for (const [nl, en, zh] of headings) {
    expect([nl, en, zh]).toEqual([
      expect.stringMatching(LATIN),
      expect.stringMatching(LATIN),
      expect.stringMatching(HAN),
    ]);
  }
  for (const index of [0, 1, 2]) {
    expect(new Set(headings.map((heading: string[]) => heading[index])).size).toBe(headings.length);
  }
  const enums = Object.values((await createSchema()).getTypeMap()).filter(
    type => isEnumType(type) && !isIntrospectionType(type) && !FOR_PROGRAMS.includes(type.name),
  );
  const names = [...enums.map(({ name }) => name), 'ErrorCode', 'Field'].sort();
  expect(data.codeLists.map(({ name }: { name: string }) => name)).toEqual(names);
  for (const { name, description, codes } of data.codeLists) {
    if (name === 'Field') continue;
    const listed = codes.map(({ value, description }: Record<string, string>) => [value, description]);
    const enumType = enums.find(candidate => candidate.name === name);
    if (isEnumType(enumType)) {
      expect(description).toBe(enumType.description);
      expect(listed).toEqual(enumType.getValues().map(value => [value.name, value.description]));
    } else expect(listed).toEqual(Object.entries(ERROR_CODES).map(([value, [meaning]]) => [value, meaning]));
    for (const { value, nl, en, zh } of codes) {
      expect([value, nl], name).toEqual([value, expect.stringMatching(LATIN)]);
      expect([value, en], name).toEqual([value, expect.stringMatching(LATIN)]);
      const han = name === 'Rule' ? /\p{Script=Han}/u : HAN;
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

test('the list Field names fields, each in a way of its own', async () => {
  const { data } = await ask(`{ codeList(name: "Field") { label(language: NL) codes {
    value nl: label(language: NL) en: label zh: label(language: ZH) } } }`);
  const { label, codes } = data.codeList;
  expect(label).toBe('Veld');
  for (const { value, nl, en, zh } of codes) {
    expect([value, nl, en]).toEqual([value, expect.stringMatching(/^\p{Lu}/u), expect.stringMatching(/^\p{Lu}/u)]);
    expect([value, zh]).toEqual([value, expect.stringMatching(/^[\p{Script=Han}（）]+$/u)]);
  }
  for (const language of ['nl', 'en', 'zh']) {
    const labels = codes.map((code: Record<string, string>) => code[language]);
    expect(labels.filter((text: string, index: number) => labels.indexOf(text) !== index)).toEqual([]);
  }
  expect(codes).toContainEqual({
    value: 'dutch.names.zh',
    nl: 'Naam van de Nederlandse kant (Chinees)',
    en: 'Name of the Dutch side (Chinese)',
    zh: '荷兰方名称（中文）',
  });
});

test('a label in pinyin is in English, and says so', async () => {
  const { data } = await ask(`{ codeList(name: "Country") { label(language: PINYIN) labelLanguage(language: PINYIN)
    codes { label(language: PINYIN) labelLanguage(language: PINYIN) nl: labelLanguage(language: NL) } } }`);
  expect(data.codeList).toMatchObject({ label: 'Country', labelLanguage: 'EN' });
  expect(data.codeList.codes[0]).toEqual({ label: 'The Netherlands', labelLanguage: 'EN', nl: 'NL' });
});

test('codeLists(names:) returns the lists of these names, sorted, each once', async () => {
  const names = async (requested: string[] | null) => {
    const query = 'query ($names: [String!]) { codeLists(names: $names) { name codes { value } } }';
    const { data, errors } = await ask(query, { names: requested });
    expect(errors).toBeUndefined();
    return data.codeLists.map(({ name }: { name: string }) => name);
  };
  expect(await names(['Theme', 'Country', 'Theme'])).toEqual(['Country', 'Theme']);
  expect(await names([])).toEqual([]);
  expect((await names(null)).length).toBeGreaterThan(20);
  expect(await names(['Theme', 'NullsOrder'])).toEqual(['Theme']);
});

test('a list that is not there is null, and the other lists answer', async () => {
  const { data, errors } = await ask(
    '{ none: codeList(name: "NullsOrder") { name } codeList(name: "Theme") { name } }',
  );
  expect([errors, data]).toEqual([undefined, { none: null, codeList: { name: 'Theme' } }]);
});
