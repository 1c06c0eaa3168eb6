import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 2_000;

/**
 * Listens on a channel of PostgreSQL with a connection of its own, for as long as the process lives: a connection that
 * breaks is made again, with pauses that grow. Notifications are a wake-up only; those sent while it was away are made
 * up for by one call when it is back.
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
      connectionTimeoutMillis: 5_000,
    });
    // Without a listener the end of the connection would end the process.
    const gone = new Promise<void>(resolve => {
      its.on('error', () => resolve());
      its.on('end', () => resolve());
    });
    its.on('notification', onNews);
    client = its;
    try {
      await its.connect();
      await its.query(`listen ${channel}`);
      onNews();
      await gone;
    } finally {
      onLost();
      await its.end().catch(() => undefined);
    }
  };
  const run = async (): Promise<void> => {
    let pause = FIRST_PAUSE;
    while (!stopped) {
      const since = Date.now();
      await connect().catch(() => undefined);
      if (Date.now() - since > LONGEST_PAUSE) pause = FIRST_PAUSE;
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
