import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

const MIN_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 1_000;
/** Interval of test statements: an idle connection may be dead without an error. */
const HEARTBEAT_MS = 10_000;
const HEARTBEAT_TIMEOUT_MS = 3_000;

/**
 * Listens on a channel of PostgreSQL with a dedicated connection: `listen stedenband_change`. A connection that breaks or
 * stops responding is replaced, with growing pauses between attempts. Notifications are wake-ups only; those sent during
 * an outage are lost, and replaced by one call after reconnecting.
 *
 * @param onNotification Called for each notification, and each time the connection starts to listen. Must not throw.
 * @param onDisconnect Called each time the connection or an attempt to connect fails, and once on stop. Must not throw.
 * @returns A function that stops listening.
 */
export function listen(
  url: string,
  channel: string,
  onNotification: () => void,
  onDisconnect: () => void,
): () => Promise<void> {
  let client: Client | undefined;
  let stopped = false;
  const stop = new AbortController();

  const connect = async (): Promise<void> => {
    const connection = new Client({
      connectionString: url,
      application_name: 'stedenband-listen',
      keepAlive: true,
      connectionTimeoutMillis: HEARTBEAT_TIMEOUT_MS,
      query_timeout: HEARTBEAT_TIMEOUT_MS,
    });
    // Without a listener an 'error' event ends the process.
    const disconnected = new Promise<void>(resolve => {
      connection.on('error', () => resolve());
      connection.on('end', () => resolve());
    });
    connection.on('notification', onNotification);
    client = connection;
    // With a statement in flight `end` destroys the socket instead of sending a Terminate message.
    const heartbeat = setInterval(
      () => connection.query('select 1').catch(() => connection.end().catch(() => undefined)),
      HEARTBEAT_MS,
    ).unref();
    try {
      await connection.connect();
      await connection.query(`listen ${channel}`);
      onNotification();
      await disconnected;
    } finally {
      clearInterval(heartbeat);
      onDisconnect();
      await connection.end().catch(() => undefined);
    }
  };
  const run = async (): Promise<void> => {
    let backoff = MIN_BACKOFF_MS;
    while (!stopped) {
      const startedAt = Date.now();
      await connect().catch(() => undefined);
      if (Date.now() - startedAt > 2 * HEARTBEAT_TIMEOUT_MS) backoff = MIN_BACKOFF_MS;
      if (!stopped) await sleep(backoff, undefined, { signal: stop.signal }).catch(() => undefined);
      backoff = Math.min(backoff * 2, MAX_BACKOFF_MS);
    }
  };
  const running = run();
  return async () => {
    stopped = true;
    stop.abort();
    await client?.end().catch(() => undefined);
    await running;
  };
}
