import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 1_000;
/** A connection over which nothing is said may be dead without a sign: it is tried this often, in milliseconds. */
const HEARTBEAT = 10_000;
const TIMEOUT = 3_000;

/**
 * Listens on a channel of PostgreSQL with a connection of its own, for as long as the process lives: a connection that
 * breaks, or no longer answers, is made again, with pauses that grow. Notifications are a wake-up only; those sent while
 * it was away are made up for by one call when it is back.
 *
 * @param onLost Called when the connection is gone, each time.
 *
 * @returns The function that ends it.
 */
export function listen(url: string, channel: string, onNews: () => void, onLost: () => void): () => Promise<void> {
  let client: Client | undefined;
  let stopped = false;
  const stop = new AbortController();

  const connect = async (): Promise<void> => {
    const its = new Client({
      connectionString: url,
      application_name: 'stedenband-listen',
      keepAlive: true,
      connectionTimeoutMillis: TIMEOUT,
      query_timeout: TIMEOUT,
    });
    // Without a listener the end of the connection would end the process.
    const gone = new Promise<void>(resolve => {
      its.on('error', () => resolve());
      its.on('end', () => resolve());
    });
    its.on('notification', onNews);
    client = its;
    // With a statement under way it does not say goodbye, but cuts.
    const heartbeat = setInterval(
      () => its.query('select 1').catch(() => its.end().catch(() => undefined)),
      HEARTBEAT,
    ).unref();
    try {
      await its.connect();
      await its.query(`listen ${channel}`);
      onNews();
      await gone;
    } finally {
      clearInterval(heartbeat);
      onLost();
      await its.end().catch(() => undefined);
    }
  };
  const run = async (): Promise<void> => {
    let pause = FIRST_PAUSE;
    while (!stopped) {
      const since = Date.now();
      await connect().catch(() => undefined);
      if (Date.now() - since > 2 * TIMEOUT) pause = FIRST_PAUSE;
      if (!stopped) await sleep(pause, undefined, { signal: stop.signal }).catch(() => undefined);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
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
