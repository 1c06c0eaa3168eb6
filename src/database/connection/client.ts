import { Client, type ClientConfig } from 'pg';
import { findHost, SEARCH_TIMEOUT_MS } from './find-host.js';
import { type ConnectionOptions, driverConfig, driverTls, type Host } from './options.js';

/** A connection to the database of a connection string. All connections of the process are of this class. */
export class DatabaseClient extends Client {
  readonly #connection: ConnectionOptions;
  readonly #ssl: { host?: string | undefined } | undefined;
  #target: Host | undefined;

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
    const connecting = this.#findHost().then(host => {
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

  /** Searches the hosts again. Returns true if another one than that of this connection is found. */
  async isReplaced(): Promise<boolean> {
    return (await this.#findHost().catch(() => this.#target)) !== this.#target;
  }

  #findHost(): Promise<Host> {
    const connection = { ...this.#connection, writable: false };
    return findHost(
      this.#connection,
      host =>
        new DatabaseClient({ ...connection, hosts: [host] }, undefined, {
          connectionTimeoutMillis: SEARCH_TIMEOUT_MS,
          query_timeout: SEARCH_TIMEOUT_MS,
        }),
    );
  }

  #setHost(target: Host): void {
    const { host, port } = target;
    this.#target = target;
    if (host !== undefined) this.host = host;
    if (port !== undefined) this.port = port;
    // The driver passes on no address of digits, and Node.js would compare the certificate with `localhost`.
    if (this.#ssl) this.#ssl.host = this.host;
  }
}
