import { LOG_START, type LogPosition } from '../../change/cursor.js';
import { DatabaseClient } from '../connection/client.js';
import { Reconnection } from '../connection/reconnect.js';
import { MIGRATIONS } from '../migrations/migrations.js';
import type { ReplicaServer } from './replica-server.js';

/** A replica that does not answer for this long is dead, or cut off. */
const ANSWER_TIMEOUT_MS = 1_000;

const POSITION = 'select id, mark from change order by id desc limit 1';
const MIGRATIONS_DONE = 'select count(*)::int as count from mikro_orm_migrations where name = any($1::text[])';

/** The calls of a watch. None may throw. */
interface Observer {
  /** Called with the newest change that the replica has. Returns the time until the next look, in milliseconds. */
  onPosition(position: LogPosition): number;
  /** Called each time a connection or an attempt to connect fails. */
  onLost(reason: unknown): void;
}

/**
 * Watches how far a replica is, over a connection of its own: a busy pool does not delay it. A lost one is replaced. Sends the
 * startup parameters of the pool, because a connection pooler that refuses them refuses the statements of operations.
 */
export class Watch {
  #client: DatabaseClient | undefined;
  #isWoken = false;
  #wake = () => {};
  readonly #reconnection: Reconnection;

  constructor(
    private readonly server: Pick<ReplicaServer, 'connection' | 'parameters'>,
    private readonly observer: Observer,
  ) {
    this.#reconnection = new Reconnection(() => this.#connect());
  }

  /** Looks again now: there are new changes. */
  wake(): void {
    this.#isWoken = true;
    this.#wake();
  }

  stop(): Promise<void> {
    return this.#reconnection.stop(() => {
      this.wake();
      return this.#client?.end();
    });
  }

  /** Connects, and looks until the connection is lost. */
  async #connect(): Promise<void> {
    const { connection, parameters } = this.server;
    const client = new DatabaseClient(connection, 'watch', {
      ...parameters,
      keepAlive: true,
      connectionTimeoutMillis: ANSWER_TIMEOUT_MS,
      query_timeout: ANSWER_TIMEOUT_MS,
    });
    this.#client = client;
    let reason: unknown;
    // Without a listener an 'error' event ends the process.
    client.on('error', error => {
      reason ??= error;
    });
    // A look that waits finds out that the connection is gone.
    client.on('end', () => this.wake());
    try {
      await client.connect();
      await requireMigrations(client);
      while (!this.#reconnection.isStopped) {
        this.#isWoken = false;
        const { rows } = await client.query<LogPosition>(POSITION);
        await this.#pause(this.observer.onPosition(rows[0] ?? LOG_START));
      }
    } catch (error) {
      reason ??= error;
    }
    if (!this.#reconnection.isStopped) this.observer.onLost(reason);
    await client.end().catch(() => undefined);
  }

  #pause(ms: number): Promise<void> {
    if (this.#isWoken) return Promise.resolve();
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms);
      timer.unref();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** @throws Error if the replica lacks a migration: the statements of this version would fail there. */
async function requireMigrations(client: DatabaseClient): Promise<void> {
  const names = MIGRATIONS.map(({ name }) => name);
  const { rows } = await client.query<{ count: number }>(MIGRATIONS_DONE, [names]);
  const missing = names.length - (rows[0]?.count ?? 0);
  if (missing > 0) throw new Error(`it lacks ${missing} migrations`);
}
