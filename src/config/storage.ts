import type { Settings } from './settings.js';

/** The database of the register: a PostgreSQL, or an embedded database in a folder or, without one, in memory. */
export type Storage = PostgreSqlStorage | { kind: 'embedded'; directory: string | undefined };

export interface PostgreSqlStorage {
  kind: 'postgresql';
  url: string;
  /** The mode of the connection pooler that `url` leads to. It takes no time-outs as startup parameters. */
  pooler?: 'transaction' | undefined;
  /** A direct connection if `url` leads to a connection pooler, for what needs a session: LISTEN, locks, migrations. */
  directUrl?: string | undefined;
  /** Streaming replicas, which read operations use. */
  replicas?: { urls: readonly string[]; maxLagMs: number } | undefined;
}

/** Returns the PostgreSQL of the settings; undefined if they have none. */
export function postgreSqlOf(settings: Settings): PostgreSqlStorage | undefined {
  const { DATABASE_URL, DATABASE_DIRECT_URL, DATABASE_POOLER, DATABASE_REPLICA_URLS, REPLICA_MAX_LAG_MS } = settings;
  if (!DATABASE_URL) return undefined;
  return {
    kind: 'postgresql',
    url: DATABASE_URL,
    pooler: DATABASE_POOLER,
    directUrl: DATABASE_DIRECT_URL,
    replicas: DATABASE_REPLICA_URLS && { urls: DATABASE_REPLICA_URLS, maxLagMs: REPLICA_MAX_LAG_MS },
  };
}

/** Returns a sentence for each setting of a PostgreSQL that lacks another one. */
export function storageProblems(values: Readonly<Record<string, string | undefined>>): string[] {
  const dependent = ['DATABASE_DIRECT_URL', 'DATABASE_POOLER', 'DATABASE_REPLICA_URLS'];
  const problems = dependent
    .filter(name => values[name] !== undefined && values.DATABASE_URL === undefined)
    .map(name => `${name} is set only together with DATABASE_URL`);
  if (values.DATABASE_POOLER !== undefined && values.DATABASE_DIRECT_URL === undefined) {
    problems.push(
      'DATABASE_POOLER needs DATABASE_DIRECT_URL: a connection to PostgreSQL itself, for what a pooled connection cannot do',
    );
  }
  return problems;
}
