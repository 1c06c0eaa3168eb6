import { describe, expect, test } from 'vitest';
import { ADMIN, testApi } from '../support/api.js';

const { ask } = testApi();

const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on Authority { id name }
    ... on Partnership { id startedOn }
    ... on Programme { id }
    ... on Exchange { id }
    ... on Organisation { id }
  }
}`;
const entities = (...representations: unknown[]) => ask(ENTITIES, { representations });
const ids = async (list: string) =>
  (await ask(`{ ${list}(first: 20) { nodes { id } } }`)).data[list].nodes.map(({ id }: { id: string }) => id);

describe('a record is found by each key of its type', () => {
  const ROTTERDAM = { __typename: 'DutchAuthority', id: 'nl-rotterdam', name: 'Rotterdam' };
  const SHANGHAI = { __typename: 'ChineseAuthority', id: 'cn-shanghai', name: 'Shanghai' };
  const TIE = { __typename: 'Partnership', id: 'tie-rotterdam-shanghai', startedOn: '1979' };
  test.each([
    [{ __typename: 'Authority', id: 'nl-rotterdam' }, ROTTERDAM],
    [{ __typename: 'Authority', id: 'cn-shanghai' }, SHANGHAI],
    [{ __typename: 'DutchAuthority', id: 'nl-rotterdam' }, ROTTERDAM],
    [{ __typename: 'DutchAuthority', cbsCode: 'GM0599' }, ROTTERDAM],
    [{ __typename: 'ChineseAuthority', id: 'cn-shanghai' }, SHANGHAI],
    [{ __typename: 'ChineseAuthority', gbCode: '310000' }, SHANGHAI],
    [{ __typename: 'Partnership', id: 'tie-rotterdam-shanghai' }, TIE],
    [{ __typename: 'Partnership', dutch: { id: 'nl-rotterdam' }, chinese: { id: 'cn-shanghai' } }, TIE],
    [
      { __typename: 'Programme', id: 'prog-vngi-iurc-china' },
      { __typename: 'Programme', id: 'prog-vngi-iurc-china' },
    ],
    [
      { __typename: 'Organisation', id: 'org-vng-international' },
      { __typename: 'Organisation', id: 'org-vng-international' },
    ],
  ])('%j', async (representation, record) => {
    expect(await entities(representation)).toEqual({
      data: { _entities: [record] },
      errors: undefined,
      statements: [expect.any(String)],
    });
  });

  test('an exchange by its id', async () => {
    const [id] = await ids('exchanges');
    expect((await entities({ __typename: 'Exchange', id })).data._entities).toEqual([{ __typename: 'Exchange', id }]);
  });

  test('a programme by its IATI identifier, if it has one', async () => {
    const { data } = await ask('{ programme(id: "prog-vngi-iurc-china") { version } }');
    const input = { id: 'prog-vngi-iurc-china', expectedVersion: data.programme.version, iatiId: 'XM-DAC-7-TEST-1' };
    const written = await ask(
      'mutation ($input: ReviseProgrammeInput!) { reviseProgramme(input: $input) { userErrors { message } } }',
      { input: { ...input, reason: 'test' } },
      ADMIN,
    );
    expect(written.data.reviseProgramme.userErrors).toEqual([]);
    expect((await entities({ __typename: 'Programme', iatiId: 'XM-DAC-7-TEST-1' })).data._entities).toEqual([
      { __typename: 'Programme', id: 'prog-vngi-iurc-china' },
    ]);
    // A null key is treated as missing.
    expect((await entities({ __typename: 'Programme', iatiId: null })).errors?.[0]?.extensions?.code).toBe(
      'BAD_USER_INPUT',
    );
  });

  test('of two authorities with several partnerships, the one that has not ended', async () => {
    const pair = { dutch: 'nl-delft', chinese: 'cn-jingdezhen' };
    const representation = { __typename: 'Partnership', dutch: { id: pair.dutch }, chinese: { id: pair.chinese } };
    const [old] = (await entities(representation)).data._entities;
    const { data } = await ask('query ($id: ID!) { partnership(id: $id) { version } }', { id: old.id });
    const end = { id: old.id, expectedVersion: data.partnership.version, since: '2026-01', reason: 'test' };
    const ended = await ask(
      'mutation ($input: EndPartnershipInput!) { endPartnership(input: $input) { userErrors { message } } }',
      { input: end },
      ADMIN,
    );
    expect(ended).toMatchObject({ data: { endPartnership: { userErrors: [] } } });
    expect((await entities(representation)).data._entities[0].id).toBe(old.id);
    const recorded = await ask(
      'mutation ($input: RecordPartnershipInput!) { recordPartnership(input: $input) { partnership { id } userErrors { message } } }',
      { input: { ...pair, kind: 'FRIENDSHIP', startedOn: '2026-06', reason: 'test' } },
      ADMIN,
    );
    expect(recorded).toMatchObject({ data: { recordPartnership: { userErrors: [] } } });
    expect((await entities(representation)).data._entities[0].id).toBe(recorded.data.recordPartnership.partnership.id);
  });
});

test('a hundred mixed representations take one statement per table and key, and nested fields one per level', async () => {
  const [authorities, partnerships, programmes, exchanges, organisations] = await Promise.all(
    ['authorities', 'partnerships', 'programmes', 'exchanges', 'organisations'].map(ids),
  );
  const codes = (
    await ask(
      '{ authorities(first: 100, filter: { code: { isNull: false } }) { nodes { ... on DutchAuthority { cbsCode } ... on ChineseAuthority { gbCode } } } }',
    )
  ).data.authorities.nodes;
  const sides = (await ask('{ partnerships(last: 20) { nodes { dutch { id } chinese { id } } } }')).data.partnerships
    .nodes;
  const representations = [
    ...authorities.map((id: string) => ({ __typename: 'Authority', id })),
    ...authorities.map((id: string) => ({
      __typename: id.startsWith('nl') ? 'DutchAuthority' : 'ChineseAuthority',
      id,
    })),
    ...codes.slice(0, 20).map((code: Record<string, string>) => ({
      __typename: 'cbsCode' in code ? 'DutchAuthority' : 'ChineseAuthority',
      ...code,
    })),
    ...partnerships.map((id: string) => ({ __typename: 'Partnership', id })),
    ...sides.map((pair: object) => ({ __typename: 'Partnership', ...pair })),
    ...programmes.map((id: string) => ({ __typename: 'Programme', id })),
    ...exchanges.map((id: string) => ({ __typename: 'Exchange', id })),
    ...organisations.map((id: string) => ({ __typename: 'Organisation', id })),
  ].map((representation, index) => ({ representation, place: (index * 37) % 101 }));
  const mixed = representations.sort((a, b) => a.place - b.place).map(({ representation }) => representation);
  expect(mixed.length).toBeGreaterThan(100);
  const result = await ask(ENTITIES, { representations: mixed });
  expect(result.errors).toBeUndefined();
  expect(result.data._entities).toHaveLength(mixed.length);
  for (const [index, record] of result.data._entities.entries()) {
    const { __typename, id } = mixed[index] as { __typename: string; id?: string };
    expect(record.__typename).toMatch(__typename === 'Authority' ? /^(?:Dutch|Chinese)Authority$/ : __typename);
    if (id) expect(record.id).toBe(id);
  }
  // Authorities by id and by code, partnerships by id and by sides, programmes, exchanges, organisations.
  expect(result.statements).toHaveLength(7);

  const nested = await ask(
    `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Authority { id partnerships(first: 2) { nodes { id dutch { id } chinese { id } } } }
      ... on Partnership { id dutch { id name } chinese { id name } }
    } }`,
    { representations: mixed },
  );
  expect(nested.errors).toBeUndefined();
  // The same seven; the partnerships of all authorities with their sides; the sides of the selected partnerships.
  expect(nested.statements).toHaveLength(9);
});

test('records by their ids are read with the selected columns, references and lists, in one statement', async () => {
  const { data, errors, statements } = await ask(
    `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on ChineseAuthority { id partnerships(first: 1) { nodes { id dutch { name } } } }
    } }`,
    { representations: [{ __typename: 'ChineseAuthority', id: 'cn-shanghai' }] },
  );
  expect([errors, data]).toEqual([
    undefined,
    {
      _entities: [
        {
          id: 'cn-shanghai',
          partnerships: { nodes: [{ id: 'tie-rotterdam-shanghai', dutch: { name: 'Rotterdam' } }] },
        },
      ],
    },
  ]);
  expect(statements).toHaveLength(1);
  expect(statements[0]).not.toContain('sort_name');
});

describe('unknown and malformed representations', () => {
  test('an unknown key, or a key of another type, is null in its place', async () => {
    const result = await entities(
      { __typename: 'Authority', id: 'nl-rotterdam' },
      { __typename: 'Authority', id: 'nl-nowhere' },
      { __typename: 'DutchAuthority', cbsCode: 'GM9999' },
      { __typename: 'DutchAuthority', cbsCode: '310000' },
      { __typename: 'DutchAuthority', id: 'cn-shanghai' },
      { __typename: 'ChineseAuthority', id: 'nl-rotterdam' },
      { __typename: 'Partnership', dutch: { id: 'nl-rotterdam' }, chinese: { id: 'nl-rotterdam' } },
      { __typename: 'Partnership', id: 'nl-rotterdam' },
      { __typename: 'Programme', iatiId: 'XM-NOWHERE' },
      { __typename: 'Exchange', id: '' },
      { __typename: 'Organisation', id: "' or 1=1 --" },
      { __typename: 'Organisation', id: 17 },
    );
    expect(result.errors).toBeUndefined();
    expect(result.data._entities[0].id).toBe('nl-rotterdam');
    expect(result.data._entities.slice(1)).toEqual(Array(11).fill(null));
  });

  test('other fields of a representation are ignored', async () => {
    const more = { population: 664_311, nested: { deep: [1, { id: 'nl-delft' }] }, country: 'CN' };
    const { data, errors } = await entities({ __typename: 'Authority', id: 'nl-rotterdam', ...more });
    expect({ data, errors }).toEqual({
      data: { _entities: [{ __typename: 'DutchAuthority', id: 'nl-rotterdam', name: 'Rotterdam' }] },
      errors: undefined,
    });
  });

  const UNKNOWN_TYPE =
    /^representations\[1\]\.__typename must be one of Authority, DutchAuthority, ChineseAuthority, Partnership, Organisation, Programme, Exchange; got /;
  const NO_KEY = /^representations\[1\] needs a key of /;
  test.each([
    ['no object', 'nl-rotterdam', /^representations\[1\] must be an object; got "nl-rotterdam"\.$/],
    ['a list', [{ __typename: 'Authority', id: 'nl-rotterdam' }], /^representations\[1\] must be an object; got \[/],
    ['no type', { id: 'nl-rotterdam' }, UNKNOWN_TYPE],
    ['an unknown type', { __typename: 'Province', id: 'nl-rotterdam' }, UNKNOWN_TYPE],
    ['a type that is no entity', { __typename: 'Source', id: 'src-1' }, UNKNOWN_TYPE],
    ['a type of GraphQL itself', { __typename: '__Schema', id: '1' }, UNKNOWN_TYPE],
    ['the prototype as type', { __typename: '__proto__', id: 'nl-rotterdam' }, UNKNOWN_TYPE],
    ['the constructor as type', { __typename: 'constructor', id: 'nl-rotterdam' }, UNKNOWN_TYPE],
    ['a type that is no text', { __typename: ['Authority'], id: 'nl-rotterdam' }, UNKNOWN_TYPE],
    [
      'a prototype that has the type',
      JSON.parse('{"__proto__":{"__typename":"Authority","id":"nl-rotterdam"}}'),
      UNKNOWN_TYPE,
    ],
    [
      'a prototype that has the key',
      JSON.parse('{"__typename":"Authority","__proto__":{"id":"nl-rotterdam"}}'),
      NO_KEY,
    ],
    [
      'no key',
      { __typename: 'DutchAuthority', gbCode: '310000' },
      /needs a key of DutchAuthority: \{ id \}, \{ cbsCode \}; got \{/,
    ],
    ['half a key', { __typename: 'Partnership', dutch: { id: 'nl-rotterdam' }, chinese: {} }, NO_KEY],
    ['a key of null', { __typename: 'Exchange', id: null }, NO_KEY],
    [
      'a key that is an object',
      { __typename: 'Authority', id: { eq: 'nl-rotterdam' } },
      /^representations\[1\]\.id must be a text; got \{"eq":"nl-rotterdam"\}\.$/,
    ],
    [
      'a key that is a list',
      { __typename: 'Authority', id: ['nl-rotterdam'] },
      /^representations\[1\]\.id must be a text; got \["nl-rotterdam"\]\.$/,
    ],
    [
      'a code that is a number',
      { __typename: 'ChineseAuthority', gbCode: 310000 },
      /^representations\[1\]\.gbCode must be a text; got 310000\.$/,
    ],
    [
      'a side that is no object',
      { __typename: 'Partnership', dutch: 'nl-rotterdam', chinese: { id: 'cn-shanghai' } },
      /^representations\[1\]\.dutch must be an object; got "nl-rotterdam"\.$/,
    ],
    ['a key with NUL', { __typename: 'Authority', id: 'nl-\0' }, /^representations\[1\]\.id must be text without NUL/],
    [
      'half a surrogate pair',
      { __typename: 'Authority', id: 'nl-\ud800' },
      /^representations\[1\]\.id must be text without NUL/,
    ],
  ])('%s is an error in its place only', async (_, malformed, message) => {
    const valid = { __typename: 'Authority', id: 'nl-rotterdam' };
    const { data, errors } = await entities(valid, malformed, valid);
    expect(data._entities.map((record: { id: string } | null) => record?.id)).toEqual([
      'nl-rotterdam',
      undefined,
      'nl-rotterdam',
    ]);
    expect(errors).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(message),
        path: ['_entities', 1],
        extensions: expect.objectContaining({ code: 'BAD_USER_INPUT', rule: expect.any(String) }),
      }),
    ]);
  });

  test('nothing reaches the prototype of objects', async () => {
    await entities(JSON.parse('{"__typename":"Authority","__proto__":{"polluted":true},"id":"nl-rotterdam"}'));
    expect({}).not.toHaveProperty('polluted');
  });

  test('a thousand representations are resolved, one more is rejected before any statement', async () => {
    const many = (length: number) =>
      Array.from({ length }, (_, index) => ({ __typename: 'Authority', id: `nl-nowhere-${index}` }));
    const full = await ask('query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }', {
      r: many(1_000),
    });
    expect(full.errors).toBeUndefined();
    expect(full.data._entities).toEqual(Array(1_000).fill(null));
    expect(full.statements).toHaveLength(1);
    const { errors, statements } = await entities(...many(1_001));
    expect(errors).toMatchObject([
      {
        message: 'representations must contain at most 1000 records; got 1001.',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    expect(statements).toEqual([]);
  });

  test('an empty list returns an empty list; null for a representation, or for the list, is rejected', async () => {
    expect((await entities()).data).toEqual({ _entities: [] });
    for (const representations of [[null], null]) {
      const { data, errors } = await ask(ENTITIES, { representations });
      expect(data).toBeUndefined();
      expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
    }
  });
});
