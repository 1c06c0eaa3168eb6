import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import type { RunningServer } from '../../src/server/serve.js';
import { KNOWN } from '../matching/names.js';
import type { Json } from '../support/export.js';
import { openTestServer } from '../support/server.js';
import { inQuiet } from '../support/soak.js';
import { SCHEMAS } from './reconcile-schemas.js';

const ajv = new Ajv({ allErrors: true });
const ENDPOINT_10 = '/reconcile/1.0-draft';
const FORM = 'application/x-www-form-urlencoded; charset=UTF-8';

let server: RunningServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server?.close());

const ask = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init);

/** Returns the JSON of a response with status 200 that is valid by a schema. */
async function valid(schema: keyof typeof SCHEMAS, path: string, init?: RequestInit): Promise<Json> {
  const response = await ask(path, init);
  const body = await response.json();
  expect(response.status, JSON.stringify(body)).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  ajv.validate(SCHEMAS[schema], body);
  expect(ajv.errors).toBeNull();
  return body;
}

const post = (parameters: Record<string, unknown>): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': FORM },
  body: new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [name, JSON.stringify(value)]),
  ),
});
const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const reconcile = (queries: unknown): Promise<Json> => valid('results02', '/reconcile', post({ queries }));
const match10 = (queries: unknown[]): Promise<Json> => valid('results10', `${ENDPOINT_10}/match`, json({ queries }));

async function refusal(path: string, init?: RequestInit) {
  const response = await ask(path, init);
  const { errors } = (await response.json()) as Json;
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  return [response.status, errors[0].extensions.code, errors[0].extensions.rule, errors[0].message];
}

describe('the manifest', () => {
  test('of 0.2 leads to services that respond', async () => {
    const { suggest, preview, extend, view } = await valid('manifest02', '/reconcile');
    for (const [of, schema, prefix] of [
      ['entity', 'suggestedEntities', 'rot'],
      ['type', 'suggestedTypes', 'au'],
      ['property', 'suggestedProperties', 'co'],
    ] as const) {
      const service = suggest[of];
      const path = (url: string) => url.slice(server.url.length);
      const { result } = await valid(schema, path(`${service.service_url}${service.service_path}?prefix=${prefix}`));
      expect(result.length, of).toBeGreaterThan(0);
      const flyout = `${service.flyout_service_url}${service.flyout_service_path}`;
      const { id, html } = await valid('flyout', path(flyout).replace(`\${id}`, encodeURIComponent(result[0].id)));
      expect([id, html]).toEqual([result[0].id, expect.stringContaining(result[0].name)]);
    }
    for (const { url } of [preview, view]) {
      expect((await fetch(url.replace('{{id}}', 'nl-rotterdam'))).status).toBe(200);
    }
    const { service_url, service_path } = extend.propose_properties;
    expect((await fetch(`${service_url}${service_path}?type=Authority`)).status).toBe(200);
  });

  test('of 1.0-draft has its routes', async () => {
    const { view } = await valid('manifest10', ENDPOINT_10);
    expect((await fetch(view.url.replace('{id}', 'nl-rotterdam'))).status).toBe(200);
    await valid('suggestedEntities', `${ENDPOINT_10}/suggest/entity?prefix=rot&limit=3`);
    await valid('suggestedTypes', `${ENDPOINT_10}/suggest/type?prefix=`);
    await valid('suggestedProperties', `${ENDPOINT_10}/suggest/property?prefix=`);
    await valid('proposal', `${ENDPOINT_10}/extend/propose?type=Partnership&limit=2`);
    expect((await ask(`${ENDPOINT_10}/preview?id=cn-shanghai`)).status).toBe(200);
  });

  test('is in the language of the client', async () => {
    const names = await Promise.all(
      ['nl-NL,nl;q=0.9', 'zh-CN', 'fr'].map(async language => {
        const response = await ask('/reconcile', { headers: { 'accept-language': language } });
        const { name, defaultTypes } = (await response.json()) as Json;
        return [response.headers.get('content-language'), name, defaultTypes[0].name];
      }),
    );
    expect(names).toEqual([
      ['nl', 'Register van banden tussen Nederlandse en Chinese overheden', 'Overheid'],
      ['zh', '荷中地方政府友好关系登记册', '政府'],
      ['en', 'Register of ties between Dutch and Chinese governments', 'Authority'],
    ]);
  });
});

describe('a batch of 0.2', () => {
  test('has a result for each key, with score, features and the name that matched', async () => {
    const results = await reconcile({
      q0: { query: '海牙市', type: 'Authority', limit: 3 },
      q1: { query: 'Groningen', type: 'DutchAuthority' },
      q2: { query: 'Atlantis', type: 'Authority' },
      __proto__x: { query: 'Rotterdam – Shanghai', type: ['Partnership'], type_strict: 'any' },
    });
    expect(results.q0.result).toEqual([
      {
        id: 'nl-den-haag',
        name: 'The Hague',
        description: 'Municipality, South Holland · ≈ 海牙',
        type: [{ id: 'DutchAuthority', name: 'Dutch authority' }],
        score: 100,
        match: true,
        features: [
          { id: 'name', value: 1 },
          { id: 'level', value: 1 },
        ],
      },
    ]);
    expect(results.q1.result.slice(0, 2).map(({ id, match }: Json) => [id, match])).toEqual([
      ['nl-groningen', false],
      ['nl-prov-groningen', false],
    ]);
    expect(results.q2).toEqual({ result: [] });
    expect(results.__proto__x.result[0]).toMatchObject({
      id: 'tie-rotterdam-shanghai',
      name: 'Rotterdam – Shanghai',
      match: true,
    });
  });

  test('is the same with GET', async () => {
    const queries = { q0: { query: 'Rotterdam', type: 'Authority' } };
    const search = new URLSearchParams({ queries: JSON.stringify(queries) });
    expect(await valid('results02', `/reconcile?${search}`)).toEqual(await reconcile(queries));
  });

  test('finds a record of any type, and by its id', async () => {
    const results = await reconcile({
      q0: { query: 'VNG International' },
      q1: { query: 'cn-nanjing' },
      q2: { query: 'tie-emmen-shangluo' },
      q3: { query: 'China Holland Business Summit' },
    });
    expect(Object.values(results).map(({ result }: Json) => [result[0].id, result[0].match])).toEqual([
      ['org-vng-international', true],
      ['cn-nanjing', true],
      ['tie-emmen-shangluo', true],
      ['prog-china-holland-business-summit', true],
    ]);
  });

  test('takes properties: country, level, code, area, day and sides', async () => {
    const results = await reconcile({
      level: { query: 'Groningen', type: 'Authority', properties: [{ pid: 'level', v: 'provincie' }] },
      code: { properties: [{ pid: 'code', v: ['GM0599', 'Q34370'] }], type: 'Authority' },
      area: {
        query: 'Suzhou',
        type: 'Authority',
        properties: [{ pid: 'parent', v: { id: 'cn-prov-jiangsu', name: 'Jiangsu' } }],
      },
      day: { query: 'Brielle', type: 'Authority', properties: [{ pid: 'on', v: '2020' }] },
      gone: { query: 'Brielle', type: 'Authority', properties: [{ pid: 'on', v: '2024-05-01' }] },
      country: { query: 'Rotterdam', type: 'Authority', properties: [{ pid: 'country', v: 'CN' }] },
      sides: {
        type: 'Partnership',
        properties: [
          { pid: 'dutch', v: { id: 'nl-delft' } },
          { pid: 'chinese', v: '景德镇' },
        ],
      },
    });
    const firsts = Object.entries(results).map(([key, { result }]: [string, Json]) => [
      key,
      result[0]?.id,
      result[0]?.match,
    ]);
    expect(firsts).toEqual([
      ['level', 'nl-prov-groningen', true],
      ['code', 'nl-rotterdam', true],
      ['area', 'cn-suzhou', true],
      ['day', 'nl-brielle', true],
      ['gone', 'nl-voorne-aan-zee', true],
      ['country', undefined, undefined],
      ['sides', 'tie-delft-jingdezhen', true],
    ]);
  });

  test('is answered in the language of the client', async () => {
    const init = post({ queries: { q0: { query: 'Rotterdam', type: 'Authority' } } });
    const answers = await Promise.all(
      ['nl', 'zh'].map(language =>
        valid('results02', '/reconcile', { ...init, headers: { ...init.headers, 'accept-language': language } }),
      ),
    );
    expect(answers.map(({ q0 }) => [q0.result[0].name, q0.result[0].description, q0.result[0].type[0].name])).toEqual([
      ['Rotterdam', 'Gemeente, Zuid-Holland', 'Nederlandse overheid'],
      ['鹿特丹', '市镇, 南荷兰省 · ≈ Rotterdam', '荷兰政府'],
    ]);
  });

  test('of a hundred names takes a fixed number of statements, and less than 300 ms', async () => {
    let statements = 0;
    const count = (event: unknown) => {
      if (/search_variant|search_document|"authority"/.test((event as StatementEvent).text)) statements += 1;
    };
    const queriesOf = (length: number) =>
      Object.fromEntries(
        Array.from({ length }, (_, i) => [
          `q${i}`,
          { query: KNOWN[i % KNOWN.length]?.[0] || 'Weert', type: 'Authority' },
        ]),
      );
    const counts: number[] = [];
    const durations: number[] = [];
    for (const length of [10, 100, 100, 100, 100]) {
      statements = 0;
      statementChannel.subscribe(count);
      const start = performance.now();
      await reconcile(queriesOf(length)).finally(() => statementChannel.unsubscribe(count));
      durations.push(performance.now() - start);
      counts.push(statements);
    }
    expect(counts).toEqual([4, 4, 4, 4, 4]);
    expect(Math.min(...durations.slice(1))).toBeLessThan(inQuiet(300));
  });
});

describe('a batch of 1.0-draft', () => {
  test('has a result for each query in its order', async () => {
    const { results } = await match10([
      { type: 'Authority', limit: 1, conditions: [{ matchType: 'name', propertyValue: 'Peking' }] },
      { conditions: [{ matchType: 'id', propertyValue: 'org-vng' }] },
      { type: 'Authority', conditions: [{ matchType: 'name', propertyValue: 'Atlantis' }] },
      {
        type: 'DutchAuthority',
        conditions: [
          { matchType: 'name', propertyValue: 'Utrecht' },
          {
            matchType: 'property',
            propertyId: 'level',
            propertyValue: 'PROVINCE',
            required: true,
            matchQuantifier: 'any',
          },
        ],
      },
    ]);
    expect(results.map(({ candidates }: Json) => candidates.map(({ id, match }: Json) => [id, match]))).toEqual([
      [['cn-beijing', true]],
      [['org-vng', true]],
      [],
      [['nl-prov-utrecht', true]],
    ]);
    expect(results[0].candidates[0].features).toEqual([{ id: 'name', name: 'name', value: 1 }]);
  });
});

describe('suggestions', () => {
  const idsOf = async (parameters: Record<string, string>) => {
    const { result } = await valid('suggestedEntities', `/reconcile/suggest/entity?${new URLSearchParams(parameters)}`);
    return result.map(({ id }: Json) => id);
  };

  test('of entities are firsts by the beginning of a name, by a code, and by their id', async () => {
    expect(await idsOf({ prefix: 'rotterd', limit: '1' })).toEqual(['nl-rotterdam']);
    expect(await idsOf({ prefix: 'GM0599', limit: '1' })).toEqual(['nl-rotterdam']);
    expect((await idsOf({ prefix: 'tie-rotterdam-shanghai' }))[0]).toBe('tie-rotterdam-shanghai');
    expect(await idsOf({ prefix: 'nanj', type: 'DutchAuthority' })).toEqual([]);
    expect(await idsOf({ prefix: '' })).toEqual([]);
  });

  test('have pages, by the parameters of both versions', async () => {
    const all = await idsOf({ prefix: 'shanghai', limit: '5' });
    expect(await idsOf({ prefix: 'shanghai', cursor: '2', limit: '3' })).toEqual(all.slice(2));
    expect(await idsOf({ prefix: 'shanghai', offset: '4', limit: '1' })).toEqual(all.slice(4));
  });

  test('of types and properties are all of them for an empty prefix', async () => {
    const types = await valid('suggestedTypes', '/reconcile/suggest/type?prefix=');
    expect(types.result.map(({ id }: Json) => id)).toEqual(
      expect.arrayContaining([
        'Authority',
        'DutchAuthority',
        'ChineseAuthority',
        'Organisation',
        'Programme',
        'Partnership',
      ]),
    );
    const properties = await valid('suggestedProperties', '/reconcile/suggest/property?prefix=&type=Partnership');
    expect(properties.result.map(({ id }: Json) => id)).toEqual(
      expect.arrayContaining(['dutch', 'chinese', 'on', 'status']),
    );
  });
});

describe('data extension', () => {
  const QUERY = {
    ids: ['nl-rotterdam', 'tie-rotterdam-shanghai', 'nl-no-such-place'],
    properties: [
      { id: 'names.zh' },
      { id: 'code' },
      { id: 'parent' },
      { id: 'chinese' },
      { id: 'latitude' },
      { id: 'themes', settings: {} },
    ],
  };
  test('returns values by id and property, entities with their names', async () => {
    const { meta, rows } = await valid('extension02', '/reconcile', post({ extend: QUERY }));
    expect(meta.slice(0, 3)).toEqual([
      { id: 'names.zh', name: 'name (Chinese)' },
      { id: 'code', name: 'official code' },
      { id: 'parent', name: 'part of', type: { id: 'Authority', name: 'Authority' } },
    ]);
    expect(rows['nl-rotterdam']).toEqual({
      'names.zh': [{ str: '鹿特丹' }],
      code: [{ str: 'GM0599' }],
      parent: [{ id: 'nl-prov-zuid-holland', name: 'South Holland' }],
      chinese: [],
      latitude: [{ float: expect.closeTo(51.9, 0) }],
      themes: [],
    });
    expect(rows['tie-rotterdam-shanghai']).toMatchObject({
      chinese: [{ id: 'cn-shanghai', name: 'Shanghai' }],
      themes: expect.arrayContaining([{ str: 'LOGISTICS' }]),
    });
    expect(Object.values(rows['nl-no-such-place']).flat()).toEqual([]);
  });

  test('is a list in 1.0-draft', async () => {
    const { rows } = await valid('extension10', `${ENDPOINT_10}/extend`, json(QUERY));
    expect(rows.map(({ id }: Json) => id)).toEqual(QUERY.ids);
    expect(rows[0].properties[1]).toEqual({ id: 'code', values: [{ str: 'GM0599' }] });
  });

  test('proposes the properties of a type', async () => {
    const { properties } = await valid('proposal', '/reconcile/extend/propose?type=Programme');
    expect(properties.map(({ id }: Json) => id)).toEqual(expect.arrayContaining(['names.nl', 'iatiId', 'budgetEur']));
    expect(properties.map(({ id }: Json) => id)).not.toContain('on');
    const every = await valid('proposal', '/reconcile/extend/propose');
    const extended = await ask('/reconcile', post({ extend: { ids: ['nl-rotterdam'], properties: every.properties } }));
    expect(extended.status).toBe(200);
  });
});

describe('the preview', () => {
  test('is a page that loads and runs nothing, and that other pages may frame', async () => {
    const response = await ask('/reconcile/preview?id=cn-nanjing', { headers: { 'accept-language': 'nl' } });
    const policy = response.headers.get('content-security-policy');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-.+'; .*frame-ancestors \*$/);
    expect(response.headers.get('x-frame-options')).toBeNull();
    const html = await response.text();
    expect(html).toContain('<html lang="nl">');
    for (const text of ['南京市', '320100', 'Chinese overheid']) expect(html).toContain(text);
    expect(html).not.toContain('<script');
  });

  test('of a dissolved municipality names its successor', async () => {
    const response = await ask('/reconcile/preview?id=nl-brielle');
    expect(await response.text()).toContain('–2023, → Voorne aan Zee · nl-brielle');
  });

  test('of no record is 404, with the types that there are', async () => {
    for (const id of ['nl-no-such-place', 'exch-1', '<script>', '']) {
      const [status, code, rule] = await refusal(`/reconcile/preview?id=${encodeURIComponent(id)}`);
      expect([status, code, rule]).toEqual([404, 'NOT_FOUND', 'RECONCILE_ENTITY_UNKNOWN']);
    }
  });
});

test('an invalid key is refused as by the API', async () => {
  const [status, code] = await refusal('/reconcile', { headers: { authorization: 'Bearer no-such-key' } });
  expect([status, code]).toEqual([401, 'UNAUTHENTICATED']);
});

describe('pages of other origins', () => {
  test('may read every route, as the specification requires', async () => {
    const headers = { origin: 'http://127.0.0.1:3333' };
    for (const path of [
      '/reconcile',
      ENDPOINT_10,
      '/reconcile/suggest/type?prefix=',
      '/reconcile/preview?id=nl-delft',
      '/reconcile/none',
    ]) {
      expect((await ask(path, { headers })).headers.get('access-control-allow-origin'), path).toBe('*');
    }
    const preflight = await ask(`${ENDPOINT_10}/match`, {
      method: 'OPTIONS',
      headers: {
        ...headers,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'POST']);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('content-type');
  });
});

describe('a mistake is refused with its place', () => {
  const query = (value: unknown) => post({ queries: { q0: value } });
  test.each<[string, string, RequestInit | undefined, number, string]>([
    ['queries that are no JSON', '/reconcile?queries=%7Bq0', undefined, 400, 'PARAMETER_NOT_JSON'],
    ['queries that are a list', '/reconcile', post({ queries: [] }), 400, 'RECONCILE_SHAPE'],
    ['a query that is a text', '/reconcile', query('Rotterdam'), 400, 'RECONCILE_SHAPE'],
    ['neither text nor properties', '/reconcile', query({ type: 'Authority' }), 400, 'RECONCILE_SHAPE'],
    ['an unknown type', '/reconcile', query({ query: 'x', type: 'City' }), 400, 'RECONCILE_TYPE_UNKNOWN'],
    [
      'an unknown property',
      '/reconcile',
      query({ query: 'x', properties: [{ pid: '__proto__', v: 1 }] }),
      400,
      'RECONCILE_PROPERTY_UNKNOWN',
    ],
    [
      'a property that only can be read',
      '/reconcile',
      query({ query: 'x', properties: [{ pid: 'city', v: 'Delft' }] }),
      400,
      'RECONCILE_PROPERTY_UNKNOWN',
    ],
    [
      'two levels',
      '/reconcile',
      query({ query: 'x', properties: [{ pid: 'level', v: ['PROVINCE', 'COUNTY'] }] }),
      400,
      'RECONCILE_ONE_VALUE',
    ],
    [
      'an unknown level',
      '/reconcile',
      query({ query: 'x', properties: [{ pid: 'level', v: 'Kreis' }] }),
      400,
      'RECONCILE_LEVEL_UNKNOWN',
    ],
    [
      'a day that is none',
      '/reconcile',
      query({ query: 'x', properties: [{ pid: 'on', v: '2023-02-30' }] }),
      400,
      'DATE_DAY',
    ],
    [
      'a value that is null',
      '/reconcile',
      query({ query: 'x', properties: [{ pid: 'code', v: null }] }),
      400,
      'RECONCILE_SHAPE',
    ],
    ['a limit of zero', '/reconcile', query({ query: 'x', limit: 0 }), 400, 'RECONCILE_SHAPE'],
    [
      'a batch of 101',
      '/reconcile',
      post({ queries: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [i, { query: 'x' }])) }),
      413,
      'RECONCILE_TOO_MANY',
    ],
    [
      'an extension of 101',
      '/reconcile',
      post({ extend: { ids: Array(101).fill('nl-delft'), properties: [] } }),
      413,
      'RECONCILE_TOO_MANY',
    ],
    [
      'an extension by an unknown property',
      '/reconcile',
      post({ extend: { ids: [], properties: [{ id: 'constructor' }] } }),
      400,
      'RECONCILE_PROPERTY_UNKNOWN',
    ],
    ['a body over the limit', '/reconcile', post({ queries: 'x'.repeat(100_001) }), 413, 'BODY_TOO_LONG'],
    ['a parameter twice', '/reconcile?queries={}&queries={}', undefined, 400, 'PARAMETER_REPEATED'],
    ['NUL in a prefix', '/reconcile/suggest/entity?prefix=%00', undefined, 400, 'TEXT_NOT_STORABLE'],
    ['an offset below zero', '/reconcile/suggest/entity?prefix=a&cursor=-1', undefined, 400, 'RECONCILE_SHAPE'],
    [
      'a quantifier',
      `${ENDPOINT_10}/match`,
      json({ queries: [{ conditions: [{ matchType: 'name', propertyValue: 'x', matchQuantifier: 'none' }] }] }),
      400,
      'RECONCILE_CONDITION_UNSUPPORTED',
    ],
    [
      'an unknown kind of condition',
      `${ENDPOINT_10}/match`,
      json({ queries: [{ conditions: [{ matchType: 'shape', propertyValue: 'x' }] }] }),
      400,
      'RECONCILE_SHAPE',
    ],
    ['no JSON', `${ENDPOINT_10}/match`, { ...json(''), body: '{' }, 400, 'BODY_NOT_JSON'],
    ['another method', '/reconcile/suggest/entity', json({}), 405, 'METHOD_NOT_ALLOWED'],
    ['another path', '/reconcile/toString', undefined, 404, 'NOTHING_AT_PATH'],
    ['a path of the other version', '/reconcile/match', json({}), 404, 'NOTHING_AT_PATH'],
  ])('%s', async (_, path, init, status, rule) => {
    expect(await refusal(path, init)).toEqual([status, expect.any(String), rule, expect.any(String)]);
  });

  test('in the language of the client', async () => {
    const init = query({ query: 'x', type: 'City' });
    const [, , , text] = await refusal('/reconcile', {
      ...init,
      headers: { ...init.headers, 'accept-language': 'nl' },
    });
    expect(text).toBe(
      'q0.type: er is geen type "City". Typen: Authority, DutchAuthority, ChineseAuthority, Organisation, Programme, Partnership.',
    );
  });
});
