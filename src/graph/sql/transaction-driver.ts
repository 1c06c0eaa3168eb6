import type { EntityManager } from '@mikro-orm/sql';
import { type Driver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { Pool } from './pipelined-pool.js';
import { PipelinedTransaction } from './pipelined-transaction.js';

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
    await connection.end('commit');
  }

  async rollbackTransaction(connection: PipelinedTransaction): Promise<void> {
    await connection.end('rollback');
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
