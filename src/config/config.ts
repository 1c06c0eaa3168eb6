import { findPackageJSON } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { combinationProblems } from './combinations.js';
import { misspelledNames } from './misspellings.js';
import { type Protection, protectionOf } from './protection.js';
import { readSecretFiles } from './secret-files.js';
import {
  type CacheTagHeader,
  type LogLevel,
  quotedValue,
  type Settings,
  settingNames,
  settings,
  withPresentNames,
} from './settings.js';
import { postgreSqlOf, type Storage } from './storage.js';
import { type Tracing, tracingOf } from './tracing.js';
import { partOfWorker, setDividedDefaults } from './workers.js';

export type { PostgreSqlStorage, Storage } from './storage.js';

/** The root folder of this installation: that of package.json, above `src`, `dist` and the bundle in `dist`. */
export const root = new URL('.', pathToFileURL(findPackageJSON(import.meta.url) as string));

/** Reports a mistake of the operator that prevents the start. Its message is printed without a stack. */
export class StartError extends Error {}

/** Limits of the use of a PostgreSQL by one server. Times are in milliseconds; 0 is no limit. */
export interface DatabaseLimits {
  /** The maximum number of connections. */
  poolSize: number;
  /** Limits the wait for a free or a new connection. */
  connectTimeout: number;
  /** Limits the run time of a statement. */
  queryTimeout: number;
  /** Limits the wait for a row or table that another transaction has locked. */
  lockTimeout: number;
  /** Limits the time between two statements of a transaction. */
  idleTimeout: number;
}

export interface Config {
  host: string;
  port: number;
  /** The number of processes that serve. The sizes below are the parts of one. */
  workers: number;
  storage: Storage;
  databaseLimits: DatabaseLimits;
  /** The size of the response cache in bytes; 0 switches it off. */
  cacheBytes: number;
  /** The header in which responses have tags for a CDN. */
  cacheTagHeader: CacheTagHeader | undefined;
  /** The size of the document store in bytes. */
  documentBytes: number;
  /** The days for which the result of a call with an idempotency key is stored, at least. */
  idempotencyDays: number;
  /** The file of trusted documents and the policy for other documents. */
  trusted: { file: string; mode: 'open' | 'report' | 'only' } | undefined;
  /** Credentials that are accepted in addition to the keys in the database. Of each secret there may be two. */
  access: {
    adminKey: readonly string[] | undefined;
    provider: { issuer: string; audience: string } | undefined;
    /** The secret of the federation router. */
    routerSecret: readonly string[] | undefined;
  };
  protection: Protection;
  /** The name of this register in webhooks, and the receivers that they may have; undefined if it delivers none. */
  webhooks: { targets: 'https' | 'loopback'; publicUrl: string; source: string } | undefined;
  logLevel: LogLevel;
  /** The key that gives other machines access to `/metrics`. */
  metricsKey: readonly string[] | undefined;
  /** The time in milliseconds between a stop signal, when `/health/ready` turns to 503, and the closing of the port. */
  shutdownDelay: number;
  /** Undefined if no spans are exported. */
  tracing: Tracing | undefined;
}

/**
 * Reads the configuration from the environment. No other module reads the environment.
 *
 * @throws StartError with a sentence for each invalid setting (its rule and the rejected value) and for each name that
 * looks like a misspelt setting.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const settings = readSettings(environment);
  const { DATA_DIR, OIDC_ISSUER, OIDC_AUDIENCE } = settings;
  const directory = DATA_DIR === 'memory' ? undefined : DATA_DIR;
  const part = (total: number) => partOfWorker(total, settings.WORKERS);
  return {
    host: settings.HOST,
    port: settings.PORT,
    workers: settings.WORKERS,
    storage: postgreSqlOf(settings) ?? { kind: 'embedded', directory },
    databaseLimits: {
      poolSize: part(settings.DATABASE_POOL_SIZE),
      connectTimeout: settings.DATABASE_CONNECT_TIMEOUT,
      queryTimeout: settings.DATABASE_QUERY_TIMEOUT,
      lockTimeout: settings.DATABASE_LOCK_TIMEOUT,
      idleTimeout: settings.DATABASE_IDLE_TIMEOUT,
    },
    cacheBytes: settings.RESPONSE_CACHE === 'off' ? 0 : part(Number(settings.RESPONSE_CACHE) * 1_000_000),
    cacheTagHeader: settings.CACHE_TAG_HEADER,
    documentBytes: part(settings.DOCUMENT_CACHE * 1_000_000),
    idempotencyDays: settings.IDEMPOTENCY_DAYS,
    trusted: settings.TRUSTED_DOCUMENTS
      ? { file: settings.TRUSTED_DOCUMENTS, mode: settings.TRUSTED_DOCUMENTS_MODE }
      : undefined,
    access: {
      adminKey: settings.ADMIN_KEY,
      routerSecret: settings.ROUTER_SECRET,
      provider: OIDC_ISSUER && OIDC_AUDIENCE ? { issuer: OIDC_ISSUER, audience: OIDC_AUDIENCE } : undefined,
    },
    protection: protectionOf(settings),
    webhooks:
      settings.WEBHOOKS === 'off'
        ? undefined
        : { targets: settings.WEBHOOKS, publicUrl: settings.WEBHOOK_PUBLIC_URL, source: settings.WEBHOOK_SOURCE },
    logLevel: settings.LOG_LEVEL,
    metricsKey: settings.METRICS_KEY,
    shutdownDelay: settings.SHUTDOWN_DELAY,
    tracing: tracingOf(settings),
  };
}

/** Validates the environment: each setting by its rule, and the rules that combine two settings. */
export function readSettings(variables: NodeJS.ProcessEnv): Settings {
  const problems: string[] = [];
  const environment = withPresentNames(variables, problems);
  problems.push(...misspelledNames(Object.keys(environment)));
  const files = readSecretFiles(environment, problems);
  const values = Object.fromEntries(settingNames.map(name => [name, (files[name] ?? environment[name]) || undefined]));
  setDividedDefaults(values);
  values.DATA_DIR ??= fileURLToPath(new URL('.data', root));
  // They are parsed once: to compile a parser takes longer.
  const parsed = settings.safeParse(values, { jitless: true });
  for (const { path, message } of parsed.error?.issues ?? []) {
    const name = String(path[0]);
    problems.push(`${path.join('.')} ${message}; got ${quotedValue(name, values[name])}`);
  }
  problems.push(...combinationProblems(values, environment));
  if (!parsed.success || problems.length) throw new StartError(`Settings: ${problems.join('. ')}.`);
  return parsed.data;
}
