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
  ['name(language: $language)', WHOLE],
])('%s reads %s', async (fields, column) => {
  const variable = fields.includes('$') ? 'query ($language: Language!) ' : '';
  const { statements, errors } = await ask(`${variable}{ authorities(first: 1) { nodes { ${fields} } } }`, {
    language: 'ZH',
  });
  expect(errors).toBeUndefined();
  expect(statements).toHaveLength(1);
  expect(statements[0]).toContain(column);
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
