import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApolloGateway } from './apollo-gateway.js';
import { type Gateway, openHiveGateway, supergraphOf } from './gateways.mjs';
import { ADMIN_KEY, type Graphs, openGraphs, SECRET } from './setup.js';

type Name = 'Hive Gateway' | 'Apollo Gateway';
let graphs: Graphs;
let gateways: Record<Name, Gateway>;
/** Cursors of three changes of one partnership, whose notes name the change: `Notes 0` to `Notes 2`. */
const cursors: string[] = [];

beforeAll(async () => {
  graphs = await openGraphs();
  const [hive, apollo] = await Promise.all([
    openHiveGateway(supergraphOf(graphs.subgraphs), { secret: SECRET }),
    openApolloGateway(graphs.subgraphs, SECRET),
  ]);
  gateways = { 'Hive Gateway': hive, 'Apollo Gateway': apollo };
  for (const index of [0, 1, 2]) {
    const { data } = await ask(`${graphs.register.url}/graphql`, revision(`Notes ${index}`, index + 1), {
      authorization: `Bearer ${ADMIN_KEY}`,
    });
    cursors.push(data.revisePartnership.change.cursor);
  }
});
afterAll(async () => {
  await Promise.all(Object.values(gateways ?? {}).map(gateway => gateway.close()));
  await graphs?.close();
});

const revision = (notes: string, expectedVersion: number) =>
  `mutation { revisePartnership(input: { id: "tie-rotterdam-shanghai", expectedVersion: ${expectedVersion}, notes: "${notes}" }) { change { cursor } userErrors { message } } }`;

async function ask(url: string, query: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the data depends on the query.
  const { data, errors } = (await response.json()) as { data?: any; errors?: any };
  return { data, errors, knownAt: response.headers.get('register-known-at') };
}

/** From the register to trade, and from trade to the register: the second asks for `_entities`. */
const FROM_REGISTER = '{ partnership(id: "tie-rotterdam-shanghai") { version notes trade { exportsEur } } }';
const FROM_TRADE = '{ largestTrade(first: 1) { version notes trade { exportsEur } dutch { name } } }';
const FROM_MUSEUMS = '{ exhibitions { nodes { host { id partnerships { nodes { version notes } } } } } }';
const trade = { exportsEur: 4_100_000_000 };

describe.each<Name>(['Hive Gateway', 'Apollo Gateway'])('%s', name => {
  test('the header asks the whole graph at a moment, from every side, and without it at present', async () => {
    const { url } = gateways[name];
    for (const [index, cursor] of cursors.entries()) {
      const record = { version: index + 2, notes: `Notes ${index}` };
      const headers = { 'register-known-at': cursor };
      expect((await ask(url, FROM_REGISTER, headers)).data).toEqual({ partnership: { ...record, trade } });
      const fromTrade = [{ ...record, trade, dutch: { name: 'Rotterdam' } }];
      expect((await ask(url, FROM_TRADE, headers)).data).toEqual({ largestTrade: fromTrade });
      const { nodes } = (await ask(url, FROM_MUSEUMS, headers)).data.exhibitions;
      expect(nodes).toContainEqual({ host: { id: 'nl-rotterdam', partnerships: { nodes: [record] } } });
    }
    const present = { version: 4, notes: 'Notes 2', trade };
    expect((await ask(url, FROM_REGISTER)).data).toEqual({ partnership: present });
  });

  test('different moments at the same time are never mixed', async () => {
    const { url } = gateways[name];
    const questions = Array.from({ length: 60 }, (_, index) => index % cursors.length);
    const answers = await Promise.all(
      questions.map(async index => {
        const headers = { 'register-known-at': cursors[index] ?? '' };
        const [root, entity] = await Promise.all([ask(url, FROM_REGISTER, headers), ask(url, FROM_TRADE, headers)]);
        return [root.data.partnership.notes, entity.data.largestTrade[0].notes];
      }),
    );
    expect(answers).toEqual(questions.map(index => [`Notes ${index}`, `Notes ${index}`]));
  });

  test('a moment that the register refuses is an error, not an answer of the present', async () => {
    const headers = { 'register-known-at': '2999-01-01T00:00:00+01:00' };
    const { data, errors } = await ask(gateways[name].url, FROM_REGISTER, headers);
    expect(data?.partnership ?? null).toBeNull();
    // Apollo Gateway hides the errors of a response with status 400.
    const code = name === 'Hive Gateway' ? 'MOMENT_IN_FUTURE' : 'INTERNAL_SERVER_ERROR';
    expect(errors).toMatchObject([{ extensions: { code } }]);
  });
});

test('Hive Gateway tells the client of which moment the answer is, also if two ask the same at once', async () => {
  const { url } = gateways['Hive Gateway'];
  const headers = { 'register-known-at': cursors[0] ?? '' };
  const answers = await Promise.all([ask(url, FROM_REGISTER, headers), ask(url, FROM_REGISTER, headers)]);
  expect(answers.map(({ knownAt }) => knownAt)).toEqual([cursors[0], cursors[0]]);
  expect((await ask(url, FROM_REGISTER)).knownAt).toBeNull();
});

test('through Hive Gateway a mutation at a moment is refused and writes nothing, and a subscription is refused', async () => {
  const { url } = gateways['Hive Gateway'];
  const headers = { 'register-known-at': cursors[0] ?? '', authorization: `Bearer ${ADMIN_KEY}` };
  const written = await ask(url, revision('Not written', 4), headers);
  expect(written.data?.revisePartnership ?? null).toBeNull();
  expect(written.errors).toHaveLength(1);
  expect((await ask(url, FROM_REGISTER)).data.partnership).toMatchObject({ version: 4, notes: 'Notes 2' });

  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query: 'subscription { changes { cursor } }' }),
  });
  expect(await response.text()).toContain('A subscription has no past');
});
