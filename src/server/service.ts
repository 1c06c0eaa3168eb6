import type { ApolloServer } from '@apollo/server';
import type { EntityManager } from '@mikro-orm/sql';
import type { GraphQLSchema } from 'graphql';
import { type Authenticator, authenticator } from '../access/authenticate.js';
import type { Identity } from '../access/identity.js';
import type { Provider } from '../access/token.js';
import { CHANNEL } from '../change/log.js';
import { ChangeStream } from '../change/stream.js';
import { DEFAULT_PROTECTION, type Protection } from '../config/protection.js';
import type { Context } from '../context.js';
import type { Database } from '../database/open.js';
import { AdmissionControl } from '../limits/admission.js';
import { createSchema } from '../schema.js';
import { ResponseCache } from './cache/response-cache.js';
import { createApolloServer, createFederatedTraceServer } from './graphql/apollo.js';
import { QueryFastPath } from './graphql/query-fast-path.js';
import { readTrustedDocuments, type TrustedDocuments, type TrustedDocumentsMode } from './graphql/trusted-documents.js';
import { ValidatedDocuments } from './graphql/validated-documents.js';
import { addressReader, type ClientAddressResolver } from './http/client-address.js';
import type { Logger } from './observability/logger.js';
import { registerService } from './observability/metrics.js';
import { recordIdentity } from './observability/operation-context.js';
import { rateLimitStore } from './rate-store.js';
import { Fanout } from './subscriptions/fanout.js';

/** Who may write, besides those with a key of the register. */
export interface Access {
  adminKey?: string | undefined;
  provider?: Provider | undefined;
  /** What a router shows; with it set, what is a router's answers to nobody else. */
  routerSecret?: string | undefined;
}

/** How the API is to be served; what is left out is switched off. */
export interface ServiceOptions {
  access?: Access;
  /** How much the response cache may hold, in bytes. */
  cacheBytes?: number;
  /** A file of documents that were agreed on, and what happens to others. */
  trusted?: { file: string; mode: TrustedDocumentsMode } | undefined;
  /** What keeps one client from taking the service away from the others; without it, what holds when nothing is set. */
  protection?: Protection;
}

/** The API as all transports use it. */
export interface Service {
  schema: GraphQLSchema;
  apollo: ApolloServer<Context>;
  /** Answers routers that want to know how long each field took; the same as `apollo` when no router is known. */
  tracedApollo: ApolloServer<Context>;
  /** Queries that passed before. */
  queryFastPath: QueryFastPath;
  /** Answers that may be given again; undefined when it is switched off. */
  cache: ResponseCache | undefined;
  /** Documents that were agreed on; undefined where none were. */
  trustedDocuments: TrustedDocuments | undefined;
  authenticator: Authenticator;
  validatedDocuments: ValidatedDocuments;
  admissionControl: AdmissionControl;
  /** Where a request comes from. */
  clientAddress: ClientAddressResolver;
  changes: ChangeStream;
  fanout: Fanout;
  /** A fork that belongs to no operation. */
  fork(): EntityManager;
  /**
   * What one operation of somebody runs with.
   *
   * @param address Where they are; nobody may leave it out who lets operations in from outside.
   */
  context(identity: Identity, address?: string): Context;
  logger: Logger;
  close(): Promise<void>;
}

/**
 * Opens the API over a database that stays the caller's to close.
 *
 * @throws StartError when the trusted documents cannot be used.
 */
export async function createService(
  database: Database,
  logger: Logger,
  { access = {}, cacheBytes = 0, trusted: file, protection = DEFAULT_PROTECTION }: ServiceOptions = {},
): Promise<Service> {
  const fork = (): EntityManager => database.em.fork();
  const routerOnly = access.routerSecret !== undefined;
  const schema = await createSchema(routerOnly);
  const trustedDocuments = file && (await readTrustedDocuments(file.file, file.mode, schema, logger));
  const queryFastPath = new QueryFastPath(schema);
  const store = protection.rate.store === 'postgresql' ? rateLimitStore(database) : undefined;
  const admissionControl = new AdmissionControl(schema, protection, store);
  const apollo = createApolloServer(schema, queryFastPath, logger, admissionControl);
  const tracedApollo = routerOnly
    ? createFederatedTraceServer(await createSchema(routerOnly), queryFastPath, logger, admissionControl)
    : apollo;
  const changes = new ChangeStream(fork);
  const servers = [...new Set([apollo, tracedApollo])];
  await Promise.all([...servers.map(server => server.start()), changes.start()]);
  const stopListening = database.listen(
    CHANNEL,
    () => void changes.onNotification(),
    () => changes.onListenerLost(),
  );
  const cache = cacheBytes > 0 ? new ResponseCache(changes, cacheBytes) : undefined;
  const { embedded } = database;
  const context = (identity: Identity, address = ''): Context => {
    recordIdentity(identity);
    const operationState = { isWhole: false, isMomentary: false };
    return { em: fork(), fork, embedded, identity, address, changes, cleanups: [], operationState };
  };
  const service: Service = {
    schema,
    apollo,
    tracedApollo,
    queryFastPath,
    cache,
    trustedDocuments,
    authenticator: authenticator(fork, access.adminKey, access.provider, access.routerSecret),
    validatedDocuments: new ValidatedDocuments(schema),
    admissionControl,
    clientAddress: addressReader(protection.trustedProxies),
    changes,
    fanout: new Fanout(schema, context, logger),
    fork,
    context,
    logger,
    close: async () => {
      unmeasure();
      changes.stop();
      cache?.close();
      await Promise.all([stopListening(), ...servers.map(server => server.stop())]);
    },
  };
  const unmeasure = registerService(service);
  return service;
}
