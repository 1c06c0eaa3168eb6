import type { ApolloServer } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { afterAll, beforeAll } from 'vitest';
import type { Context } from '../../src/context.js';
import type { Database } from '../../src/database/open.js';
import { type Statement, statements } from '../../src/graph/rows.js';
import { createSchema } from '../../src/schema.js';
import { createApolloServer } from '../../src/server/apollo.js';
import { openTestDatabase } from './database.js';

/** An answer as a client gets it, and the SQL that it took. */
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its question.
  data: any;
  errors: readonly GraphQLFormattedError[] | undefined;
  statements: string[];
}

export type Ask = (query: string, variables?: Record<string, unknown>) => Promise<Answer>;

/** The API over a copy of the register of its own, for all tests of a file. */
export function testApi(): { ask: Ask; database: () => Database } {
  let database: Database;
  let apollo: ApolloServer<Context>;
  beforeAll(async () => {
    database = await openTestDatabase();
    apollo = createApolloServer(await createSchema(), console.error);
    await apollo.start();
  });
  afterAll(async () => {
    await apollo?.stop();
    await database?.close();
  });
  const ask: Ask = async (query, variables) => {
    const sent: string[] = [];
    const count = (message: unknown) => sent.push((message as Statement).text);
    statements.subscribe(count);
    try {
      const contextValue = { em: database.em.fork() };
      const { body } = await apollo.executeOperation({ query, ...(variables && { variables }) }, { contextValue });
      if (body.kind !== 'single') throw new Error('An answer in parts was not asked for.');
      // What a client gets is JSON: objects without a prototype become plain ones.
      const { data, errors } = JSON.parse(JSON.stringify(body.singleResult));
      return { data, errors, statements: sent };
    } finally {
      statements.unsubscribe(count);
    }
  };
  return { ask, database: () => database };
}
