import { describe, expect, test } from 'vitest';
import { testApi } from '../support/api.js';

const { ask } = testApi();

const CONCEPTS = [
  ['authorities', 'AUTHORITY'],
  ['partnerships', 'PARTNERSHIP'],
  ['programmes', 'PROGRAMME'],
  ['exchanges', 'EXCHANGE'],
  ['organisations', 'ORGANISATION'],
] as const;

type Edge = { cursor: string; rank: number; node: { id: string } };

describe('the order by relevance', () => {
  test.each(CONCEPTS)('of %s ranks as search does, forwards and backwards, in pages', async (list, type) => {
    for (const text of ['Shanghai', 'rotterdam', 'vng', 'water', '上海', 'Sjanghai', 'Canton']) {
      const search = await ask(
        `query ($text: String!) { search(query: $text, types: [${type}], first: 100) { edges { rank node { ... on Node { id } } } } }`,
        { text },
      );
      // Best first, and equals by id.
      const expected = search.data.search.edges
        .toSorted((a: Edge, b: Edge) => b.rank - a.rank || (a.node.id < b.node.id ? -1 : 1))
        .map(({ node }: Edge) => node.id);
      const page = `query ($text: String!, $first: Int, $after: String, $last: Int, $before: String) {
        ${list}(filter: { text: $text }, orderBy: [{ field: RELEVANCE }], first: $first, after: $after, last: $last, before: $before) {
          edges { node { id } } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`;
      for (const backwards of [false, true]) {
        const walked: string[] = [];
        for (let cursor: string | null = null; ; ) {
          const { data, errors, statements } = await ask(page, {
            text,
            ...(backwards ? { last: 4, before: cursor } : { first: 4, after: cursor }),
          });
          expect(errors).toBeUndefined();
          expect(statements).toHaveLength(1);
          const { edges, pageInfo } = data[list];
          const ids = edges.map(({ node }: Edge) => node.id);
          if (backwards) walked.unshift(...ids);
          else walked.push(...ids);
          cursor = backwards ? pageInfo.startCursor : pageInfo.endCursor;
          if (!(backwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) break;
        }
        expect([text, walked]).toEqual([text, expected]);
      }
    }
  });

  test('reversed gives the worst match first, and another field orders equals', async () => {
    const { data, errors } = await ask(`{
      best: exchanges(first: 100, filter: { text: "Shanghai" }, orderBy: [{ field: RELEVANCE }, { field: STARTED_ON, direction: DESC }]) { nodes { id } }
      worst: exchanges(first: 100, filter: { text: "Shanghai" }, orderBy: [{ field: RELEVANCE, direction: DESC }, { field: STARTED_ON, direction: ASC, nulls: FIRST }]) { nodes { id } }
    }`);
    expect(errors).toBeUndefined();
    const ids = ({ nodes }: { nodes: { id: string }[] }) => nodes.map(({ id }) => id);
    expect(ids(data.best).length).toBeGreaterThan(10);
    expect(ids(data.worst)).toEqual(ids(data.best).toReversed());
  });

  test('without a text is ignored: the list is the same, its cursors too', async () => {
    const part = '{ edges { cursor node { id } } }';
    const { data, errors } = await ask(`{
      plain: partnerships ${part}
      ignored: partnerships(orderBy: [{ field: RELEVANCE }]) ${part}
      byKind: partnerships(orderBy: [{ field: KIND }]) ${part}
      ignoredToo: partnerships(orderBy: [{ field: RELEVANCE, direction: DESC }, { field: KIND }]) ${part}
    }`);
    expect(errors).toBeUndefined();
    expect(data.ignored).toEqual(data.plain);
    expect(data.ignoredToo).toEqual(data.byKind);
    expect(data.byKind).not.toEqual(data.plain);
  });

  test('works in a list under a record', async () => {
    const { data, errors } = await ask(`{ authority(id: "cn-shanghai") {
      exchanges(filter: { text: "Rotterdam" }, orderBy: [{ field: RELEVANCE }]) { nodes { id } } } }`);
    expect(errors).toBeUndefined();
    expect(data.authority.exchanges.nodes.length).toBeGreaterThan(2);
  });
});
