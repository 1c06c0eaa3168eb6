import type { ClientConfig } from 'pg';

/** A host; the driver's default for a part that is undefined. */
export interface Host {
  host: string | undefined;
  port: number | undefined;
}

/** The contents of the files of `sslrootcert`, `sslcert` and `sslkey`, and the checks of the server's certificate. */
export interface TlsOptions {
  check: 'none' | 'chain' | 'chain and host';
  ca?: string;
  cert?: string;
  key?: string;
}

/** A parsed connection string. Structured-cloneable, to be sent to a worker thread. */
export interface ConnectionOptions {
  hosts: readonly Host[];
  database: string;
  user: string | undefined;
  password: string | undefined;
  /** Command-line options of the session: `-c work_mem=16MB`. */
  options: string | undefined;
  applicationName: string;
  /** True to connect only to a host that accepts writes. */
  writable: boolean;
  /** `false` for a connection without TLS; `undefined` leaves it to the driver, which reads PGSSLMODE. */
  tls: TlsOptions | false | undefined;
}

/** Returns the options of the driver, which MikroORM has by the same names, with the first host. */
export function driverConfig({ hosts, user, password, database, options }: ConnectionOptions) {
  return {
    database,
    ...(hosts[0]?.host !== undefined && { host: hosts[0].host }),
    ...(hosts[0]?.port !== undefined && { port: hosts[0].port }),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(options !== undefined && { options }),
  };
}

/** Returns a new object each time: the driver hides its key. */
export function driverTls(tls: TlsOptions | false | undefined): Exclude<ClientConfig['ssl'], true> {
  if (!tls) return tls;
  const { check, ...files } = tls;
  return {
    ...files,
    rejectUnauthorized: check !== 'none',
    ...(check !== 'chain and host' && { checkServerIdentity: () => undefined }),
  };
}
