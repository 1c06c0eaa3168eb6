import type { Partner } from './serve.js';

interface Exhibition {
  title: string;
  host: { id: string };
}

const exhibitions: Exhibition[] = [
  { title: 'Porcelain of two cities', host: { id: 'nl-delft' } },
  { title: 'The lost kilns', host: { id: 'cn-jingdezhen' } },
  { title: 'A port in the Pacific century', host: { id: 'nl-rotterdam' } },
];

/** Graph of museums: exhibitions by host. Extends the interface `Authority` without its object types (`@interfaceObject`). */
export const museums: Partner = {
  name: 'museums',
  sdl: `
    extend schema @link(
      url: "https://specs.apollo.dev/federation/v2.9"
      import: ["@key", "@interfaceObject", "@shareable"]
    )

    type Authority @key(fields: "id") @interfaceObject {
      id: ID!
      "Exhibitions hosted by this authority."
      exhibitions: [Exhibition!]!
    }

    type Exhibition {
      title: String!
      host: Authority!
    }

    type ExhibitionConnection {
      nodes: [Exhibition!]!
      pageInfo: PageInfo!
    }

    type PageInfo @shareable {
      hasNextPage: Boolean!
      hasPreviousPage: Boolean!
      startCursor: String
      endCursor: String
    }

    type Query {
      exhibitions: ExhibitionConnection!
    }`,
  resolvers: {
    Query: {
      exhibitions: () => ({ nodes: exhibitions, pageInfo: { hasNextPage: false, hasPreviousPage: false } }),
    },
    Authority: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      exhibitions: ({ id }: { id: string }) => exhibitions.filter(({ host }) => host.id === id),
    },
  },
};
