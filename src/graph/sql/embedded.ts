import { batchedQueryRunner, type PendingQuery, type SendBatch } from './batched-queries.js';
import { enterMoment, textAtMoment } from './moment.js';
import type { QueryRunner, SqlQuery } from './sql-query.js';

interface Session {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** The part of PGlite that reading needs. */
export interface Embedded extends Session {
  execProtocol: unknown;
  /** Runs a transaction alone: others, also those of the ORM, wait for its end, and it for theirs. */
  transaction<T>(work: (transaction: Session & { rollback(): Promise<void> }) => Promise<T>): Promise<T>;
}

/** Returns whether a client of the database is PGlite. */
export const isEmbedded = <Other extends object>(client: Other | Embedded): client is Embedded =>
  'execProtocol' in client;

/** Returns a query runner over PGlite, which runs one statement at a time. A client with a share sends one at a time. */
export function embeddedQueryRunner(client: Embedded): QueryRunner {
  const send = async ({ text, values }: SqlQuery) => (await client.query(text, values)).rows;
  const past = batchedQueryRunner(pastSender(client));
  return (query, share, moment) => {
    if (moment !== undefined) return past(query, share, moment);
    return share
      ? new Promise((resolve, reject) =>
          share.shares.acquire(
            share.client,
            release => void send(query).finally(release).then(resolve, reject),
            reject,
          ),
        )
      : send(query);
  };
}

/** Returns a function that sends statements of the past in one transaction, and those after one that fails in another. */
function pastSender(client: Embedded): SendBatch {
  return async (batch, onEnd) => {
    let rest = batch;
    while (rest.length) {
      const current = rest;
      rest = await client
        .transaction(transaction => sendUntilFailure(transaction, current))
        .catch(error => {
          for (const { reject } of current) reject(error as Error);
          return [];
        });
    }
    onEnd();
  };
}

/** Sends statements in a transaction. Returns those after the first one that fails. */
async function sendUntilFailure(
  transaction: Session & { rollback(): Promise<void> },
  batch: readonly PendingQuery[],
): Promise<readonly PendingQuery[]> {
  await transaction.query(enterMoment(batch[0]?.moment as number));
  for (const [i, { query, resolve, reject }] of batch.entries()) {
    try {
      resolve((await transaction.query(textAtMoment(query.text), query.values)).rows);
    } catch (error) {
      reject(error as Error);
      await transaction.rollback();
      return batch.slice(i + 1);
    }
  }
  return [];
}
