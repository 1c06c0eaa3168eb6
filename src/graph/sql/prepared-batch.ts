import type { Column, MessageWriter, PreparedQuery } from './prepared-query.js';

/**
 * Executions of prepared statements, in the form that `pg`'s client takes in place of a Query. That one has the columns described
 * at each execution, and makes each row by names that it looks up. One Sync ends all of them: PostgreSQL sends their results
 * together, where it would wake the client for each, and after one that fails it skips the rest.
 *
 * The client would call further handlers for a text that is empty, and for `copy`, which no statement of ours is.
 */
export class PreparedBatch {
  /** The number of those that PostgreSQL has executed. */
  #executed = 0;
  /** The one with a value that has no text. */
  #unsendable: PreparedQuery | undefined;

  /**
   * @param queries At least one, in their order.
   * @param onSkipped Called with those that were not executed, because one failed; by default they fail with the same error.
   */
  constructor(
    private readonly queries: readonly PreparedQuery[],
    private readonly onSkipped?: (queries: readonly PreparedQuery[]) => void,
  ) {}

  /** The statement of the execution whose results are received: the client registers it when it was parsed. */
  get name(): string | undefined {
    return this.#current?.statement.name;
  }

  get text(): string | undefined {
    return this.#current?.statement.text;
  }

  get #current(): PreparedQuery | undefined {
    return this.queries[this.#executed];
  }

  /**
   * Writes all messages; the caller of the client has corked its stream. Returns an error, which the client passes to
   * `handleError`, if a value has no text.
   */
  submit(connection: MessageWriter): Error | null {
    const values: unknown[][] = [];
    for (const query of this.queries) {
      try {
        values.push(query.texts());
      } catch (error) {
        this.#unsendable = query;
        return error as Error;
      }
    }
    for (const [index, query] of this.queries.entries()) query.write(connection, values[index] as unknown[]);
    connection.sync();
    return null;
  }

  handleRowDescription({ fields }: { fields: readonly Column[] }): void {
    this.#current?.describe(fields);
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    this.#current?.addRow(fields);
  }

  handleCommandComplete({ text }: { text: string }): void {
    if (this.#current) this.#current.command = text;
    this.#executed += 1;
  }

  handleReadyForQuery(): void {
    for (const query of this.queries) query.end();
  }

  handleError(error: Error, { submittedNamedStatements }: MessageWriter): void {
    const failed = this.#unsendable ?? this.#current;
    const skipped = this.queries.slice(this.#executed).filter(query => query !== failed);
    for (const query of this.queries.slice(0, this.#executed)) query.end();
    failed?.fail(error);
    // PostgreSQL has not parsed them.
    for (const { statement } of skipped) delete submittedNamedStatements[statement.name];
    if (this.onSkipped) this.onSkipped(skipped);
    else for (const query of skipped) query.fail(error);
  }
}
