import type { ApolloServer } from '@apollo/server';
import type { EntityManager } from '@mikro-orm/sql';
import type { GraphQLSchema } from 'graphql';
import { type Authenticator, authenticator } from '../access/authenticate.js';
import type { Identity } from '../access/identity.js';
import type { Provider } from '../access/token.js';
import { CHANNEL } from '../change/log.js';
import { ChangeStream } from '../change/stream.js';
import type { Context } from '../context.js';
import type { Database } from '../database/open.js';
import { createSchema } from '../schema.js';
import { createApolloServer } from './apollo.js';
import { Fanout } from './fanout.js';
import type { Log } from './mask.js';
import { measure } from './metrics.js';
import { noteIdentity } from './observe.js';

/** Who may write, besides those with a key of the register. */
export interface Access {
  adminKey?: string | undefined;
  provider?: Provider | undefined;
}

/** The API as all transports use it. */
export interface Service {
  schema: GraphQLSchema;
  apollo: ApolloServer<Context>;
  authenticator: Authenticator;
  changes: ChangeStream;
  fanout: Fanout;
  /** A fork that belongs to no operation. */
  fork(): EntityManager;
  /** What one operation of somebody runs with. */
  context(identity: Identity): Context;
  log: Log;
  close(): Promise<void>;
}

/** Opens the API over a database that stays the caller's to close. */
export async function openService(database: Database, access: Access, log: Log): Promise<Service> {
  const fork = (): EntityManager => database.em.fork();
  const schema = await createSchema();
  const apollo = createApolloServer(schema, log);
  const changes = new ChangeStream(fork);
  await Promise.all([apollo.start(), changes.start()]);
  const stopListening = database.listen(CHANNEL, () => void changes.wake());
  const context = (identity: Identity): Context => {
    noteIdentity(identity);
    return { em: fork(), fork, embedded: database.embedded, identity, changes, afterwards: [] };
  };
  const service: Service = {
    schema,
    apollo,
    authenticator: authenticator(fork, access.adminKey, access.provider),
    changes,
    fanout: new Fanout(schema, context, log),
    fork,
    context,
    log,
    close: async () => {
      unmeasure();
      changes.stop();
      await Promise.all([stopListening(), apollo.stop()]);
    },
  };
  const unmeasure = measure(service);
  return service;
}
