import type { Partner } from '../partners/serve.js';

/** Graph of captains. */
export const people: Partner = {
  name: 'people',
  sdl: `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])

    type Captain @key(fields: "email") {
      email: ID!
      name: String
      voyages: Int @shareable
      years: Int!
    }

    type Query {
      captains: [Captain!]!
    }`,
  resolvers: {
    Query: { captains: () => [{ email: 'zheng@example.org' }] },
    Captain: {
      __resolveReference: ({ email }: { email: string }) => ({ email }),
      name: () => 'a name that is overridden',
      voyages: () => 7,
      years: () => 28,
    },
  },
};

/** Graph of a harbour: berths and arrivals. */
export const harbour: Partner = {
  name: 'harbour',
  sdl: `
    extend schema @link(
      url: "https://specs.apollo.dev/federation/v2.9"
      import: ["@key", "@shareable", "@inaccessible"]
    )

    interface Berth @key(fields: "id") {
      id: ID!
      quay: String!
    }

    type DryDock implements Berth @key(fields: "id") {
      id: ID!
      quay: String!
      pumps: Int!
    }

    type Dimensions @shareable {
      length: Int
      unit: String @inaccessible
    }

    type Ship @key(fields: "name model { id }") {
      name: String
      model: Model
      due: String!
    }

    type Model @shareable {
      id: ID!
    }

    type Yard @key(fields: "number") {
      number: Int!
      distance: Int!
    }

    type Query {
      berths: [Berth!]!
      yards: [Yard!]!
      slip: Dimensions!
    }`,
  resolvers: {
    Query: {
      berths: () => [{ id: 'dock-1' }],
      yards: () => [{ number: 7 }],
      slip: () => ({ length: 60 }),
    },
    Berth: {
      __resolveType: () => 'DryDock',
      __resolveReference: ({ id }: { id: string }) => ({ __typename: 'DryDock', id }),
    },
    DryDock: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      quay: () => 'Oostenburg',
      pumps: () => 2,
    },
    Ship: { __resolveReference: (key: object) => key, due: () => '1629-06-04' },
    Yard: { __resolveReference: (key: object) => key, distance: ({ number }: { number: number }) => number * 10 },
  },
};
