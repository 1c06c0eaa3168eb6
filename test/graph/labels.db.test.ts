import { describe, expect, test } from 'vitest';
import { ADMIN, testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';

const { ask } = testApi();

const IN_ALL = (field: string) =>
  ['NL', 'EN', 'ZH', 'PINYIN']
    .map(
      language =>
        `${language}: ${field}(language: ${language}) ${language}_in: ${field}Language(language: ${language})`,
    )
    .join(' ');

async function answer(query: string, variables?: Json): Promise<{ data: Json; statements: string[] }> {
  const { data, errors, statements } = await ask(query, variables, ADMIN);
  expect(errors).toBeUndefined();
  return { data, statements };
}

/** The text in a language, or in the first that exists, as the schema describes it. */
function expected(names: Json, language: string): [text: string, language: string] {
  for (const candidate of [language, 'EN', 'NL', 'PINYIN', 'ZH']) {
    const text = names[candidate.toLowerCase()];
    if (text) return [text, candidate];
  }
  throw new Error('A record has a name.');
}

const labelled = (record: Json, language: string) => [record[language], record[`${language}_in`]];
const LANGUAGES = ['NL', 'EN', 'ZH', 'PINYIN'];
const NAMES = 'names { nl en zh pinyin }';

describe('the label of a record', () => {
  test('needs one fragment in mixed results', async () => {
    const { data, statements } = await answer(
      '{ search(query: "rotterdam") { nodes { ... on Labelled { id label(language: ZH) } } } }',
    );
    const labels = new Map(data.search.nodes.map(({ id, label }: Json) => [id, label]));
    expect(data.search.nodes).toHaveLength(20);
    expect(labels.get('nl-rotterdam')).toBe('鹿特丹');
    expect(labels.get('tie-rotterdam-shanghai')).toBe('鹿特丹 – 上海市');
    expect(labels.get('exch-rotterdam-shanghai-rcro')).toBe('Rotterdam representative office in Shanghai');
    expect(statements).toHaveLength(1);
    // Exchanges have two sides, too, of which their label has nothing.
    expect(statements[0]).toMatch(
      /\(select e\."id" as "id", e\."title" as "title" from "exchange" e where e\.id = page\.id\)/,
    );
  });

  test.each([
    ['authorities', NAMES],
    ['organisations', NAMES],
    ['programmes', NAMES],
    ['exchanges', 'names: titles { nl en zh pinyin }'],
  ])('of %s is the name or title, with its language', async (list, names) => {
    const { data, statements } = await answer(`{ ${list}(first: 100) { nodes { ${names} ${IN_ALL('label')} } } }`);
    expect(statements).toHaveLength(1);
    expect(data[list].nodes.length).toBeGreaterThan(10);
    for (const record of data[list].nodes) {
      for (const language of LANGUAGES) {
        expect(labelled(record, language)).toEqual(expected(record.names, language));
      }
    }
  });

  test('of a partnership has the names of both sides, in the statement of the list', async () => {
    const { data, statements } = await answer(
      `{ partnerships(first: 100) { nodes { ${IN_ALL('label')} dutch { ${NAMES} } chinese { ${NAMES} } } } }`,
    );
    expect(statements).toHaveLength(1);
    expect(data.partnerships.nodes).toHaveLength(53);
    for (const record of data.partnerships.nodes) {
      for (const language of LANGUAGES) {
        const sides = [record.dutch, record.chinese].map(({ names }) => expected(names, language));
        const fellBack = sides.find(([, other]) => other !== language);
        const text = sides.map(([name]) => name).join(' – ');
        expect(labelled(record, language)).toEqual([text, fellBack ? fellBack[1] : language]);
      }
    }
  });

  test('takes no statement of its own under other records', async () => {
    const { data, statements } = await answer(`{
      exchanges(first: 100) { nodes { label partnership { label } dutch { partnerships(first: 5) { nodes { label } } } } }
    }`);
    expect(statements).toHaveLength(1);
    const tie = data.exchanges.nodes.find(({ partnership }: Json) => partnership?.label === 'Rotterdam – Shanghai');
    expect(tie.dutch.partnerships.nodes).toContainEqual({ label: 'Rotterdam – Shanghai' });
  });

  test('takes one statement more where records are not projected: by a relation of its own, after a mutation', async () => {
    const { data, statements } = await answer(
      '{ partnerships(first: 100, orderBy: { field: ID }) { nodes { id nestedIn { label } } } }',
    );
    const nested = new Map(data.partnerships.nodes.map(({ id, nestedIn }: Json) => [id, nestedIn?.label]));
    expect(nested.get('tie-eindhoven-nanjing')).toBe('North Brabant – Jiangsu');
    // The page, the outer partnerships, and the names of all their sides.
    expect(statements).toHaveLength(3);

    const input = { id: 'tie-delft-jingdezhen', expectedVersion: 1, notes: 'For its label.' };
    const revised = await answer(
      'mutation($input: RevisePartnershipInput!) { revisePartnership(input: $input) { partnership { label(language: NL) } change { subjectLabel } } }',
      { input },
    );
    expect(revised.data.revisePartnership).toEqual({
      partnership: { label: 'Delft – Jingdezhen' },
      change: { subjectLabel: 'Delft – Jingdezhen' },
    });
  });

  test('is right, too, where the joins of a statement are used up', async () => {
    const sides = 'dutch { parent { label } label } chinese { parent { label } prefecture { label } label }';
    const { data } = await answer(
      `{ exchange(id: "exch-rotterdam-shanghai-rcro") { ${sides} partnership { ${sides} label encouragedBy { label } } } }`,
    );
    expect(data.exchange.partnership.label).toBe('Rotterdam – Shanghai');
    expect(data.exchange.partnership.dutch).toEqual({ parent: { label: 'South Holland' }, label: 'Rotterdam' });
  });

  test('is the same for routers, nodes and groups', async () => {
    const representations = [
      { __typename: 'Partnership', id: 'tie-rotterdam-shanghai' },
      { __typename: 'Partnership', dutch: { id: 'nl-rotterdam' }, chinese: { id: 'cn-shanghai' } },
      { __typename: 'Authority', id: 'nl-rotterdam' },
    ];
    const { data } = await answer(
      `query($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on Labelled { label } }
        node(id: "tie-rotterdam-shanghai") { ... on Labelled { label } }
        nodes(ids: ["tie-rotterdam-shanghai", "org-vng-international"]) { ... on Labelled { label } }
        partnershipGroups(by: [STATUS]) { status partnerships(first: 1) { nodes { label } } }
      }`,
      { representations },
    );
    const tie = { label: 'Rotterdam – Shanghai' };
    expect(data._entities).toEqual([tie, tie, { label: 'Rotterdam' }]);
    expect(data.node).toEqual(tie);
    expect(data.nodes).toEqual([tie, { label: 'VNG International' }]);
    const active = data.partnershipGroups.find(({ status }: Json) => status === 'ACTIVE');
    expect(active.partnerships.nodes).toEqual([tie]);
  });
});

test('an answer tells how many texts fell back to another language', async () => {
  const { data } = await answer(`{
    exchanges(first: 100) { nodes { title(language: ZH) titleLanguage(language: ZH) titles { zh en aliases } } }
    authorities(first: 100, filter: { country: { eq: NL } }) { nodes { name(language: ZH) nameLanguage(language: ZH) names { zh } } }
    organisations(first: 100) { nodes { role(language: ZH) roleLanguage(language: ZH) } }
  }`);
  const titles = data.exchanges.nodes;
  expect(titles.filter(({ titleLanguage }: Json) => titleLanguage !== 'ZH')).toHaveLength(100);
  expect(titles.every(({ title, titles: { zh, en, aliases } }: Json) => zh === null && title === en && aliases)).toBe(
    true,
  );
  for (const { nameLanguage, names } of data.authorities.nodes) expect(nameLanguage === 'ZH').toBe(names.zh !== null);
  expect(data.authorities.nodes.filter(({ nameLanguage }: Json) => nameLanguage !== 'ZH')).toHaveLength(10);
  for (const { role, roleLanguage } of data.organisations.nodes) expect(roleLanguage === null).toBe(role === null);
});
