import type { Release, Share } from './connection-shares.js';
import type { QueryRunner, SqlQuery } from './sql-query.js';

/** A statement that waits to be sent. Exactly one of `resolve` and `reject` is called. */
export interface PendingQuery {
  query: SqlQuery;
  share: Share | undefined;
  /** The moment that it reads; undefined is the present. */
  moment: number | undefined;
  resolve: (rows: unknown[]) => void;
  reject: (error: Error) => void;
}

/**
 * Sends statements of one client at one moment together.
 *
 * @param onEnd Called when the connection is released; with true if it broke, or if there was none.
 */
export type SendBatch = (batch: readonly PendingQuery[], onEnd: Release) => void;

/** A slow statement delays at most this many others. */
const MAX_BATCHED_STATEMENTS = 4;

/**
 * Returns a query runner that sends the statements of one event-loop tick in batches of at most four. The statements of a
 * client with a share are sent apart from those of others, and wait while the share is used up.
 */
export function batchedQueryRunner(send: SendBatch): QueryRunner {
  let waiting: PendingQuery[] = [];

  function flush(): void {
    const queries = waiting;
    waiting = [];
    for (const own of byClientAndMoment(queries)) {
      for (let start = 0; start < own.length; start += MAX_BATCHED_STATEMENTS)
        sendWithinShare(send, own.slice(start, start + MAX_BATCHED_STATEMENTS));
    }
  }

  return (query, share, moment) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ query, share, moment, resolve, reject });
    });
}

/** Groups statements by client and moment. Most often all are for one client in the present. */
function byClientAndMoment(queries: readonly PendingQuery[]): Iterable<readonly PendingQuery[]> {
  const client = queries[0]?.share?.client;
  const moment = queries[0]?.moment;
  if (queries.every(query => query.share?.client === client && query.moment === moment)) return [queries];
  return Map.groupBy(queries, query => JSON.stringify([query.share?.client, query.moment])).values();
}

/** Sends statements of one client as soon as its share permits it. */
export function sendWithinShare(send: SendBatch, batch: readonly PendingQuery[]): void {
  const share = batch[0]?.share;
  if (!share) {
    send(batch, () => undefined);
    return;
  }
  share.shares.acquire(
    share.client,
    release => send(batch, release),
    error => {
      for (const { reject } of batch) reject(error);
    },
  );
}
