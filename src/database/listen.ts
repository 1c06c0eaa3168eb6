import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

const MIN_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 1_000;
/** A connection over which nothing is said may be dead without a sign: it is tried this often, in milliseconds. */
const HEARTBEAT_MS = 10_000;
const HEARTBEAT_TIMEOUT_MS = 3_000;

/**
 * Listens on a channel of PostgreSQL with a connection of its own, for as long as the process lives: a connection that
 * breaks, or no longer answers, is made again, with pauses that grow. Notifications are a wake-up only; those sent while
 * it was away are made up for by one call when it is back.
 *
 * @param onDisconnect Called when the connection is gone, each time.
 *
 * @returns The function that ends it.
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
    const its = new Client({
      connectionString: url,
      application_name: 'stedenband-listen',
      keepAlive: true,
      connectionTimeoutMillis: HEARTBEAT_TIMEOUT_MS,
      query_timeout: HEARTBEAT_TIMEOUT_MS,
    });
    // Without a listener the end of the connection would end the process.
    const gone = new Promise<void>(resolve => {
      its.on('error', () => resolve());
      its.on('end', () => resolve());
    });
    its.on('notification', onNotification);
    client = its;
    // With a statement under way it does not say goodbye, but cuts.
    const heartbeat = setInterval(
      () => its.query('select 1').catch(() => its.end().catch(() => undefined)),
      HEARTBEAT_MS,
    ).unref();
    try {
      await its.connect();
      await its.query(`listen ${channel}`);
      onNotification();
      await gone;
    } finally {
      clearInterval(heartbeat);
      onDisconnect();
      await its.end().catch(() => undefined);
    }
  };
  const run = async (): Promise<void> => {
    let pause = MIN_BACKOFF_MS;
    while (!stopped) {
      const since = Date.now();
      await connect().catch(() => undefined);
      if (Date.now() - since > 2 * HEARTBEAT_TIMEOUT_MS) pause = MIN_BACKOFF_MS;
      if (!stopped) await sleep(pause, undefined, { signal: stop.signal }).catch(() => undefined);
      pause = Math.min(pause * 2, MAX_BACKOFF_MS);
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
