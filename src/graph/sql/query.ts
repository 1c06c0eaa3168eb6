import { channel } from 'node:diagnostics_channel';
import type { EntityManager } from '@mikro-orm/sql';
import { CompiledQuery, type Kysely } from 'kysely';
import { queryFinished, queryStarted } from './batch-scheduler.js';
import { queryChannel, trace } from './diagnostics.js';
import { type Pool, pipelinedQueryRunner } from './pipelined-pool.js';
import type { QueryRunner, SqlQuery } from './sql-query.js';

/** What `statements` publishes for each statement sent. */
export interface StatementEvent {
  text: string;
  /** The fork it is sent through, which tells whose it is. */
  em: EntityManager;
}

/** Every read statement is published here before it is sent: tests count them, operators measure them. */
export const statementChannel = channel('stedenband:statement');

/** PGlite, as far as reading goes. */
interface PgliteClient {
  query(text: string, values: unknown[]): Promise<{ rows: unknown[] }>;
  execProtocol: unknown;
}

const isEmbedded = (client: Pool | PgliteClient): client is PgliteClient => 'execProtocol' in client;

const queryRunners = new WeakMap<object, QueryRunner>();

/** One reader a connection: `em.find` would inline its values and hydrate entities, this sends a named statement. */
async function openQueryRunner(em: EntityManager): Promise<QueryRunner> {
  const connection = em.getConnection('read') as unknown as { getNativeClient(): Promise<Pool | PgliteClient> };
  const client = await connection.getNativeClient();
  // Others that asked at the same time may have been here.
  const other = queryRunners.get(connection);
  if (other) return other;
  const reader: QueryRunner = isEmbedded(client)
    ? async ({ text, values }) => (await client.query(text, values)).rows
    : pipelinedQueryRunner(client);
  queryRunners.set(connection, reader);
  return reader;
}

/**
 * Runs one read statement and gives its rows as the driver parsed them: text, numbers, booleans, arrays and JSON as
 * themselves, timestamps as text.
 *
 * Inside a transaction of `em` it runs on that transaction's connection: PGlite has only one, so a read beside an open
 * transaction would wait for ever.
 */
export function queryRows<Row>(em: EntityManager, query: SqlQuery): Promise<Row[]> {
  return trace(
    queryChannel,
    () => ({ text: query.text }),
    () => runQuery<Row>(em, query),
  );
}

async function runQuery<Row>(em: EntityManager, query: SqlQuery): Promise<Row[]> {
  if (statementChannel.hasSubscribers) statementChannel.publish({ text: query.text, em } satisfies StatementEvent);
  queryStarted(em);
  try {
    const transaction = em.getTransactionContext<Kysely<unknown>>();
    if (transaction) {
      const { text, values } = query;
      return (await transaction.executeQuery(CompiledQuery.raw(text, values))).rows as Row[];
    }
    const read = queryRunners.get(em.getConnection('read')) ?? (await openQueryRunner(em));
    return (await read(query)) as Row[];
  } finally {
    queryFinished(em);
  }
}
