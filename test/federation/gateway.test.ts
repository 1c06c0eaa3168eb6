import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openApolloGateway } from './apollo-gateway.js';
import { type Gateway, openHiveGateway, supergraphOf } from './gateways.mjs';
import { ADMIN_KEY, type Graphs, openGraphs, SECRET } from './setup.js';

type Name = 'Hive Gateway' | 'Apollo Gateway';
let graphs: Graphs;
let gateways: Record<Name, Gateway>;
beforeAll(async () => {
  graphs = await openGraphs();
  const [hive, apollo] = await Promise.all([
    openHiveGateway(supergraphOf(graphs.subgraphs), { secret: SECRET }),
    openApolloGateway(graphs.subgraphs, SECRET),
  ]);
  gateways = { 'Hive Gateway': hive, 'Apollo Gateway': apollo };
});
afterAll(async () => {
  await Promise.all(Object.values(gateways ?? {}).map(gateway => gateway.close()));
  await graphs?.close();
});

/** Requests per graph: the same from both gateways, or a number per gateway. */
type Requests = Record<string, number | Record<Name, number>>;
/** Query across graphs: the requests to each graph, the statements of the register, and the data. */
type Crossing = [name: string, query: string, requests: Requests, statements: number, data: object];

/** For two places of a query that select the same fields of authorities, Hive Gateway sends one request. */
const REQUESTS_FOR_TWO_PLACES: Record<Name, number> = { 'Hive Gateway': 1, 'Apollo Gateway': 2 };

const rotterdam = { name: 'Rotterdam', population: 670_610 };
const CROSSINGS: Crossing[] = [
  [
    'from the register to the population, by CBS code',
    '{ authorities(first: 3, orderBy: [{ field: ID, direction: DESC }], filter: { id: { in: ["nl-rotterdam", "nl-den-haag", "nl-delft"] } }) { nodes { name ... on DutchAuthority { population } } } }',
    { register: 1, population: 1 },
    1,
    {
      authorities: {
        nodes: [rotterdam, { name: 'The Hague', population: 566_221 }, { name: 'Delft', population: null }],
      },
    },
  ],
  [
    'from the population to the register',
    '{ mostPopulous(first: 2) { population name partnerships(first: 1) { totalCount nodes { chinese { name } } } } }',
    { population: 1, register: 1 },
    3,
    {
      mostPopulous: [
        {
          population: 931_298,
          name: 'Amsterdam',
          partnerships: { totalCount: 2, nodes: [{ chinese: { name: 'Beijing' } }] },
        },
        { ...rotterdam, partnerships: { totalCount: 1, nodes: [{ chinese: { name: 'Shanghai' } }] } },
      ],
    },
  ],
  [
    'from the register to trade, by both sides',
    '{ partnerships(first: 3) { nodes { id trade { exportsEur } } } }',
    { register: 1, trade: 1 },
    1,
    {
      partnerships: {
        nodes: [
          { id: 'tie-rotterdam-shanghai', trade: { exportsEur: 4_100_000_000 } },
          { id: 'tie-eindhoven-nanjing', trade: { exportsEur: 1_200_000_000 } },
          { id: 'tie-groningen-tianjin', trade: null },
        ],
      },
    },
  ],
  [
    'from trade to the register, by both sides and on to each side',
    '{ largestTrade(first: 2) { startedOn trade { importsEur } dutch { name } chinese { name(language: ZH) } } }',
    { trade: 1, register: 1 },
    2,
    {
      largestTrade: [
        {
          startedOn: '1979',
          trade: { importsEur: 9_300_000_000 },
          dutch: { name: 'Rotterdam' },
          chinese: { name: '上海市' },
        },
        {
          startedOn: '1985',
          trade: { importsEur: 640_000_000 },
          dutch: { name: 'Eindhoven' },
          chinese: { name: '南京市' },
        },
      ],
    },
  ],
  [
    'from the register to museums, which know authorities only as an interface',
    '{ nodes(ids: ["nl-rotterdam", "cn-jingdezhen"]) { __typename ... on Authority { exhibitions { title } } } }',
    { register: 1, museums: 1 },
    1,
    {
      nodes: [
        { __typename: 'DutchAuthority', exhibitions: [{ title: 'A port in the Pacific century' }] },
        { __typename: 'ChineseAuthority', exhibitions: [{ title: 'The lost kilns' }] },
      ],
    },
  ],
  [
    'from museums to the register, which knows the object types',
    '{ exhibitions { nodes { title host { __typename name partnerships { totalCount } } } pageInfo { hasNextPage } } }',
    { museums: 1, register: 1 },
    2,
    {
      exhibitions: {
        nodes: [
          {
            title: 'Porcelain of two cities',
            host: { __typename: 'DutchAuthority', name: 'Delft', partnerships: { totalCount: 1 } },
          },
          {
            title: 'The lost kilns',
            host: { __typename: 'ChineseAuthority', name: 'Jingdezhen', partnerships: { totalCount: 1 } },
          },
          {
            title: 'A port in the Pacific century',
            host: { __typename: 'DutchAuthority', name: 'Rotterdam', partnerships: { totalCount: 1 } },
          },
        ],
        pageInfo: { hasNextPage: false },
      },
    },
  ],
  [
    'through all four, from the middle',
    '{ partnership(id: "tie-rotterdam-shanghai") { startedOn trade { exportsEur } dutch { population exhibitions { title } } chinese { exhibitions { title } } } }',
    { register: 1, trade: 1, population: 1, museums: REQUESTS_FOR_TWO_PLACES },
    1,
    {
      partnership: {
        startedOn: '1979',
        trade: { exportsEur: 4_100_000_000 },
        dutch: { population: 670_610, exhibitions: [{ title: 'A port in the Pacific century' }] },
        chinese: { exhibitions: [] },
      },
    },
  ],
  [
    'through all four, from one end to the other and back',
    '{ mostPopulous(first: 2) { name exhibitions { title } partnerships(first: 1) { nodes { trade { importsEur } chinese { name exhibitions { title } } } } } }',
    { population: 1, register: 1, museums: REQUESTS_FOR_TWO_PLACES, trade: 1 },
    2,
    {
      mostPopulous: [
        {
          name: 'Amsterdam',
          exhibitions: [],
          partnerships: { nodes: [{ trade: null, chinese: { name: 'Beijing', exhibitions: [] } }] },
        },
        {
          name: 'Rotterdam',
          exhibitions: [{ title: 'A port in the Pacific century' }],
          partnerships: {
            nodes: [{ trade: { importsEur: 9_300_000_000 }, chinese: { name: 'Shanghai', exhibitions: [] } }],
          },
        },
      ],
    },
  ],
];

describe.each<Name>(['Hive Gateway', 'Apollo Gateway'])('%s', name => {
  test.each(CROSSINGS)('%s', async (_, query, requests, statements, data) => {
    const response = await graphs.ask(gateways[name].url, query);
    const expected = Object.entries(requests).map(([graph, count]) => [
      graph,
      typeof count === 'number' ? count : count[name],
    ]);
    expect({ ...response, statements: response.statements.length }).toEqual({
      data,
      requests: Object.fromEntries(expected),
      statements,
    });
  });

  test('a pair that trades without a partnership is null', async () => {
    const { data, errors } = await graphs.ask(
      gateways[name].url,
      '{ largestTrade(first: 4) { startedOn dutch { id } chinese { id } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.largestTrade[2]).toMatchObject({ startedOn: '2010' });
    expect(data.largestTrade[3]).toMatchObject({ dutch: { id: 'nl-delft' }, chinese: { id: 'cn-shanghai' } });
  });
});

test('Apollo Gateway: from museums to the register to the population, each by another key', async () => {
  const query = '{ exhibitions { nodes { host { name ... on DutchAuthority { population } } } } }';
  const { data, errors, requests } = await graphs.ask(gateways['Apollo Gateway'].url, query);
  expect({ data, errors, requests }).toEqual({
    data: {
      exhibitions: {
        nodes: [{ host: { name: 'Delft', population: null } }, { host: { name: 'Jingdezhen' } }, { host: rotterdam }],
      },
    },
    requests: { museums: 1, register: 1, population: 1 },
    errors: undefined,
  });
});

describe('a subscription through Hive Gateway', () => {
  test('returns every change, with fields of other graphs for its record', async () => {
    const { url } = gateways['Hive Gateway'];
    const { data: before } = await graphs.ask(url, '{ latestChangeCursor }');
    const query =
      'subscription ($after: ChangeCursor) { changes(after: $after) { kind actor subjectId subject { ... on Partnership { trade { exportsEur } dutch { population } } } } }';
    const abort = new AbortController();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query, variables: { after: before.latestChangeCursor } }),
      signal: abort.signal,
    });
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const events = eventsOf(response);
    const input = {
      id: 'tie-rotterdam-shanghai',
      expectedVersion: 1,
      notes: 'Seen through a gateway.',
      reason: 'test',
    };
    const written = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_KEY}` },
      body: JSON.stringify({
        query:
          'mutation ($input: RevisePartnershipInput!) { revisePartnership(input: $input) { partnership { notes trade { importsEur } } userErrors { message } } }',
        variables: { input },
      }),
    });
    expect(await written.json()).toEqual({
      data: {
        revisePartnership: {
          partnership: { notes: 'Seen through a gateway.', trade: { importsEur: 9_300_000_000 } },
          userErrors: [],
        },
      },
    });
    expect((await events.next()).value).toEqual({
      data: {
        changes: {
          kind: 'REVISED',
          actor: 'admin',
          subjectId: 'tie-rotterdam-shanghai',
          subject: { trade: { exportsEur: 4_100_000_000 }, dutch: { population: 670_610 } },
        },
      },
    });
    abort.abort();
  });

  test('ends with an error when the register goes away, and the client goes on after its last cursor', async () => {
    const own = await openGraphs();
    // The register is closed already.
    onTestFinished(() => own.close().catch(() => undefined));
    const { url, close } = await openHiveGateway(supergraphOf(own.subgraphs), { secret: SECRET });
    onTestFinished(close);
    const [{ cursor: after }, { cursor }] = (await own.ask(url, '{ changes(last: 2) { nodes { cursor } } }')).data
      .changes.nodes;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({
        query: 'subscription ($after: ChangeCursor) { changes(after: $after) { cursor } }',
        variables: { after },
      }),
    });
    const events = eventsOf(response);
    expect((await events.next()).value).toEqual({ data: { changes: { cursor } } });
    await own.register.close();
    expect((await events.next()).value).toMatchObject({ errors: [{ message: expect.any(String) }] });
    expect((await events.next()).done).toBe(true);
  });

  test('a mutation without a key is rejected by the register, through a gateway too', async () => {
    const query =
      'mutation { revisePartnership(input: { id: "tie-rotterdam-shanghai", expectedVersion: 1 }) { userErrors { message } } }';
    const { data, errors } = await graphs.ask(gateways['Hive Gateway'].url, query);
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});

/** Yields the results in a stream of server-sent events. */
async function* eventsOf({ body }: Response): AsyncGenerator<unknown> {
  let text = '';
  for await (const chunk of (body as ReadableStream<Uint8Array>).pipeThrough<string>(
    new TextDecoderStream() as never,
  )) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const [, data] = /^data: ?(.+)$/m.exec(text.slice(0, end)) ?? [];
      text = text.slice(end + 2);
      if (data) yield JSON.parse(data);
    }
  }
}
