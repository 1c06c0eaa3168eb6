/**
 * The text of an operation, with the types of its result and its variables. GraphQL Code Generator writes such documents
 * with `documentMode: 'string'`; those of this package are in `stedenband/client/questions`.
 */
export type TypedDocument<Data, Variables> = (string | { toString(): string }) & {
  __apiType?: (variables: Variables) => Data;
};

/** The arguments of an operation: variables may be left out if none is required. */
export type VariablesOf<Variables> =
  Record<string, never> extends Variables ? [variables?: Variables] : [variables: Variables];
