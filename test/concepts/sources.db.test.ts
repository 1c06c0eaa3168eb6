import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { queryRows } from '../../src/graph/sql/query.js';
import { type SourceFacts, sourceId } from '../../src/source/source-id.js';
import { SEED_ID_DIGITS, storeSources } from '../../src/source/store-sources.js';
import { ADMIN, testApi } from '../support/api.js';
import type { Json } from '../support/calls.js';

const { ask, database } = testApi();

const RECORD = `mutation($input: RecordOrganisationInput!) { recordOrganisation(input: $input) {
  organisation { id citations { source { id title publisher url publishedOn } } } userErrors { code path message } } }`;
let records = 0;

/** Records an organisation with a source, and returns the payload. */
async function record(source: Json): Promise<Json> {
  records += 1;
  const input = { kind: 'MINISTRY', names: { en: `Cites ${records}` }, source };
  const { data, errors } = await ask(RECORD, { input }, ADMIN);
  expect(errors).toBeUndefined();
  return data.recordOrganisation;
}

const shown = async (source: Json): Promise<Json> => (await record(source)).organisation.citations[0].source;
const facts = (title: string, more: Partial<SourceFacts> = {}): SourceFacts => ({
  title,
  publisher: '人民日报',
  url: null,
  publishedOn: null,
  ...more,
});

/** Spells a number in hanzi, which an id leaves out. */
const hanzi = (n: number) => [...String(n)].map(digit => '零一二三四五六七八九'[Number(digit)]).join('');

/** Returns two sources with the same id if its hash has six digits. */
function collision(topic: string): [SourceFacts, SourceFacts] {
  const sources = new Map<string, SourceFacts>();
  for (let n = 0; ; n += 1) {
    const source = facts(`${topic}${hanzi(n)}`);
    const id = sourceId(source, 6);
    const earlier = sources.get(id);
    if (earlier) return [earlier, source];
    sources.set(id, source);
  }
}

test('two sources whose short ids are equal are each shown as they are', async () => {
  const ids = new Set<string>();
  for (const source of collision('关于友好城市的新闻之')) {
    const { title, publisher } = source;
    const { id, ...stored } = await shown({ title, publisher });
    expect(stored).toEqual(source);
    expect(id).toMatch(/^src-[0-9a-f]{16}$/);
    ids.add(id);
  }
  expect(ids.size).toBe(2);
});

test('seeds with equal short ids are two sources, and the first keeps the short id', async () => {
  const [first, second] = collision('种子之');
  const em = database().em.fork();
  const ids = await storeSources(em, [first, second], SEED_ID_DIGITS);
  expect(ids).toEqual([sourceId(first, 6), sourceId(second, 16)]);
  expect(await storeSources(em, [second, first], SEED_ID_DIGITS)).toEqual(ids.toReversed());
});

test('a source whose id another source has gets a longer one', async () => {
  const wanted = facts('Taken', { publisher: 'Somebody', publishedOn: '2024-05' });
  const id = sourceId(wanted, 16);
  await queryRows(
    database().em.fork(),
    sql`insert into source (id, title, publisher) values (${id}, 'Another', 'Else')`,
  );
  const { organisation } = await record({ title: 'Taken', publisher: 'Somebody', publishedOn: '2024-05' });
  expect(organisation.citations[0].source).toEqual({ id: sourceId(wanted, 32), ...wanted });
  const [logged] = await queryRows<{ citations: Json }>(
    database().em.fork(),
    sql`select f->'after' as citations from change cross join lateral jsonb_array_elements(fields) f
      where subject_id = ${organisation.id} and f->>'field' = 'citations'`,
  );
  expect(logged?.citations).toEqual([expect.objectContaining(wanted)]);
});

test('a source cited by many at once is stored once, in whatever form its address is written', async () => {
  const forms = [
    'https://example.nl/a b',
    'HTTPS://Example.NL/a%20b',
    ' https://example.nl:443/a b',
    'https://example.nl/x/../a b',
  ];
  const calls = [...forms, ...forms, ...forms].map(url => shown({ title: 'At once', publisher: 'B', url }));
  const sources = await Promise.all(calls);
  expect(new Set(sources.map(({ id }) => id)).size).toBe(1);
  expect(sources[0].url).toBe('https://example.nl/a%20b');
  const stored = await queryRows(database().em.fork(), sql`select id from source where title = 'At once'`);
  expect(stored).toHaveLength(1);
});

test('a seed is cited by the id that it has', async () => {
  const [seed] = await queryRows<SourceFacts & { id: string }>(
    database().em.fork(),
    sql`select id, title, publisher, url, published_on as "publishedOn" from source where url is not null order by id limit 1`,
  );
  const { id, ...source } = seed as SourceFacts & { id: string };
  expect(id).toMatch(/-[0-9a-f]{6}$/);
  expect(await shown(source)).toEqual(seed);
});

test.each([
  ['https://user@exa mple.nl', 'BAD_USER_INPUT'],
  ['ftp://example.nl', 'BAD_USER_INPUT'],
  [`https://example.nl/${'友'.repeat(300)}`, 'BAD_USER_INPUT'],
])('the address %s is refused', async (url, code) => {
  const input = { kind: 'MINISTRY', names: { en: 'Refused' }, source: { title: 'A', publisher: 'B', url } };
  const { errors } = await ask(RECORD, { input }, ADMIN);
  expect(errors?.[0]?.extensions?.code).toBe(code);
  expect(errors?.[0]?.message).toContain('http:// or https://');
});

test('a source is a node: it is found by the id that a citation shows', async () => {
  const cited = '{ partnership(id: "tie-rotterdam-shanghai") { citations { source { id title publisher url } } } }';
  const [{ source }] = (await ask(cited)).data.partnership.citations;
  const query = `query ($id: ID!) {
    node(id: $id) { __typename id ... on Source { title publisher url } }
    nodes(ids: [$id, "nl-rotterdam"]) { __typename id }
    source(id: $id) { id title publisher url }
  }`;
  const { data, errors, statements } = await ask(query, { id: source.id });
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    node: { __typename: 'Source', ...source },
    nodes: [
      { __typename: 'Source', id: source.id },
      { __typename: 'DutchAuthority', id: 'nl-rotterdam' },
    ],
    source,
  });
  expect(statements).toHaveLength(2);
});

test('a source that does not exist is null, as is a record of another type', async () => {
  const { data, errors } = await ask(
    '{ a: source(id: "src-nobody-000000") { id } b: source(id: "nl-rotterdam") { id } c: node(id: "src-nobody-000000") { id } }',
  );
  expect([errors, data]).toEqual([undefined, { a: null, b: null, c: null }]);
});
