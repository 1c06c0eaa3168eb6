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
import { Admissions } from '../limits/admission.js';
import { DEFAULT_PROTECTION, type Protection } from '../protection.js';
import { createSchema } from '../schema.js';
import { createApolloServer, createTracedServer } from './apollo.js';
import { type AddressOf, addressReader } from './client-address.js';
import { Documents } from './documents.js';
import { Fanout } from './fanout.js';
import { KnownOperations } from './known.js';
import type { Log } from './mask.js';
import { measure } from './metrics.js';
import { noteIdentity } from './observe.js';
import { sharedStore } from './rate-store.js';
import { ResponseCache } from './response-cache.js';
import { readTrustedDocuments, type TrustedDocuments, type TrustMode } from './trusted-documents.js';

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
  trusted?: { file: string; mode: TrustMode } | undefined;
  /** What keeps one client from taking the service away from the others; without it, what holds when nothing is set. */
  protection?: Protection;
}

/** The API as all transports use it. */
export interface Service {
  schema: GraphQLSchema;
  apollo: ApolloServer<Context>;
  /** Answers routers that want to know how long each field took; the same as `apollo` when no router is known. */
  traced: ApolloServer<Context>;
  /** Queries that passed before. */
  known: KnownOperations;
  /** Answers that may be given again; undefined when it is switched off. */
  cache: ResponseCache | undefined;
  /** Documents that were agreed on; undefined where none were. */
  trusted: TrustedDocuments | undefined;
  authenticator: Authenticator;
  documents: Documents;
  admissions: Admissions;
  /** Where a request comes from. */
  addressOf: AddressOf;
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
  log: Log;
  close(): Promise<void>;
}

/**
 * Opens the API over a database that stays the caller's to close.
 *
 * @throws StartError when the trusted documents cannot be used.
 */
export async function openService(
  database: Database,
  log: Log,
  { access = {}, cacheBytes = 0, trusted: file, protection = DEFAULT_PROTECTION }: ServiceOptions = {},
): Promise<Service> {
  const fork = (): EntityManager => database.em.fork();
  const routerOnly = access.routerSecret !== undefined;
  const schema = await createSchema(routerOnly);
  const trusted = file && (await readTrustedDocuments(file.file, file.mode, schema, log));
  const known = new KnownOperations(schema);
  const store = protection.rate.store === 'postgresql' ? sharedStore(database) : undefined;
  const admissions = new Admissions(schema, protection, store);
  const apollo = createApolloServer(schema, known, log, admissions);
  const traced = routerOnly ? createTracedServer(await createSchema(routerOnly), known, log, admissions) : apollo;
  const changes = new ChangeStream(fork);
  const servers = [...new Set([apollo, traced])];
  await Promise.all([...servers.map(server => server.start()), changes.start()]);
  const stopListening = database.listen(
    CHANNEL,
    () => void changes.heard(),
    () => changes.lost(),
  );
  const cache = cacheBytes > 0 ? new ResponseCache(changes, cacheBytes) : undefined;
  const { embedded } = database;
  const context = (identity: Identity, address = ''): Context => {
    noteIdentity(identity);
    const outcome = { isWhole: false, isMomentary: false };
    return { em: fork(), fork, embedded, identity, address, changes, afterwards: [], outcome };
  };
  const service: Service = {
    schema,
    apollo,
    traced,
    known,
    cache,
    trusted,
    authenticator: authenticator(fork, access.adminKey, access.provider, access.routerSecret),
    documents: new Documents(schema),
    admissions,
    addressOf: addressReader(protection.trustedProxies),
    changes,
    fanout: new Fanout(schema, context, log),
    fork,
    context,
    log,
    close: async () => {
      unmeasure();
      changes.stop();
      cache?.close();
      await Promise.all([stopListening(), ...servers.map(server => server.stop())]);
    },
  };
  const unmeasure = measure(service);
  return service;
}
