import { expect, test } from 'vitest';
import { Language } from '../../src/graph/types/names.js';
import { testApi } from '../support/api.js';

const { ask } = testApi();

const LANGUAGES = Object.values(Language);
const WHOLE = 'a."names" as "names"';
const ONE = `coalesce(a."names"->>'en', a."names"->>'nl', a."names"->>'pinyin', a."names"->>'zh') as "names"`;

test.each([
  ['name', ONE],
  ['name(language: EN) again: name', ONE],
  ['... on Authority { name } ... on DutchAuthority { dutch: name(language: EN) }', ONE],
  ['... on Authority { name } ... on DutchAuthority { dutch: name(language: NL) }', WHOLE],
  ['name(language: EN) inDutch: name(language: NL)', WHOLE],
  ['name nameLanguage', WHOLE],
  ['name label', WHOLE],
  ['name names { nl }', WHOLE],
])('%s reads %s', async (fields, column) => {
  const { statements, errors } = await ask(`{ authorities(first: 1) { nodes { ${fields} } } }`);
  expect(errors).toBeUndefined();
  expect(statements).toHaveLength(1);
  expect(statements[0]).toContain(column);
});

test.each([
  [{ other: 'EN' }, ONE],
  [{ language: 'EN', other: 'EN' }, ONE],
  [{ language: 'EN', other: 'NL' }, WHOLE],
  [{ language: 'EN' }, WHOLE],
])('variables %j read %s', async (variables, column) => {
  const { statements, data } = await ask(
    `query ($language: Language! = EN, $other: Language) { authorities(first: 1) {
      nodes { name(language: $language) other: name(language: $other) } } }`,
    variables,
  );
  expect(data.authorities.nodes).toHaveLength(1);
  expect(statements).toEqual([expect.stringContaining(column)]);
});

test('a variable reads the text in its language at each execution; null is an error of the field', async () => {
  const query = `query ($language: Language = NL) { authority(id: "nl-den-haag") { id name(language: $language) } }`;
  const nameIn = async (variables: Record<string, unknown>) => (await ask(query, variables)).data.authority.name;
  for (const [language, name] of [
    ['ZH', '海牙'],
    ['EN', 'The Hague'],
    ['ZH', '海牙'],
  ]) {
    expect(await nameIn({ language })).toBe(name);
  }
  expect(await nameIn({})).toBe('Den Haag');
  const { data, errors } = await ask(query, { language: null });
  expect(data.authority).toBeNull();
  expect(errors?.[0]?.message).toContain('"language"');
});

const LISTS = [
  ['authorities', 'name'],
  ['programmes', 'name'],
  ['exchanges', 'title'],
  ['organisations', 'name'],
  ['organisations', 'role'],
] as const;

test.each(LISTS)('%s have the same %s in each language as with all languages', async (list, field) => {
  const all = LANGUAGES.map(language => `${language}: ${field}(language: ${language})`).join(' ');
  const whole = (await ask(`{ ${list}(first: 100) { nodes { ${all} } } }`)).data[list].nodes;
  expect(whole.length).toBeGreaterThan(10);
  for (const language of LANGUAGES) {
    const { data } = await ask(`{ ${list}(first: 100) { nodes { ${language}: ${field}(language: ${language}) } } }`);
    expect(data[list].nodes).toEqual(whole.map((node: Record<string, unknown>) => ({ [language]: node[language] })));
  }
});

test('a reference, a list under it and a search have the text, too', async () => {
  const names = (language: string) => `name(language: ${language})`;
  const fields = (name: string) => `{ partnership(id: "tie-rotterdam-shanghai") {
      chinese { ${name} partnerships(first: 3) { nodes { dutch { ${name} } } } } }
    search(query: "Shanghai", types: [AUTHORITY]) { nodes { ... on ChineseAuthority { ${name} } } } }`;
  const { data, statements } = await ask(fields(names('ZH')));
  expect(statements.every(text => !text.includes('"names" as'))).toBe(true);
  expect(data.partnership.chinese.name).toBe('上海市');
  const whole = await ask(fields(`${names('ZH')} english: ${names('EN')}`));
  const withoutEnglish = JSON.parse(
    JSON.stringify(whole.data, (key, value) => (key === 'english' ? undefined : value)),
  );
  expect(data).toEqual(withoutEnglish);
});
