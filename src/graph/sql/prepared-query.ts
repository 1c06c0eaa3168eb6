import pg from 'pg';

/** Returns the text of a value, as `pg` sends it; null for none, and bytes as they are. Its types lack it. */
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): string | Buffer | null } }).utils;

/** Called with the result of a statement, or with its error. */
export type Done<Result = { rows: unknown[] }> = (
  error: (Error & { code?: string }) | null,
  // Of no use after an error.
  result: Result,
) => void;

/** The part of `pg`'s Connection that writes the messages of a prepared statement. */
export interface MessageWriter {
  parse(message: { name: string; text: string }): void;
  bind(message: { statement: string; values: readonly unknown[] }): void;
  describe(message: { type: 'P' }): void;
  execute(message: object): void;
  sync(): void;
  /** The texts that PostgreSQL has prepared, by name. */
  parsedStatements: Record<string, string>;
  /** Those whose preparation was sent. */
  submittedNamedStatements: Record<string, string>;
}

/** The parsers of values by type, such as those of `pg`'s client. */
export interface TypeParsers {
  getTypeParser(typeId: number, format: 'text'): (value: string) => unknown;
}

type RowOf = (values: readonly (string | null)[]) => object;

interface Column {
  name: string;
  dataTypeID: number;
}

/** A statement that one connection prepares. */
export class PreparedStatement {
  /** Makes a row of its values; undefined until PostgreSQL has described the columns. They never change: it refuses to. */
  rowOf: RowOf | undefined;

  constructor(
    readonly name: string,
    readonly text: string,
    readonly types: TypeParsers,
  ) {}
}

/**
 * An execution of a prepared statement, in the form that `pg`'s client takes in place of a Query. That one has the columns
 * described at each execution, and makes each row by names that it looks up. The client would call further handlers for a text
 * that is empty, and for `copy`, which no statement of ours is.
 */
export class PreparedQuery {
  // The client reads the first two, and wraps the third if it has a `query_timeout`.
  readonly name: string;
  readonly text: string;
  callback: Done;
  readonly #rows: object[] = [];
  #failure: Error | undefined;

  constructor(
    private readonly statement: PreparedStatement,
    private readonly values: readonly unknown[],
    done: Done,
  ) {
    this.name = statement.name;
    this.text = statement.text;
    this.callback = done;
  }

  /**
   * Writes the messages of the execution; the caller of the client has corked its stream. Returns an error, which the client
   * passes to `handleError`, if a value has no text.
   */
  submit(connection: MessageWriter): Error | null {
    const { name, text, statement } = this;
    let values: unknown[];
    try {
      values = this.values.map(value => prepareValue(value));
    } catch (error) {
      return error as Error;
    }
    if (!(name in connection.parsedStatements) && !(name in connection.submittedNamedStatements)) {
      connection.parse({ name, text });
      connection.submittedNamedStatements[name] = text;
    }
    connection.bind({ statement: name, values });
    if (!statement.rowOf) connection.describe({ type: 'P' });
    connection.execute({});
    connection.sync();
    return null;
  }

  handleRowDescription({ fields }: { fields: readonly Column[] }): void {
    this.statement.rowOf ??= compileRow(fields, this.statement.types);
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    try {
      this.#rows.push((this.statement.rowOf as RowOf)(fields));
    } catch (error) {
      this.#failure = error as Error;
    }
  }

  handleCommandComplete(): void {
    // Nothing describes the columns of a statement without rows.
    this.statement.rowOf ??= () => ({});
  }

  handleReadyForQuery(): void {
    this.callback(this.#failure ?? null, { rows: this.#rows });
  }

  handleError(error: Error): void {
    this.callback(error, { rows: [] });
  }
}

/**
 * Compiles the function that makes rows of some columns, whose names are ours:
 *
 * ```js
 * v => ({ "id": v[0] === null ? null : p[0](v[0]), "names": v[1] === null ? null : p[1](v[1]) })
 * ```
 */
function compileRow(columns: readonly Column[], types: TypeParsers): RowOf {
  const parsers = columns.map(({ dataTypeID }) => types.getTypeParser(dataTypeID, 'text'));
  const properties = columns.map(
    ({ name }, n) => `${JSON.stringify(name)}: v[${n}] === null ? null : p[${n}](v[${n}])`,
  );
  return new Function('p', `return v => ({ ${properties.join(', ')} });`)(parsers) as RowOf;
}
