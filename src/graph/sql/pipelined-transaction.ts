import type { CompiledQuery, QueryResult } from 'kysely';
import type { Pool } from './pool.js';
import type { Done, StatementResult } from './prepared-query.js';
import { type Client, type Statement, sendPrepared, type UnpreparedResult } from './prepared-statements.js';
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
export class PipelinedTransaction {
  #begun: 'no' | 'yes' | Error = 'no';
  #isCorked = false;
  #isReleased = false;
  #isEnded = false;
  #failure: Error | undefined;
  /** The error for which PostgreSQL refuses what follows. */
  #cause: Error | undefined;
  /** Statements of this event-loop tick that are not submitted yet. */
  #issued: Statement[] = [];
  /** Called when the ORM has issued a statement. What is issued then is sent with it, and executed after it. */
  onOrmStatement: (() => void) | undefined;
  /** Statements that wait for the result of `begin`. */
  #waiting: (() => void)[] = [];

  private constructor(private readonly client: Client) {
    this.#cork();
    const done: Done = error => {
      this.#begun = error ?? 'yes';
      for (const send of this.#waiting.splice(0)) send();
    };
    this.#issued.push({ query: { text: 'begin', values: [] }, done });
  }

  /** The PostgreSQL process that executes it. */
  get processId(): number {
    return this.client.processID;
  }

  /** Begins a transaction on a connection of a pool. */
  static begin(pool: Pool): Promise<PipelinedTransaction> {
    return new Promise((resolve, reject) =>
      pool.connect((error, client) => {
        if (client) resolve(new PipelinedTransaction(client));
        else reject(error ?? new Error('The pool gave no connection.'));
      }),
    );
  }

  /** Sends a statement with values, prepared if it was sent before. Resolves with its rows as the driver parsed them. */
  async rows(query: SqlQuery): Promise<unknown[]> {
    return (await this.#issue(query)).rows;
  }

  /** Sends a statement of the ORM, whose text contains its values and is not sent again. The ORM calls it by this name. */
  async executeQuery<Row>({ sql: text, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const values = [...parameters];
    const sending = this.#send<UnpreparedResult>(text, done => this.#query({ text, values }, done));
    this.onOrmStatement?.();
    const { rows, rowCount } = await sending;
    // A text of several statements has no rows.
    return { rows: (rows ?? []) as Row[], numAffectedRows: BigInt(rowCount ?? 0) };
  }

  /** @throws The error of PostgreSQL, or one of a commit that it answered with a rollback, because a statement had failed. */
  async end(text: 'commit' | 'rollback'): Promise<void> {
    const ending = this.#issue({ text, values: [] });
    this.#isEnded = true;
    const { command } = await ending.catch(async (error: Error) => {
      this.#failure = error;
      // The transaction is still open if a statement failed that was sent in one batch with its end.
      await this.#rollBack();
      throw error;
    });
    if (command !== text.toUpperCase()) throw new Error(`The database answered ${text} with ${command}.`);
  }

  #rollBack(): Promise<void> {
    return new Promise(resolve =>
      this.client.query({ text: 'rollback' }, error => {
        if (!error) this.#failure = undefined;
        resolve();
      }),
    );
  }

  /** Returns the connection to the pool, which destroys it if the transaction may still be open. */
  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.client.release(this.#failure ?? (this.#isEnded ? undefined : new Error('The transaction was not ended.')));
  }

  /** Submits a statement at the end of this tick, together with others that are prepared. */
  #issue(query: SqlQuery): Promise<StatementResult> {
    return this.#send(query.text, done => void this.#issued.push({ query, done }));
  }

  /** Submits a statement behind those that were issued before it. */
  #query(config: { text: string; values?: unknown[] }, done: Done<UnpreparedResult>): void {
    this.#submitIssued();
    this.client.query(config, done);
  }

  #submitIssued(): void {
    sendPrepared(this.client, this.#issued.splice(0));
  }

  #send<Result>(text: string, submit: (done: Done<Result>) => void): Promise<Result> {
    return new Promise((resolve, reject) => {
      const send = () => {
        this.#cork();
        submit((error, result) => {
          // Without a transaction no result is valid.
          if (this.#begun instanceof Error) return reject(this.#begun);
          this.#cause = error ? (this.#cause ?? error) : undefined;
          if (this.#cause) reject(this.#cause);
          else resolve(result);
        });
      };
      if (this.#isEnded) return reject(new Error('The transaction has ended.'));
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
      this.#submitIssued();
      stream.uncork();
    });
  }
}
