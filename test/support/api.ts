import type { GraphQLFormattedError } from 'graphql';
import { afterAll, beforeAll } from 'vitest';
import { ANONYMOUS, type Identity, IdentityKind } from '../../src/access/identity.js';
import type { Database } from '../../src/database/open.js';
import { type StatementEvent, statementChannel } from '../../src/graph/sql/query.js';
import { createService, type Service } from '../../src/server/service.js';
import { openTestDatabase } from './database.js';
import { WITHOUT_COST } from './protection.js';

/** An answer as a client gets it, and the SQL that it took. */
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its question.
  data: any;
  errors: readonly GraphQLFormattedError[] | undefined;
  statements: string[];
}

export type Ask = (query: string, variables?: Record<string, unknown>, identity?: Identity) => Promise<Answer>;

/** Somebody who may do everything. */
export const ADMIN: Identity = {
  kind: IdentityKind.ADMIN_KEY,
  actor: 'admin',
  name: 'ADMIN_KEY',
  scopes: ['register:admin'],
  expiresAt: null,
};

/** The API over a copy of the register of its own, for all tests of a file. */
export function testApi(): { ask: Ask; database: () => Database; service: () => Service } {
  let database: Database;
  let service: Service;
  beforeAll(async () => {
    database = await openTestDatabase();
    service = await createService(database, console.error, { protection: WITHOUT_COST });
  });
  afterAll(async () => {
    await service?.close();
    await database?.close();
  });
  const ask: Ask = async (query, variables, identity = ANONYMOUS) => {
    const sent: string[] = [];
    const contextValue = service.context(identity);
    const count = (message: unknown) => {
      const { em, text } = message as StatementEvent;
      if (em === contextValue.em) sent.push(text);
    };
    statementChannel.subscribe(count);
    try {
      const { body } = await (await service.apollo.get()).executeOperation(
        { query, ...(variables && { variables }) },
        { contextValue },
      );
      if (body.kind !== 'single') throw new Error('An answer in parts was not asked for.');
      // Clients receive JSON: objects without a prototype become plain ones.
      const { data, errors } = JSON.parse(JSON.stringify(body.singleResult));
      return { data, errors, statements: sent };
    } finally {
      statementChannel.unsubscribe(count);
    }
  };
  return { ask, database: () => database, service: () => service };
}
