import { channel } from 'node:diagnostics_channel';
import { CompiledQuery, type Kysely } from 'kysely';
import { queryFinished, queryStarted } from './batch-scheduler.js';
import { shareOf } from './connection-shares.js';
import { queryChannel, trace } from './diagnostics.js';
import type { Fork } from './fork.js';
import { momentOf } from './moment.js';
import { pipelinedQueryRunner } from './pipelined-pool.js';
import { PipelinedTransaction } from './pipelined-transaction.js';
import { poolOf } from './pool.js';
import { replicaRunnerOf } from './replicas.js';
import type { QueryRunner, SqlQuery } from './sql-query.js';

/** The event of `statementChannel`. */
export interface StatementEvent {
  text: string;
  /** The fork that sends it, by which statements are counted per operation. */
  em: Fork;
}

/** Publishes each read statement before it is sent. Tests count them, metrics measure them. */
export const statementChannel = channel('stedenband:statement');

const queryRunners = new WeakMap<object, QueryRunner>();

/**
 * Returns the query runner of a connection, which sends parameterised statements and returns rows; `em.find` would
 * inline the values and hydrate entities.
 */
async function openQueryRunner(em: Fork): Promise<QueryRunner> {
  const connection = em.getConnection('read');
  const client = await poolOf(em, 'read');
  // A concurrent call may have created it meanwhile.
  const existing = queryRunners.get(connection);
  if (existing) return existing;
  const runner = pipelinedQueryRunner(client);
  queryRunners.set(connection, runner);
  return runner;
}

/**
 * Sends one statement and returns its rows as the driver parsed them: text, numbers, booleans, arrays and JSON; timestamps
 * as text.
 *
 * In a transaction of `em`, uses the connection of the transaction: PGlite has only one, so any other read would wait for
 * the end of the transaction.
 */
export function queryRows<Row>(em: Fork, query: SqlQuery): Promise<Row[]> {
  return trace(
    queryChannel,
    () => ({ text: query.text }),
    () => runQuery<Row>(em, query),
  );
}

async function runQuery<Row>(em: Fork, query: SqlQuery): Promise<Row[]> {
  if (statementChannel.hasSubscribers) statementChannel.publish({ text: query.text, em } satisfies StatementEvent);
  queryStarted(em);
  try {
    const transaction = em.getTransactionContext<PipelinedTransaction | Kysely<unknown>>();
    if (transaction) return (await runInTransaction(transaction, query)) as Row[];
    const run = queryRunners.get(em.getConnection('read')) ?? (await openQueryRunner(em));
    const replica = replicaRunnerOf(em);
    if (replica) return (await replica(run, query, shareOf(em), momentOf(em))) as Row[];
    return (await run(query, shareOf(em), momentOf(em))) as Row[];
  } finally {
    queryFinished(em);
  }
}

async function runInTransaction(
  transaction: PipelinedTransaction | Kysely<unknown>,
  query: SqlQuery,
): Promise<unknown[]> {
  if (transaction instanceof PipelinedTransaction) return transaction.rows(query);
  return (await transaction.executeQuery(CompiledQuery.raw(query.text, query.values))).rows;
}
