import { expect, test } from 'vitest';
import { ADMIN, testApi } from '../support/api.js';

const { ask } = testApi();

/** Texts that have a meaning in an array of PostgreSQL, in JSON or in SQL. */
const TEXTS = [
  ...['null', 'NULL', 'Null', 'a,\nb', 'a,\tb', '"x"\ry', '{', '}', '{"a"}', ',', '\\', '\\n', '"', "it's", "E'\\n'"],
  ...['a "b" c\\d', '上海, 鹿特丹', '🇳🇱,🇨🇳', '$1', '?', ':a', '--', '/*'],
];

test('texts of a list are stored and logged as they are', async () => {
  const record = `mutation ($names: [String!]!) { recordProgramme(input: {
    names: { en: "Text lists" }, otherPartners: $names }) { programme { id otherPartners } userErrors { path message } } }`;
  const { data, errors } = await ask(record, { names: TEXTS }, ADMIN);
  expect(errors).toBeUndefined();
  const { programme, userErrors } = data.recordProgramme;
  expect([userErrors, programme.otherPartners]).toEqual([[], TEXTS]);
  const read = `query ($id: ID!) { programme(id: $id) { otherPartners history(first: 1) { nodes { fields { field after } } } } }`;
  const again = (await ask(read, { id: programme.id })).data.programme;
  expect(again.otherPartners).toEqual(TEXTS);
  const { after } = again.history.nodes[0].fields.find(({ field }: { field: string }) => field === 'otherPartners');
  expect(after).toEqual(TEXTS);
});

test('an alias, and a fact that a source supports, are stored once', async () => {
  const { data, errors } = await ask(
    `mutation { recordOrganisation(input: {
      kind: MINISTRY, names: { en: "Twice", aliases: ["B", "A", "B"] }
      source: { title: "T", publisher: "P", supports: ["names", "kind", "names"] }
    }) { organisation { names { aliases } citations { supports } } } }`,
    {},
    ADMIN,
  );
  expect(errors).toBeUndefined();
  expect(data.recordOrganisation.organisation).toEqual({
    names: { aliases: ['B', 'A'] },
    citations: [{ supports: ['names', 'kind'] }],
  });
});
