import type { EntityManager } from '@mikro-orm/sql';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { Pool } from './pipelined-pool.js';
import { type Client, type Done, sendPrepared } from './prepared-statements.js';
import type { SqlQuery } from './sql-query.js';

/** Statements that have no effect outside of a transaction: they lock until its end, or read. */
const WITHOUT_EFFECT = /^\s*select\b/i;

/**
 * A transaction on a connection of the pool. Statements are sent as soon as they are issued, without waiting for the results of
 * those before; all of one event-loop tick are written together. PostgreSQL executes them in this order, each with the rows that
 * were committed when it begins. After one that fails, it refuses the rest.
 *
 * `begin` is written with the first statements if those only read or lock, because they would be executed without it if it
 * failed.
 */
class PipelinedTransaction implements DatabaseConnection {
  #begun: 'no' | 'yes' | Error = 'no';
  #isCorked = false;
  #isReleased = false;
  #failure: Error | undefined;
  /** Statements that wait for the result of `begin`. */
  #waiting: (() => void)[] = [];

  constructor(private readonly client: Client) {}

  begin(): void {
    this.#cork();
    this.client.query({ text: 'begin' }, error => {
      this.#begun = error ?? 'yes';
      for (const send of this.#waiting.splice(0)) send();
    });
  }

  /** Sends a statement with values, prepared if it was sent before. Resolves with its rows as the driver parsed them. */
  async rows(query: SqlQuery): Promise<unknown[]> {
    return (await this.#send(query.text, done => sendPrepared(this.client, query, done))).rows;
  }

  /** Sends a statement of the ORM, whose text contains its values and is not sent again. */
  async executeQuery<Row>({ sql: text, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const values = [...parameters];
    const { rows, rowCount } = await this.#send(text, done => this.client.query({ text, values }, done));
    // A text of several statements has no rows.
    return { rows: (rows ?? []) as Row[], numAffectedRows: BigInt(rowCount ?? 0) };
  }

  // biome-ignore lint/correctness/useYield: the interface demands it; nothing streams in a transaction.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('A pipelined transaction streams no rows.');
  }

  async rollback(): Promise<void> {
    try {
      await this.executeQuery(CompiledQuery.raw('rollback'));
    } catch (error) {
      this.#failure = error as Error;
      throw error;
    }
  }

  /** Returns the connection to the pool, which destroys it if the transaction may still be open. */
  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.client.release(this.#failure);
  }

  #send(text: string, submit: (done: Done) => void): Promise<Parameters<Done>[1]> {
    return new Promise((resolve, reject) => {
      const send = () => {
        this.#cork();
        submit((error, result) => {
          // Without a transaction no result is valid.
          if (this.#begun instanceof Error) reject(this.#begun);
          else if (error) reject(error);
          else resolve(result);
        });
      };
      const isFirst = this.#begun === 'no' && this.#waiting.length === 0;
      if (this.#begun instanceof Error) reject(this.#begun);
      else if (this.#begun === 'yes' || (isFirst && WITHOUT_EFFECT.test(text))) send();
      else this.#waiting.push(() => (this.#begun instanceof Error ? reject(this.#begun) : send()));
    });
  }

  /** Holds back what is written until all promise jobs that are due have run. */
  #cork(): void {
    if (this.#isCorked) return;
    this.#isCorked = true;
    const { stream } = this.client.connection;
    stream.cork();
    process.nextTick(() => {
      this.#isCorked = false;
      stream.uncork();
    });
  }
}

/** Runs the transactions of a pool for the ORM. */
class TransactionDriver implements Driver {
  constructor(private readonly pool: Pool) {}

  async init(): Promise<void> {}

  acquireConnection(): Promise<PipelinedTransaction> {
    return new Promise((resolve, reject) =>
      this.pool.connect((error, client) => {
        if (client) resolve(new PipelinedTransaction(client));
        else reject(error ?? new Error('The pool gave no connection.'));
      }),
    );
  }

  async beginTransaction(connection: PipelinedTransaction): Promise<void> {
    connection.begin();
  }

  async commitTransaction(connection: PipelinedTransaction): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: PipelinedTransaction): Promise<void> {
    await connection.rollback();
  }

  async releaseConnection(connection: PipelinedTransaction): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {}
}

/** The database of the ORM's transactions, by pool. */
const databases = new WeakMap<Pool, Kysely<unknown>>();

const transactions = new WeakMap<object, PipelinedTransaction>();

/** Returns the pipelined transaction of a fork; undefined if it is in none. */
export const pipelinedTransactionOf = (context: object): Pick<PipelinedTransaction, 'rows'> | undefined =>
  transactions.get(context);

/** Begins a transaction of a fork on a connection of its pool. Returns the function that releases the connection. */
export async function beginPipelined(em: EntityManager): Promise<() => void> {
  const pool = await (em.getConnection() as unknown as { getNativeClient(): Promise<Pool> }).getNativeClient();
  let database = databases.get(pool);
  if (!database) {
    const dialect = {
      createDriver: () => new TransactionDriver(pool),
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: (kysely: Kysely<unknown>) => new PostgresIntrospector(kysely),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    };
    database = new Kysely({ dialect });
    databases.set(pool, database);
  }
  const context = await database.startTransaction().execute();
  const connection = await context.getExecutor().provideConnection(async own => own as PipelinedTransaction);
  transactions.set(context, connection);
  em.setTransactionContext(context);
  return () => connection.release();
}
