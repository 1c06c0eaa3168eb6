/** Data exceptions (22), and values that exceed a limit of the database (54). */
const VALUE_ERROR = /^(?:22|54)[\dA-Z]{3}$/;

/** Returns the SQLSTATE of an error of the database: https://www.postgresql.org/docs/current/errcodes-appendix.html. */
export function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return typeof code === 'string' && /^[\dA-Z]{5}$/.test(code) ? code : sqlStateOf(cause);
}

/** Returns the name of the constraint that a statement violates. */
export function constraintOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { constraint, cause } = error as { constraint?: unknown; cause?: unknown };
  return typeof constraint === 'string' ? constraint : constraintOf(cause);
}

/** Returns true if the database refused a value of a statement: the same request cannot succeed. */
export const isValueError = (error: unknown): boolean => VALUE_ERROR.test(sqlStateOf(error) ?? '');
