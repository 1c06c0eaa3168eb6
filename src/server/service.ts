import type { GraphQLSchema } from 'graphql';
import { type Authenticator, authenticator } from '../access/authenticate.js';
import type { Identity } from '../access/identity.js';
import type { ConfiguredSecret } from '../access/key.js';
import type { Provider } from '../access/token.js';
import { readChangeCursor } from '../change/cursor.js';
import { CHANNEL } from '../change/log.js';
import { forgetMoments } from '../change/moment.js';
import { ChangeStream } from '../change/stream.js';
import { defaultProtection, type Protection } from '../config/protection.js';
import { type CacheTagHeader, DEFAULT_IDEMPOTENCY_DAYS } from '../config/settings.js';
import type { Context } from '../context.js';
import type { ConnectionOptions } from '../database/connection/options.js';
import type { Database } from '../database/open.js';
import { type Fork, readFork } from '../graph/sql/fork.js';
import { poolOf } from '../graph/sql/pool.js';
import type { ReadReplicas } from '../graph/sql/replicas.js';
import { AdmissionControl } from '../limits/admission.js';
import { type Counters, LocalCounters } from '../limits/counters.js';
import { HourlyLimiter, MAX_LINKS_PER_HOUR, MAX_REPORTS } from '../limits/hourly-limiter.js';
import type { SharedStore } from '../limits/rate-limit.js';
import { createSchema } from '../schema.js';
import { CacheTags } from './cache/cache-tags.js';
import { ResponseCache } from './cache/response-cache.js';
import { clientForks } from './client-forks.js';
import { ApolloOnDemand } from './graphql/apollo-on-demand.js';
import { DocumentStore } from './graphql/document-store.js';
import { readTrustedDocuments, type TrustedDocuments, type TrustedDocumentsMode } from './graphql/trusted-documents.js';
import { addressReader, type ClientAddressResolver } from './http/client-address.js';
import { negotiateLanguage } from './http/language.js';
import type { PoolUse } from './observability/capacity-metrics.js';
import { storageOf } from './observability/health.js';
import { ListenerLog } from './observability/listener-log.js';
import type { Logger } from './observability/logger.js';
import { observeReadOnly } from './observability/observe-read-only.js';
import { recordIdentity } from './observability/operation-context.js';
import { replicaLog } from './observability/replica-log.js';
import { registerService } from './observability/service-metrics.js';
import { streamObserver } from './observability/stream-observer.js';
import { Fanout } from './subscriptions/fanout.js';
import type { WebhookOptions } from './webhooks/start-webhooks.js';

/** The credentials that are accepted besides keys of the register. */
export interface Access {
  adminKey?: ConfiguredSecret | undefined;
  provider?: Provider | undefined;
  /** The secret of routers. With it, fields for routers are refused to all other clients. */
  routerSecret?: ConfiguredSecret | undefined;
}

/** The options of the API; an omitted part is disabled. */
export interface ServiceOptions {
  /** `schemaFor` the access, if it was built already. */
  schema?: GraphQLSchema;
  access?: Access;
  /** The limit of the response cache in bytes. */
  cacheBytes?: number;
  /** The header in which responses have tags for a CDN; none if omitted. */
  cacheTagHeader?: CacheTagHeader | undefined;
  /** The limit of the document store in bytes; the default of the setting if omitted. */
  documentBytes?: number;
  /** The days for which results of calls with an idempotency key are stored; the default of the setting if omitted. */
  idempotencyDays?: number;
  /** The file of trusted documents, and the policy for all others. */
  trusted?: { file: string; mode: TrustedDocumentsMode } | undefined;
  /** The limits for one client; the defaults of the settings if omitted. */
  protection?: Protection;
  /** The name of this register in webhooks, and the receivers that they may have. */
  webhooks?: WebhookOptions | undefined;
  /** Counts the limits of clients; in this process if omitted. */
  counters?: Counters;
}

/**
 * The parts of the API. Only `serve` sees all of them: each transport declares the parts that it needs in an interface of
 * its own.
 */
export interface Service {
  schema: GraphQLSchema;
  apollo: ApolloOnDemand;
  /** Measures the duration of each field for routers; `apollo` itself if there is no router secret. */
  tracedApollo: ApolloOnDemand;
  documents: DocumentStore;
  /** Undefined if the response cache is disabled. */
  cache: ResponseCache | undefined;
  /** Undefined if responses have no tags for a CDN. */
  cacheTags: CacheTags | undefined;
  /** Undefined if there is no file of them. */
  trustedDocuments: TrustedDocuments | undefined;
  authenticator: Authenticator;
  admissionControl: AdmissionControl;
  counters: Counters;
  clientAddress: ClientAddressResolver;
  /** Limits the short links of clients without a key. */
  links: HourlyLimiter;
  changes: ChangeStream;
  fanout: Fanout;
  /** Undefined if all reads go to one server. */
  replicas: ReadReplicas | undefined;
  /** The connection string of PostgreSQL, parsed; undefined for the embedded database. */
  connection: ConnectionOptions | undefined;
  /** Returns whether the database accepts no writes of this server; undefined while it is unavailable. */
  isReadOnly(): Promise<boolean | undefined>;
  /** Creates a fork that belongs to no operation. */
  fork(): Fork;
  /**
   * Creates the context value of an operation.
   *
   * @param address The address of the client: required for every operation from outside, because without a key it is the
   * subject of its budget and of its share of the connections. An operation without an address has no share.
   * @param acceptLanguage The header of that name.
   */
  context(identity: Identity, address?: string, acceptLanguage?: string): Context;
  logger: Logger;
  close(): Promise<void>;
}

/** Builds the schema of a service. */
export const schemaFor = ({ routerSecret }: Access): Promise<GraphQLSchema> => createSchema(routerSecret !== undefined);

/**
 * Creates the API on a database, which the caller closes.
 *
 * @throws StartError if the trusted documents cannot be used.
 */
export async function createService(
  database: Database,
  logger: Logger,
  {
    access = {},
    cacheBytes = 0,
    cacheTagHeader,
    documentBytes,
    idempotencyDays = DEFAULT_IDEMPOTENCY_DAYS,
    trusted,
    protection = defaultProtection(),
    webhooks,
    counters = new LocalCounters(),
    schema: built,
  }: ServiceOptions = {},
): Promise<Service> {
  const fork = (): Fork => readFork(database.em);
  const routerOnly = access.routerSecret !== undefined;
  const schema = built ?? (await schemaFor(access));
  const trustedDocuments = trusted && (await readTrustedDocuments(trusted.file, trusted.mode, schema, logger));
  const documents = new DocumentStore(schema, documentBytes);
  const store = protection.rate.store === 'postgresql' ? rateLimitStore(database) : undefined;
  const countedBy = { store, counters };
  const admissionControl = new AdmissionControl(protection, countedBy);
  const reports = new HourlyLimiter('report', MAX_REPORTS, 'REPORT_LIMIT', countedBy);
  const links = new HourlyLimiter('link', MAX_LINKS_PER_HOUR, 'SHORT_LINK_LIMIT', countedBy);
  let fanout: Fanout | undefined;
  const changes = new ChangeStream(
    fork,
    streamObserver(logger, () => {
      cache?.clear();
      forgetMoments(fork());
      fanout?.discardResults();
    }),
  );
  const replicas = database.followReplicas?.(changes, replicaLog(logger));
  const executing = { documents, admissionControl, logger, replicas };
  const apollo = new ApolloOnDemand(async apollo => apollo.createApolloServer({ schema, ...executing }));
  const tracedApollo = routerOnly
    ? new ApolloOnDemand(async apollo =>
        apollo.createFederatedTraceServer({ schema: await createSchema(true), ...executing }),
      )
    : apollo;
  // Each once: Apollo Server never ends a stop that begins during another one.
  const servers = new Set([apollo, tracedApollo]);
  const cache = cacheBytes > 0 ? new ResponseCache(changes, cacheBytes) : undefined;
  const cacheTags = cacheTagHeader && new CacheTags(cacheTagHeader);
  await changes.start();
  replicas?.start();
  const listenerLog = new ListenerLog(logger);
  const stopListening = database.listen(
    CHANNEL,
    (cursor, processId) => {
      listenerLog.heard();
      void changes.onNotification(cursor === undefined ? undefined : readChangeCursor(cursor), processId);
    },
    reason => {
      listenerLog.lost(reason);
      changes.onListenerLost();
      // Replicas answer while the log cannot be read.
      if (replicas) void changes.refresh();
    },
  );
  const { connection } = database;
  const forksOf = clientForks(database, protection.clientShare);
  const context = (identity: Identity, address = '', acceptLanguage?: string): Context => {
    recordIdentity(identity);
    const operationState = {
      isMomentary: false,
      isCacheable: false,
      isForever: false,
      position: changes.newest,
      showsRegister: true,
    };
    const forkOfClient = forksOf({ identity, address });
    const em = forkOfClient();
    return {
      em,
      fork: forkOfClient,
      identity,
      address,
      changes,
      idempotencyDays,
      reports,
      webhookTargets: webhooks?.targets,
      cleanups: [],
      operationState,
      // A look-up of 0.1 µs for a header that was seen before; a getter in this literal would cost more than 1 µs.
      messageLanguage: negotiateLanguage(acceptLanguage),
    };
  };
  fanout = new Fanout(schema, context, admissionControl, logger);
  const caches = () => ({
    responses: cache,
    documents,
    persisted_queries: documents.persistedQueries,
    changes: changes.memory,
    event_results: fanout?.memory,
  });
  const isReadOnly = observeReadOnly(database.em, logger);
  const unregister = registerService({
    changes,
    fork,
    isReadOnly,
    storage: storageOf(database),
    replicas,
    caches,
    pool: database.embedded ? undefined : { max: database.connections.max, use: () => poolOf<PoolUse>(database.em) },
  });
  return {
    schema,
    apollo,
    tracedApollo,
    documents,
    cache,
    cacheTags,
    trustedDocuments,
    authenticator: authenticator(fork, access.adminKey, access.provider, access.routerSecret),
    admissionControl,
    counters,
    clientAddress: addressReader(protection.trustedProxies),
    links,
    changes,
    fanout,
    replicas,
    connection,
    isReadOnly,
    fork,
    context,
    logger,
    close: async () => {
      unregister();
      changes.stop();
      listenerLog.stop();
      cache?.close();
      cacheTags?.close();
      await Promise.all([stopListening(), replicas?.stop(), ...[...servers].map(server => server.stop())]);
    },
  };
}

/** Returns the database as the store of rate limits, which instances on one PostgreSQL share. */
function rateLimitStore(database: Database): SharedStore {
  const pool = poolOf<SharedStore>(database.em);
  return { query: async query => (await pool).query(query) };
}
