/** Limits of one document. Each key is the `limit` that the error names. */
export const DOCUMENT_LIMITS = {
  /** Lexical tokens: names, punctuators and values. */
  tokens: 2_000,
  /** Levels of fields. Introspection has its own limit, because the queries of common tools are deeper. */
  depth: 12,
  /** Fields and fragments, counted once per spread. */
  selections: 2_000,
  /** Different fields at the root of an operation. */
  rootFields: 20,
  /** Occurrences of one field in a selection set. Validation compares every pair of them, which is quadratic. */
  repeats: 50,
  /** Aliases of fields with a selection set: each repeats a record, or a list of them. */
  aliases: 30,
  /** Aliases of fields without one, such as a name in another language. */
  leafAliases: 100,
  directives: 50,
  /** Nested lists and objects in a literal value. */
  nesting: 32,
} as const;
