import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Protection, protectionOf, protectionSettings } from './protection.js';

/** Where this installation stands: the folder of package.json, above `src` and `dist`. */
export const root = new URL('..', import.meta.url);

/** Something an operator did that keeps the server from running; its message is one clear sentence. */
export class StartError extends Error {}

const settings = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'is a port number from 0 to 65535')
    .transform(Number)
    .refine(port => port <= 65_535, 'is a port number from 0 to 65535')
    .default(4000),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\/./, 'begins with postgres:// or postgresql://')
    .optional(),
  ADMIN_KEY: z.string().min(16, 'has at least 16 characters').optional(),
  ROUTER_SECRET: z.string().min(16, 'has at least 16 characters').optional(),
  OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'is the address of an OpenID provider' }).optional(),
  OIDC_AUDIENCE: z.string().optional(),
  RESPONSE_CACHE: z
    .string()
    .regex(/^(?:off|[1-9]\d{0,4})$/, 'is off, or a number of megabytes from 1 to 99999')
    .transform(size => (size === 'off' ? 0 : Number(size) * 1_000_000))
    .default(64_000_000),
  TRUSTED_DOCUMENTS: z.string().min(1, 'is a file').optional(),
  TRUSTED_DOCUMENTS_MODE: z.enum(['open', 'report', 'only'], 'is open, report or only').default('open'),
  DATA_DIR: z
    .string()
    .min(1, 'is a folder, or memory')
    .default(fileURLToPath(new URL('.data', root))),
  ...protectionSettings,
});

/** The names of all settings, for the README's table and for finding misspelt ones. */
export const settingNames = Object.keys(settings.shape);

/** Where the register is stored. */
export type Storage = { kind: 'postgresql'; url: string } | { kind: 'embedded'; directory: string | undefined };

export interface Config {
  host: string;
  port: number;
  storage: Storage;
  /** Who may write, besides those with a key of the register. */
  access: {
    adminKey: string | undefined;
    provider: { issuer: string; audience: string } | undefined;
    /** What a router shows that joins this graph to others. */
    routerSecret: string | undefined;
  };
  protection: Protection;
  /** How much the response cache may hold, in bytes; 0 when it is off. */
  cacheBytes: number;
  /** Documents that were agreed on, and what happens to others. */
  trusted: { file: string; mode: 'open' | 'report' | 'only' } | undefined;
}

/**
 * Reads the settings from the environment; the only place that does.
 *
 * @throws StartError that names every setting which is wrong, its rule and what came, and every name that looks like a
 * misspelt setting.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const problems = misspelt(Object.keys(environment));
  const given = Object.fromEntries(settingNames.map(name => [name, environment[name] || undefined]));
  const read = settings.safeParse(given);
  for (const { path, message } of read.error?.issues ?? []) {
    problems.push(`${path.join('.')} ${message}; got ${shownSetting(String(path[0]), given)}`);
  }
  const { OIDC_ISSUER, OIDC_AUDIENCE } = given;
  if ((OIDC_ISSUER === undefined) !== (OIDC_AUDIENCE === undefined)) {
    problems.push('OIDC_ISSUER and OIDC_AUDIENCE are set together; got one of them');
  }
  if (given.RATE_LIMIT_STORE === 'postgresql' && given.DATABASE_URL === undefined) {
    problems.push('RATE_LIMIT_STORE is postgresql only together with DATABASE_URL');
  }
  if (!read.success || problems.length) throw new StartError(`Settings: ${problems.join('. ')}.`);
  const { HOST, PORT, DATABASE_URL, DATA_DIR, ADMIN_KEY, ROUTER_SECRET } = read.data;
  const { RESPONSE_CACHE, TRUSTED_DOCUMENTS, TRUSTED_DOCUMENTS_MODE } = read.data;
  const directory = DATA_DIR === 'memory' ? undefined : DATA_DIR;
  return {
    host: HOST,
    port: PORT,
    storage: DATABASE_URL ? { kind: 'postgresql', url: DATABASE_URL } : { kind: 'embedded', directory },
    cacheBytes: RESPONSE_CACHE,
    trusted: TRUSTED_DOCUMENTS ? { file: TRUSTED_DOCUMENTS, mode: TRUSTED_DOCUMENTS_MODE } : undefined,
    access: {
      adminKey: ADMIN_KEY,
      routerSecret: ROUTER_SECRET,
      provider: OIDC_ISSUER && OIDC_AUDIENCE ? { issuer: OIDC_ISSUER, audience: OIDC_AUDIENCE } : undefined,
    },
    protection: protectionOf(read.data),
  };
}

/** Settings that may hold a secret: what came is not shown. */
const SECRET = new Set(['DATABASE_URL', 'ADMIN_KEY', 'ROUTER_SECRET']);

/** What came, in quotes, or nothing of it when it may hold a secret. */
function shownSetting(name: string, given: Record<string, string | undefined>): string {
  return SECRET.has(name) ? 'something else' : JSON.stringify(given[name]);
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
