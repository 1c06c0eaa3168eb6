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
  // Two that trade without a tie.
  { dutch: { id: 'nl-delft' }, chinese: { id: 'cn-shanghai' }, exportsEur: 2_000_000, importsEur: 9_000_000 },
];

const between = ({ dutch, chinese }: Pair) =>
  figures.find(one => one.dutch.id === dutch.id && one.chinese.id === chinese.id) ?? null;

/** The ministry of trade: what goes from one authority's region to another's, whether they have a tie or not. */
export const trade: Partner = {
  name: 'trade',
  sdl: `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])

    type Partnership @key(fields: "dutch { id } chinese { id }") {
      dutch: DutchAuthority!
      chinese: ChineseAuthority!
      "What the two regions trade in a year; null when nobody counted it."
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
      "The pairs that trade the most; null for one that has no tie."
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
