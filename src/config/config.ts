import { findPackageJSON } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { type Protection, protectionOf, protectionSettings } from './protection.js';

/** Where this installation stands: the folder of package.json, above `src`, `dist` and what is bundled in there. */
export const root = new URL('.', pathToFileURL(findPackageJSON(import.meta.url) as string));

/** Something an operator did that keeps the server from running; its message is one clear sentence. */
export class StartError extends Error {}

const whole = (least: number, most: number, rule: string) =>
  z
    .string()
    .regex(/^\d{1,6}$/, rule)
    .transform(Number)
    .refine(value => value >= least && value <= most, rule);
const port = whole(0, 65_535, 'is a port number from 0 to 65535');
const duration = whole(1, 600_000, 'is a number of milliseconds from 1 to 600000');

/** How much the log tells, from most to least. */
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const settings = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(4000),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\/./, 'begins with postgres:// or postgresql://')
    .optional(),
  ROUTER_SECRET: z.string().min(16, 'has at least 16 characters').optional(),
  DATABASE_POOL_SIZE: whole(1, 1_000, 'is a number of connections from 1 to 1000').default(10),
  DATABASE_CONNECT_TIMEOUT: duration.default(2_000),
  DATABASE_QUERY_TIMEOUT: duration.default(3_000),
  DATABASE_LOCK_TIMEOUT: duration.default(2_000),
  DATABASE_IDLE_TIMEOUT: duration.default(5_000),
  RESPONSE_CACHE: z
    .string()
    .regex(/^(?:off|[1-9]\d{0,4})$/, 'is off, or a number of megabytes from 1 to 99999')
    .default('64'),
  TRUSTED_DOCUMENTS: z.string().min(1, 'is a file').optional(),
  TRUSTED_DOCUMENTS_MODE: z.enum(['open', 'report', 'only'], 'is open, report or only').default('open'),
  DATA_DIR: z
    .string()
    .min(1, 'is a folder, or memory')
    .default(fileURLToPath(new URL('.data', root))),
  ADMIN_KEY: z.string().min(16, 'has at least 16 characters').optional(),
  OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'is the address of an OpenID provider' }).optional(),
  OIDC_AUDIENCE: z.string().optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `is one of ${LOG_LEVELS.join(', ')}`).default('info'),
  METRICS_KEY: z.string().min(16, 'has at least 16 characters').optional(),
  SHUTDOWN_DELAY: whole(0, 60_000, 'is a number of milliseconds from 0 to 60000').default(0),
  // OpenTelemetry reads its settings itself, all that its specification names; these tell whether it is wanted.
  OTEL_EXPORTER_OTLP_ENDPOINT: z.string().optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: z.string().optional(),
  OTEL_SDK_DISABLED: z.string().optional(),
  ...protectionSettings,
});

/** The names of all settings, for the README's table and for finding misspelt ones. */
export const settingNames = Object.keys(settings.shape);

/** Bounds of what one server takes of a PostgreSQL; times in milliseconds, none where it is 0. */
export interface DatabaseLimits {
  /** Connections at most. */
  poolSize: number;
  /** How long to wait for a free connection, or for a new one. */
  connectTimeout: number;
  /** How long a statement may take. */
  queryTimeout: number;
  /** How long to wait for a row or table that another transaction holds. */
  lockTimeout: number;
  /** How long a transaction may stand idle. */
  idleTimeout: number;
}

/** Where the register is stored. */
export type Storage = { kind: 'postgresql'; url: string } | { kind: 'embedded'; directory: string | undefined };

export interface Config {
  host: string;
  port: number;
  storage: Storage;
  databaseLimits: DatabaseLimits;
  /** How much the response cache may hold, in bytes; 0 when it is off. */
  cacheBytes: number;
  /** Documents that were agreed on, and what happens to others. */
  trusted: { file: string; mode: 'open' | 'report' | 'only' } | undefined;
  /** Who may write, besides those with a key of the register. */
  access: {
    adminKey: string | undefined;
    provider: { issuer: string; audience: string } | undefined;
    /** What a router shows that joins this graph to others. */
    routerSecret: string | undefined;
  };
  protection: Protection;
  logLevel: LogLevel;
  /** What opens `/metrics` to others than this machine. */
  metricsKey: string | undefined;
  /** How long the server goes on accepting after it was told to stop, while `/health/ready` says no; in milliseconds. */
  shutdownDelay: number;
  /** Whether spans are wanted: an endpoint to send them to is set. */
  tracing: boolean;
}

/**
 * Reads the settings from the environment; the only place that does.
 *
 * @throws StartError that names every setting which is wrong, its rule and what came, and every name that looks like a
 * misspelt setting.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const its = readSettings(environment);
  const { DATABASE_URL, DATA_DIR, OIDC_ISSUER, OIDC_AUDIENCE } = its;
  const directory = DATA_DIR === 'memory' ? undefined : DATA_DIR;
  const endpoint = its.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? its.OTEL_EXPORTER_OTLP_ENDPOINT;
  return {
    host: its.HOST,
    port: its.PORT,
    storage: DATABASE_URL ? { kind: 'postgresql', url: DATABASE_URL } : { kind: 'embedded', directory },
    databaseLimits: {
      poolSize: its.DATABASE_POOL_SIZE,
      connectTimeout: its.DATABASE_CONNECT_TIMEOUT,
      queryTimeout: its.DATABASE_QUERY_TIMEOUT,
      lockTimeout: its.DATABASE_LOCK_TIMEOUT,
      idleTimeout: its.DATABASE_IDLE_TIMEOUT,
    },
    cacheBytes: its.RESPONSE_CACHE === 'off' ? 0 : Number(its.RESPONSE_CACHE) * 1_000_000,
    trusted: its.TRUSTED_DOCUMENTS ? { file: its.TRUSTED_DOCUMENTS, mode: its.TRUSTED_DOCUMENTS_MODE } : undefined,
    access: {
      adminKey: its.ADMIN_KEY,
      routerSecret: its.ROUTER_SECRET,
      provider: OIDC_ISSUER && OIDC_AUDIENCE ? { issuer: OIDC_ISSUER, audience: OIDC_AUDIENCE } : undefined,
    },
    protection: protectionOf(its),
    logLevel: its.LOG_LEVEL,
    metricsKey: its.METRICS_KEY,
    shutdownDelay: its.SHUTDOWN_DELAY,
    tracing: endpoint !== undefined && its.OTEL_SDK_DISABLED?.toLowerCase() !== 'true',
  };
}

/**
 * All settings as they are in effect, one a line, with secrets masked: `PORT=4000 (default)`.
 *
 * @throws StartError as `readConfig` does.
 */
export function shownConfig(environment: NodeJS.ProcessEnv): string {
  const its: Record<string, unknown> = readSettings(environment);
  return settingNames
    .map(name => {
      if (its[name] === undefined) return `${name} is not set`;
      return `${name}=${masked(name, String(its[name]))}${environment[name] ? '' : ' (default)'}`;
    })
    .join('\n');
}

function readSettings(environment: NodeJS.ProcessEnv): z.output<typeof settings> {
  const problems = misspelt(Object.keys(environment));
  const given = Object.fromEntries(settingNames.map(name => [name, environment[name] || undefined]));
  const read = settings.safeParse(given);
  for (const { path, message } of read.error?.issues ?? []) {
    problems.push(`${path.join('.')} ${message}; got ${shownSetting(String(path[0]), given)}`);
  }
  if ((given.OIDC_ISSUER === undefined) !== (given.OIDC_AUDIENCE === undefined)) {
    problems.push('OIDC_ISSUER and OIDC_AUDIENCE are set together; got one of them');
  }
  if (given.RATE_LIMIT_STORE === 'postgresql' && given.DATABASE_URL === undefined) {
    problems.push('RATE_LIMIT_STORE is postgresql only together with DATABASE_URL');
  }
  if (!read.success || problems.length) throw new StartError(`Settings: ${problems.join('. ')}.`);
  return read.data;
}

/** Settings that may hold a secret: what came is not shown. */
const SECRET = new Set([
  'DATABASE_URL',
  'ADMIN_KEY',
  'ROUTER_SECRET',
  'METRICS_KEY',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
]);

/** What came, in quotes, or nothing of it when it may hold a secret. */
function shownSetting(name: string, given: Record<string, string | undefined>): string {
  return SECRET.has(name) ? 'something else' : JSON.stringify(given[name]);
}

/** A setting's value; of a secret nothing, but of an address where it leads to. */
function masked(name: string, value: string): string {
  if (!SECRET.has(name)) return value;
  const address = URL.parse(value);
  if (!address?.host) return '***';
  const user = address.username || address.password ? '***@' : '';
  return `${address.protocol}//${user}${address.host}${address.pathname}${address.search ? '?***' : ''}`;
}

const bare = (name: string) => name.toUpperCase().replaceAll(/[^A-Z]/g, '');

/** Names that are a setting of ours but for case or underscores: `DATADIR`, `database_url`. */
function misspelt(names: string[]): string[] {
  return names
    .filter(name => !settingNames.includes(name))
    .flatMap(name => {
      const meant = settingNames.find(setting => setting.includes('_') && bare(setting) === bare(name));
      return meant ? [`${name} is not a setting; did you mean ${meant}?`.replace(/\?$/, '')] : [];
    });
}
