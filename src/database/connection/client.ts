import { Client, type ClientConfig } from 'pg';
import { type ConnectionOptions, driverConfig, driverTls, type Host } from './options.js';

/** Limits the time to find the host that accepts writes. */
const SEARCH_TIMEOUT_MS = 2_000;
/** Searches in progress: connections that are opened at the same time share one. */
const searches = new WeakMap<ConnectionOptions, Promise<Host>>();

/** A connection to the database of a connection string. All connections of the process are of this class. */
export class DatabaseClient extends Client {
  readonly #connection: ConnectionOptions;
  readonly #ssl: { host?: string | undefined } | undefined;

  /** @param purpose Is added to the application name; none for the pool. */
  constructor(
    connection: ConnectionOptions,
    purpose: 'listen' | 'export' | 'lock' | 'watch' | undefined,
    config: ClientConfig,
  ) {
    const name = connection.applicationName;
    const ssl = driverTls(connection.tls);
    super({
      ...driverConfig(connection),
      // The pool adds to the options of the session.
      ...config,
      ...(ssl !== undefined && { ssl }),
      application_name: purpose === undefined ? name : `${name}-${purpose}`,
    });
    this.#connection = connection;
    if (ssl) this.#ssl = ssl;
    this.#setHost(connection.hosts[0] as Host);
  }

  override connect(): Promise<Client>;
  override connect(done: (error: Error) => void): void;
  override connect(done?: (error: Error) => void): Promise<Client> | undefined {
    const { hosts, writable } = this.#connection;
    // The driver itself calls back: after a promise in between, an error could come before its listener.
    const connect = () => (done ? super.connect(done) : Promise.race([super.connect(), this.#ended()]));
    if (hosts.length === 1 && !writable) return connect() as Promise<Client> | undefined;
    const connecting = findHost(this.#connection).then(host => {
      this.#setHost(host);
      return connect() as Promise<Client>;
    });
    if (!done) return connecting;
    connecting.catch(done);
    return undefined;
  }

  /** Rejects when the connection has ended: the driver never settles a `connect` that `end` breaks off. */
  #ended(): Promise<never> {
    return new Promise((_, reject) => {
      this.once('end', () => reject(new Error('The connection was ended.')));
    });
  }

  #setHost({ host, port }: Host): void {
    if (host !== undefined) this.host = host;
    if (port !== undefined) this.port = port;
    // The driver passes on no address of digits, and Node.js would compare the certificate with `localhost`.
    if (this.#ssl) this.#ssl.host = this.host;
  }
}

/**
 * Finds a host that accepts connections and, if `writable`, writes. Asks all hosts at once, because one that is away may
 * not respond.
 *
 * @throws An error with the reason of each host, and with the SQLSTATE of a database that does not accept connections.
 */
function findHost(connection: ConnectionOptions): Promise<Host> {
  const current = searches.get(connection);
  if (current) return current;
  const search = Promise.any(connection.hosts.map(host => probe(connection, host)))
    .catch((error: AggregateError) => {
      const reasons = error.errors.map(({ message }: Error) => message).join('; ');
      throw Object.assign(new Error(`no host ${connection.writable ? 'accepts writes' : 'responds'}: ${reasons}`), {
        code: '57P03',
      });
    })
    .finally(() => searches.delete(connection));
  searches.set(connection, search);
  return search;
}

async function probe(connection: ConnectionOptions, host: Host): Promise<Host> {
  const client = new DatabaseClient({ ...connection, hosts: [host], writable: false }, undefined, {
    connectionTimeoutMillis: SEARCH_TIMEOUT_MS,
    query_timeout: SEARCH_TIMEOUT_MS,
  });
  const name = `${client.host}:${client.port}`;
  // Without a listener an 'error' event ends the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ transaction_read_only: string }>('show transaction_read_only');
    if (!connection.writable || rows[0]?.transaction_read_only === 'off') return host;
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message || (error as { code?: string }).code}`);
  } finally {
    await client.end().catch(() => undefined);
  }
  throw new Error(`${name} is a replica, or read-only`);
}
