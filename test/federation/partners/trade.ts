import type { Partner } from './serve.js';

interface Pair {
  dutch: { id: string };
  chinese: { id: string };
}

const figures = [
  {
    dutch: { id: 'nl-rotterdam' },
    chinese: { id: 'cn-shanghai' },
    exportsEur: 4_100_000_000,
    importsEur: 9_300_000_000,
  },
  { dutch: { id: 'nl-eindhoven' }, chinese: { id: 'cn-nanjing' }, exportsEur: 1_200_000_000, importsEur: 640_000_000 },
  { dutch: { id: 'nl-delft' }, chinese: { id: 'cn-jingdezhen' }, exportsEur: 3_000_000, importsEur: 11_000_000 },
  // A pair that trades without a partnership.
  { dutch: { id: 'nl-delft' }, chinese: { id: 'cn-shanghai' }, exportsEur: 2_000_000, importsEur: 9_000_000 },
];

const between = ({ dutch, chinese }: Pair) =>
  figures.find(pair => pair.dutch.id === dutch.id && pair.chinese.id === chinese.id) ?? null;

/** Graph of a ministry of trade: trade between two regions, with or without a partnership. */
export const trade: Partner = {
  name: 'trade',
  sdl: `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])

    type Partnership @key(fields: "dutch { id } chinese { id }") {
      dutch: DutchAuthority!
      chinese: ChineseAuthority!
      "Trade between the two regions in a year; null if not counted."
      trade: Trade
    }

    type Trade {
      exportsEur: Float!
      importsEur: Float!
    }

    type DutchAuthority @key(fields: "id", resolvable: false) {
      id: ID!
    }

    type ChineseAuthority @key(fields: "id", resolvable: false) {
      id: ID!
    }

    type Query {
      "The pairs that trade the most; null for a pair without a partnership."
      largestTrade(first: Int! = 2): [Partnership]!
    }`,
  resolvers: {
    Query: { largestTrade: (_: unknown, { first }: { first: number }) => figures.slice(0, first) },
    Partnership: {
      __resolveReference: ({ dutch, chinese }: Pair) => ({ dutch, chinese }),
      trade: (pair: Pair) => between(pair),
    },
  },
};
