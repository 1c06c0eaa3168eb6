import { z } from 'zod';
import { protectionSettings } from './protection.js';
import { tracingSettings } from './tracing.js';
import { workers } from './workers.js';

const integer = (min: number, max: number, rule: string) =>
  z
    .string()
    .regex(/^\d{1,6}$/, rule)
    .transform(Number)
    .refine(value => value >= min && value <= max, rule);
const port = integer(0, 65_535, 'is a port number from 0 to 65535');
const DATABASE_URL = /^postgres(?:ql)?:\/\/./;
const databaseUrl = z.string().regex(DATABASE_URL, 'begins with postgres:// or postgresql://');
/** Splits a list of addresses at its commas, but not at those between the hosts of one. */
export const splitUrls = (list: string): string[] => list.split(/,(?=\s*[a-z]{1,20}:\/\/)/i).map(url => url.trim());
/** A name, or an address of IPv4 or IPv6. */
const HOST = /^(?:[\w-]+(?:\.[\w-]+)*\.?|[\da-f]*:[\da-f]*:[\da-f:.]*(?:%\w+)?)$/i;
/** Paths are appended to it. */
const PUBLIC_URL_RULE = 'is the web address of this register, such as https://register.example.nl';
const duration = integer(1, 600_000, 'is a number of milliseconds from 1 to 600000');

const MIN_SECRET_LENGTH = 16;
const SECRET_RULE = `is one value or, separated by a space, the old and the new one, each of at least ${MIN_SECRET_LENGTH} characters`;

const isLong = ({ length }: string) => length >= MIN_SECRET_LENGTH;
const secretsIn = (text: string) => text.split(/\s+/).filter(Boolean);

/** A secret, or the old and the new one while clients change from one to the other. */
const secret = z
  .string()
  .transform(secretsIn)
  .refine(values => [1, 2].includes(values.length) && values.every(isLong), SECRET_RULE)
  .optional();

/** The log levels, from most to least output. */
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The headers by which CDNs take the tags of a response. */
const CACHE_TAG_HEADERS = ['Cache-Tag', 'CDN-Tag', 'Edge-Cache-Tag', 'Surrogate-Key'] as const;
export type CacheTagHeader = (typeof CACHE_TAG_HEADERS)[number];

/** The days for which results of calls with an idempotency key are stored, at least. */
export const DEFAULT_IDEMPOTENCY_DAYS = 30;

/** Every setting with its rule and its default. An error message completes the sentence "NAME …; got VALUE". */
export const settings = z.object({
  HOST: z
    .string()
    .regex(HOST, 'is an address or a host name without a port, such as 127.0.0.1, 0.0.0.0 or ::')
    .default('127.0.0.1'),
  PORT: port.default(4000),
  WORKERS: workers,
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_REPLICA_URLS: z
    .string()
    .transform(splitUrls)
    .refine(
      urls => urls.every(url => DATABASE_URL.test(url)),
      'is a list of addresses that begin with postgres:// or postgresql://, separated by commas',
    )
    .optional(),
  REPLICA_MAX_LAG_MS: duration.default(5_000),
  DATABASE_POOLER: z.enum(['transaction'], 'is transaction, or not set').optional(),
  DATABASE_DIRECT_URL: databaseUrl.optional(),
  ROUTER_SECRET: secret,
  DATABASE_POOL_SIZE: integer(1, 1_000, 'is a number of connections from 1 to 1000'),
  DATABASE_CONNECT_TIMEOUT: duration.default(2_000),
  DATABASE_QUERY_TIMEOUT: duration.default(3_000),
  DATABASE_LOCK_TIMEOUT: duration.default(2_000),
  DATABASE_IDLE_TIMEOUT: duration.default(5_000),
  RESPONSE_CACHE: z.string().regex(/^(?:off|[1-9]\d{0,4})$/, 'is off, or a number of megabytes from 1 to 99999'),
  CACHE_TAG_HEADER: z.enum(CACHE_TAG_HEADERS, `is one of ${CACHE_TAG_HEADERS.join(', ')}`).optional(),
  IDEMPOTENCY_DAYS: integer(1, 3_650, 'is a number of days from 1 to 3650').default(DEFAULT_IDEMPOTENCY_DAYS),
  DOCUMENT_CACHE: integer(1, 99_999, 'is a number of megabytes from 1 to 99999'),
  TRUSTED_DOCUMENTS: z.string().min(1, 'is a file').optional(),
  TRUSTED_DOCUMENTS_MODE: z.enum(['open', 'report', 'only'], 'is open, report or only').default('open'),
  DATA_DIR: z.string().min(1, 'is a folder, or memory'),
  ADMIN_KEY: secret,
  OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'is the address of an OpenID provider' }).optional(),
  OIDC_AUDIENCE: z.string().optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `is one of ${LOG_LEVELS.join(', ')}`).default('info'),
  METRICS_KEY: secret,
  WEBHOOKS: z.enum(['https', 'loopback', 'off'], 'is https, loopback or off').default('https'),
  WEBHOOK_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: PUBLIC_URL_RULE })
    .regex(/^[^?#@]*$/, PUBLIC_URL_RULE)
    .transform(url => (url.endsWith('/') ? url.slice(0, -1) : url))
    .default('http://localhost:4000'),
  WEBHOOK_SOURCE: z
    .string()
    .regex(
      /^[a-z][a-z0-9+.-]*:[\w.~:/?#@!$&'()*+,;=%-]{1,200}$/i,
      'is a URN or another URI, such as urn:nld:oin:…:systeem:…',
    )
    .default('urn:nld:stedenband'),
  SHUTDOWN_DELAY: integer(0, 60_000, 'is a number of milliseconds from 0 to 60000').default(0),
  ...tracingSettings,
  ...protectionSettings,
});

export type Settings = z.output<typeof settings>;

/** The names of all settings. */
export const settingNames = Object.keys(settings.shape);

/** Settings whose values may contain a secret: error messages and `--check` do not show them. */
export const SECRET_SETTINGS: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'DATABASE_REPLICA_URLS',
  'ADMIN_KEY',
  'ROUTER_SECRET',
  'METRICS_KEY',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
]);

/** The settings that can be read from a file, by the setting that names the file. */
export const SECRET_FILES: ReadonlyMap<string, string> = new Map(
  ['DATABASE_URL', 'DATABASE_DIRECT_URL', 'DATABASE_REPLICA_URLS', 'ADMIN_KEY', 'ROUTER_SECRET', 'METRICS_KEY'].map(
    name => [`${name}_FILE`, name],
  ),
);

/** Returns the environment with the present names of settings. Adds a sentence to `problems` for one that has two names. */
export function withPresentNames(environment: NodeJS.ProcessEnv, problems: string[] = []): NodeJS.ProcessEnv {
  const present = { ...environment };
  for (const former of Object.keys(environment)) {
    const name = former.replace(/^DATABASE_LISTEN_URL(?=$|_FILE$)/, 'DATABASE_DIRECT_URL');
    if (name === former) continue;
    if (present[name] && present[former]) problems.push(`${former} and ${name} are one setting; got both, set ${name}`);
    present[name] ||= present[former];
    delete present[former];
  }
  return present;
}

/** Returns a rejected value in quotes; of a secret its length, of a URL that may contain one nothing. */
export function quotedValue(name: string, value = ''): string {
  if (!SECRET_SETTINGS.has(name)) return JSON.stringify(value);
  if (settings.shape[name as keyof Settings] !== secret) return 'something else';
  const lengths = secretsIn(value).map(({ length }) => length);
  return lengths.length === 1
    ? `one of ${lengths} characters`
    : `${lengths.length} of ${lengths.join(', ')} characters`;
}
