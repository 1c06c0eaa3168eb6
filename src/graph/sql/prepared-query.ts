import pg from 'pg';

/** Returns the text of a value, as `pg` sends it; null for none, and bytes as they are. Its types lack it. */
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): string | Buffer | null } }).utils;

/** The result of a statement, with the command that PostgreSQL executed: `COMMIT`, `INSERT 0 1`. */
export interface StatementResult {
  rows: unknown[];
  command: string;
}

/** Called with the result of a statement, or with its error. */
export type Done<Result = StatementResult> = (
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

export interface Column {
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

/** An execution of a prepared statement, which makes its rows as PostgreSQL sends them. */
export class PreparedQuery {
  readonly #rows: object[] = [];
  command = '';
  #failure: Error | undefined;

  constructor(
    readonly statement: PreparedStatement,
    private readonly values: readonly unknown[],
    private readonly done: Done,
  ) {}

  /** Returns the texts of its values. @throws The error of a value that has none. */
  texts(): (string | Buffer | null)[] {
    return this.values.map(prepareValue);
  }

  /** Writes the messages of the execution, without those that wait for its result. */
  write(connection: MessageWriter, values: readonly unknown[]): void {
    const { name, text, rowOf } = this.statement;
    if (!(name in connection.parsedStatements) && !(name in connection.submittedNamedStatements)) {
      connection.parse({ name, text });
      connection.submittedNamedStatements[name] = text;
    }
    connection.bind({ statement: name, values });
    if (!rowOf) connection.describe({ type: 'P' });
    connection.execute({});
  }

  describe(columns: readonly Column[]): void {
    this.statement.rowOf ??= compileRow(columns, this.statement.types);
  }

  addRow(values: readonly (string | null)[]): void {
    try {
      this.#rows.push((this.statement.rowOf as RowOf)(values));
    } catch (error) {
      this.#failure = error as Error;
    }
  }

  /** Calls back with the rows. */
  end(): void {
    // Nothing describes the columns of a statement without rows.
    this.statement.rowOf ??= () => ({});
    this.done(this.#failure ?? null, { rows: this.#rows, command: this.command });
  }

  fail(error: Error): void {
    this.done(error, { rows: [], command: '' });
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
