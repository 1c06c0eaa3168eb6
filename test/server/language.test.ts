import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { ANONYMOUS } from '../../src/access/identity.js';
import { defaultProtection } from '../../src/config/protection.js';
import { DatabaseUnavailableError } from '../../src/graph/sql/unavailable.js';
import { sendError } from '../../src/server/http/error-response.js';
import { negotiateLanguage } from '../../src/server/http/language.js';
import type { RunningServer } from '../../src/server/serve.js';
import { createService } from '../../src/server/service.js';
import type { Json } from '../support/calls.js';
import { openTestDatabase } from '../support/database.js';
import { allEventsOf, ask, eventsOf, KEY, latest } from '../support/feed.js';
import { UNBOUNDED } from '../support/protection.js';
import { openTestServer } from '../support/server.js';

let server: RunningServer;
beforeAll(async () => {
  const protection = { ...UNBOUNDED, allowedOrigins: ['https://a.example'] };
  server = await openTestServer({ protection, access: { adminKey: KEY }, cacheBytes: 1_000_000 });
});
afterAll(() => server?.close());

type Headers = Record<string, string>;

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (query: string, headers: Headers = {}, more: Json = {}, path = '/graphql') =>
  fetch(server.url + path, {
    method: 'POST',
    headers: { ...JSON_TYPE, ...headers },
    body: JSON.stringify({ query, ...more }),
  });
const get = (path: string, headers: Headers = {}) => fetch(server.url + path, { headers });
const nl = { 'accept-language': 'nl-BE,nl;q=0.9,en;q=0.8' };
const zh = { 'accept-language': 'zh-CN,zh;q=0.9' };

const TOO_FEW = '{ partnerships(first: 0) { totalCount } }';
const MESSAGES = {
  en: 'first must be from 1 to 100; got 0.',
  nl: 'first moet van 1 tot en met 100 zijn; ontvangen: 0.',
  zh: 'first 必须在 1 到 100 之间；收到 0。',
};
const CODES = {
  en: 'authority takes exactly one of id and code; got both.',
  nl: 'authority neemt precies één van id en code; beide zijn gegeven.',
  zh: 'authority 须且只须给出 id 和 code 之一；两者均已给出。',
};
const EXTENSIONS = { code: 'BAD_USER_INPUT', rule: 'ID_AND_CODE', params: {} };

const WRONG_DATE_NL = '"2050-13" is geen datum: maanden lopen van 01 tot en met 12.';

/** A document over a limit. */
const REPEATS = `{ ${'__typename '.repeat(51)} }`;
const REPEATED_NL = /^Het veld __typename wordt 51 keer/;

/** A mutation that is answered with `userErrors`. */
const MUTATION = 'mutation { recordOrganisation(input: { kind: MINISTRY, names: {} }) { userErrors { code } } }';

/** The first error of a response, and the headers that tell its language. */
async function refusal(response: Response) {
  const { errors } = (await response.json()) as Json;
  const { headers } = response;
  return {
    status: response.status,
    message: errors[0].message,
    language: headers.get('content-language'),
    vary: headers.get('vary')?.split(', ') ?? [],
    caching: headers.get('cache-control'),
  };
}

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['*', 'en'],
  ['nl', 'nl'],
  ['NL-be', 'nl'],
  ['zh-CN', 'zh'],
  ['zh-TW', 'zh'],
  ['zh-Hans-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['fr-FR,nl;q=0.5,en;q=0.3', 'nl'],
  ['en;q=0.3,zh;q=0.7,nl;q=0.5', 'zh'],
  // Of equal weight: a region must not count against a language.
  ['zh-CN,nl', 'zh'],
  ['nl-NL,en', 'nl'],
  ['nl;q=0,zh;q=0.1', 'zh'],
  ['nl;q=0', 'en'],
  ['fr', 'en'],
  ['nlx,zhuang', 'en'],
  ['__proto__,constructor', 'en'],
  [';;;,,,q=;=,"\\', 'en'],
  ['nl;q=abc', 'en'],
  ['nl;q=-1', 'en'],
  [`nl,${'x'.repeat(50_000)}`, 'nl'],
  [`${'fr,'.repeat(20_000)}nl`, 'en'],
  ['nl'.repeat(25_000), 'en'],
])('%.40s asks for %s', (header, language) => {
  expect(negotiateLanguage(header)).toBe(language);
});

test('the context of an operation has the language, for texts that a resolver writes', async () => {
  const database = await openTestDatabase();
  const service = await createService(database, console.error);
  onTestFinished(async () => {
    await service.close();
    await database.close();
  });
  expect(service.context(ANONYMOUS, '', 'zh-TW,nl;q=0.5').messageLanguage).toBe('zh');
  expect(service.context(ANONYMOUS).messageLanguage).toBe('en');
});

describe('over HTTP', () => {
  test.each(['en', 'nl', 'zh'] as const)('an error of a field is in %s, beside the data of others', async language => {
    const query = '{ node(id: "nl-breda") { id } authority(id: "nl-breda", code: "GM0758") { id } }';
    const headers = { 'accept-language': language };
    for (const response of [
      await post(query, headers),
      await get(`/graphql?query=${encodeURIComponent(query)}`, { ...headers, 'apollo-require-preflight': '1' }),
    ]) {
      expect(response.status).toBe(200);
      expect(response.headers.get('content-language')).toBe(language);
      expect(response.headers.get('vary')).toMatch(/(?:^|, )Origin, Accept-Language$/);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.json()).toMatchObject({
        data: { node: { id: 'nl-breda' }, authority: null },
        errors: [{ message: CODES[language], path: ['authority'], extensions: EXTENSIONS }],
      });
    }
  });

  test('a refused document is, and a second time from the cache of refused ones', async () => {
    for (const [headers, message] of [
      [nl, REPEATED_NL],
      [zh, /^字段 __typename 在同一选择集中被选择了 51 次；/],
      [{}, /^The field __typename is selected 51 times/],
    ] as const)
      expect((await refusal(await post(REPEATS, headers))).message).toMatch(message);
  });

  test('the texts of libraries stay English', async () => {
    const wrongDate = 'partnerships(filter: { startedOn: { eq: "2050-13" } }) { totalCount }';
    expect(await refusal(await post(`{ ${wrongDate} }`, nl))).toMatchObject({ message: WRONG_DATE_NL, language: 'nl' });
    expect(await refusal(await post('{ band }', nl))).toMatchObject({
      message: 'Cannot query field "band" on type "Query".',
      language: 'en',
    });
    expect((await refusal(await post(`{ band ${wrongDate} }`, nl))).language).toBe('en, nl');
  });

  test('an answer without errors is one for all languages, in our cache and in those of others', async () => {
    const path = `/graphql?query=${encodeURIComponent('{ node(id: "nl-breda") { id } }')}`;
    const answers = [];
    for (const language of [{}, nl, zh]) {
      const response = await get(path, { ...language, 'apollo-require-preflight': '1' });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-language')).toBeNull();
      expect(response.headers.get('vary')).not.toMatch(/language/i);
      answers.push([response.headers.get('etag'), await response.text()]);
    }
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
  });

  test('the answer of a mutation varies: its userErrors have messages', async () => {
    const response = await post(MUTATION, { ...nl, authorization: `Bearer ${KEY}` });
    expect(((await response.json()) as Json).errors).toBeUndefined();
    expect(response.headers.get('vary')).toMatch(/(?:^|, )Origin, Accept-Language$/);
  });

  test.each<[what: string, status: number, ask: () => Promise<Response>, message: string]>([
    [
      'no credential',
      401,
      () => post(MUTATION, nl),
      'recordOrganisation vereist een sleutel met de scope organisation:write; er is geen sleutel gestuurd.',
    ],
    [
      'a wrong credential',
      401,
      () => post('{ __typename }', { ...nl, authorization: 'Bearer wrong' }),
      'De sleutel is niet geldig: onjuist, verlopen of ingetrokken.',
    ],
    [
      'another site',
      403,
      () => get('/graphql/stream?query={latestChangeCursor}', { ...nl, origin: 'https://b.example' }),
      "Pagina's van deze site mogen de API hier niet gebruiken; de beheerder kan de site toevoegen aan ALLOWED_ORIGINS.",
    ],
    ['an unknown path', 404, () => get('/api', nl), 'Op /api is niets; de API staat op /graphql.'],
    [
      'a body that is too long',
      413,
      () => post(' '.repeat(100_001), nl),
      'De body van een verzoek is hoogstens 100000 bytes.',
    ],
    [
      'an unknown export',
      404,
      () => get('/export/partnerships.pdf', nl),
      'Er is geen export "partnerships.pdf". Soorten: partnerships, authorities, programmes, exchanges, organisations, difference, mismatches. Formaten: csv, ndjson, geojson, xlsx, parquet, quickstatements. Voorbeeld: /export/partnerships.csv.',
    ],
    [
      'a wrong filter of an export',
      400,
      () => get(`/export/partnerships.csv?filter=${encodeURIComponent('{startedOn: {eq: "2050-13"}}')}`, nl),
      `filter.startedOn.eq: ${WRONG_DATE_NL}`,
    ],
  ])('%s is refused with %i in Dutch', async (_, status, ask, message) => {
    const { vary, ...rest } = await refusal(await ask());
    expect(rest).toEqual({ status, message, language: 'nl', caching: 'no-store' });
    expect(vary).toContain('Accept-Language');
  });

  test('a spent budget is refused with 429 in Chinese', async () => {
    const rate = { ...defaultProtection().rate, perAddress: 10 };
    const limited = await openTestServer({ protection: { ...UNBOUNDED, rate } });
    onTestFinished(() => limited.close());
    const ask = () =>
      fetch(`${limited.url}/graphql`, {
        method: 'POST',
        headers: { ...JSON_TYPE, ...zh },
        body: JSON.stringify({ query: '{ partnerships(first: 5) { nodes { id } } }' }),
      });
    expect((await ask()).status).toBe(200);
    const { status, message, language } = await refusal(await ask());
    expect([status, language]).toEqual([429, 'zh']);
    expect(message).toMatch(/^此请求花费 \d+ 点，而每分钟 10 点的额度还剩 \d+ 点；请在 \d+ 秒后重试。$/);
  });

  test('an unreachable database is reported with 503 in Dutch', async () => {
    const sending = createServer((asked, response) =>
      sendError(asked, response, new DatabaseUnavailableError(), () => undefined),
    );
    await once(sending.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void sending.close());
    const { port } = sending.address() as AddressInfo;
    const { vary, ...rest } = await refusal(await fetch(`http://127.0.0.1:${port}`, { headers: nl }));
    expect(rest).toEqual({
      status: 503,
      message: 'Het register is nu niet bereikbaar; probeer het over 1 s opnieuw.',
      language: 'nl',
      caching: 'no-store',
    });
    expect(vary).toEqual(['Accept-Language']);
  });

  test('50 kB of languages are refused as too long a head, in English', async () => {
    const { port } = new URL(server.url);
    const socket = connect(Number(port), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.write(`GET /graphql HTTP/1.1\r\nhost: a\r\naccept-language: ${'nl,'.repeat(17_000)}\r\n\r\n`);
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).toMatch(/"The headers of a request are at most 16384 bytes\."/);
    // As much as the server reads costs nothing: only its beginning is looked at.
    const long = { 'accept-language': `nl,${'fr-FR;q=0.1,'.repeat(1_200)}` };
    expect((await refusal(await post(TOO_FEW, long))).message).toBe(MESSAGES.nl);
  });

  test('the refusal of an upgrade is in the language of its request', async () => {
    const upgrade = request(`${server.url}/graphql`, {
      agent: false,
      headers: {
        ...zh,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'MDEyMzQ1Njc4OWFiY2RlZg==',
        origin: 'https://b.example',
      },
    }).end();
    const [response] = await once(upgrade, 'response');
    let text = '';
    for await (const chunk of response) text += chunk;
    expect(response.statusCode).toBe(403);
    expect(response.headers).toMatchObject({ 'content-language': 'zh', vary: 'Accept-Language' });
    expect(JSON.parse(text).errors[0].message).toMatch(/^该网站的页面不得使用此处的 API；/);
  });
});

/** Each event has an error: the field inside the change refuses its page size. */
const FEED_WITH_ERRORS =
  'subscription($after: ChangeCursor) { changes(after: $after) { subjectId subject { ... on Organisation { programmes(first: 0) { totalCount } } } } }';
const write = () =>
  ask(server.url, 'mutation($input: RecordOrganisationInput!) { recordOrganisation(input: $input) { __typename } }', {
    input: { kind: 'MINISTRY', names: { en: 'Ministry of Words' } },
  });
const WRONG_FILTER = 'subscription { changes(filter: { authority: "nl-nowhere" }) { subjectId } }';
const UNKNOWN_NL = 'filter.authority: er is geen overheid met het id nl-nowhere; neem een id uit authorities.';

describe('over server-sent events', () => {
  const stream = (query: string, headers: Headers, variables: Json = {}) =>
    post(query, { accept: 'text/event-stream', ...headers }, { variables }, '/graphql/stream');

  test('a result, a refused document and a refused subscription are in Dutch', async () => {
    for (const [query, message] of [
      [TOO_FEW, MESSAGES.nl],
      [REPEATS, expect.stringMatching(REPEATED_NL)],
      [WRONG_FILTER, UNKNOWN_NL],
    ] as const) {
      const response = await stream(query, nl);
      expect(response.headers.get('vary')).toBe('Origin, Accept-Language');
      const [event] = await allEventsOf(response);
      expect(JSON.parse(event?.data ?? '').errors[0].message).toEqual(message);
    }
  });

  test('the errors of a shared event are in the language of each subscriber', async () => {
    const after = await latest(server.url);
    await write();
    const messages = await Promise.all(
      [nl, zh, {}].map(async headers => {
        const response = await stream(FEED_WITH_ERRORS, headers, { after });
        for await (const { data } of eventsOf(response.body as unknown as AsyncIterable<Uint8Array>))
          return JSON.parse(data).errors[0].message;
      }),
    );
    expect(messages).toEqual([MESSAGES.nl, MESSAGES.zh, MESSAGES.en]);
  });
});

describe('over WebSocket', () => {
  /** The first result of an operation: its data and errors, or the payload of its message of type `error`. */
  async function first(query: string, headers: Headers, connectionParams: Json = {}, variables: Json = {}) {
    class Socket extends WebSocket {
      constructor(url: string, protocols: string) {
        super(url, protocols, { headers });
      }
    }
    const url = `${server.url.replace('http', 'ws')}/graphql`;
    const client = createClient({ url, webSocketImpl: Socket, retryAttempts: 0, connectionParams });
    onTestFinished(() => void client.dispose());
    const results = client.iterate({ query, variables });
    const errors = await results.next().then(
      ({ value }) => value.errors,
      (refused: unknown) => refused,
    );
    return (errors as Json)[0].message;
  }

  test.each([
    ['the header of the upgrade', nl, {}, MESSAGES.nl],
    ['a parameter of the connection instead', nl, { acceptLanguage: 'zh-Hans' }, MESSAGES.zh],
    ['a parameter of another type is ignored', nl, { acceptLanguage: ['zh'] }, MESSAGES.nl],
    ['50 kB of parameter', {}, { acceptLanguage: 'zh,'.repeat(17_000) }, MESSAGES.zh],
    ['neither', {}, {}, MESSAGES.en],
  ])('%s chooses the language', async (_, headers, params, message) => {
    expect(await first(TOO_FEW, headers, params)).toBe(message);
  });

  test('a refused document, a refused subscription and an event with errors are in Dutch', async () => {
    expect(await first(REPEATS, nl)).toMatch(REPEATED_NL);
    expect(await first(WRONG_FILTER, nl)).toBe(UNKNOWN_NL);
    const after = await latest(server.url);
    await write();
    expect(await first(FEED_WITH_ERRORS, nl, {}, { after })).toBe(MESSAGES.nl);
  });
});
