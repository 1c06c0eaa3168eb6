import type { Partner } from './serve.js';

interface Municipality {
  cbsCode: string;
  population: number;
}

const municipalities: Municipality[] = [
  { cbsCode: 'GM0363', population: 931_298 },
  { cbsCode: 'GM0599', population: 670_610 },
  { cbsCode: 'GM0518', population: 566_221 },
  { cbsCode: 'GM0344', population: 374_238 },
  { cbsCode: 'GM0772', population: 246_417 },
  { cbsCode: 'GM0014', population: 243_768 },
];

/** Graph of a statistics office: inhabitants by CBS code. */
export const population: Partner = {
  name: 'population',
  sdl: `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])

    type DutchAuthority @key(fields: "cbsCode") {
      cbsCode: String
      "Number of inhabitants; null if not counted."
      population: Int
    }

    type Query {
      "The municipalities with the most inhabitants."
      mostPopulous(first: Int! = 3): [DutchAuthority!]!
    }`,
  resolvers: {
    Query: { mostPopulous: (_: unknown, { first }: { first: number }) => municipalities.slice(0, first) },
    DutchAuthority: {
      __resolveReference: ({ cbsCode }: Municipality) =>
        municipalities.find(municipality => municipality.cbsCode === cbsCode) ?? { cbsCode, population: null },
    },
  },
};
