/** What a document may hold; each is refused by a name of its own. */
export const DOCUMENT_LIMITS = {
  /** Names, braces, values and the like. */
  tokens: 2_000,
  /** Levels of fields. Introspection has a bound of its own, so that every tool can read the schema. */
  depth: 12,
  /** Fields and fragments, counted as often as they are spread. */
  selections: 2_000,
  /** Different fields at the root of an operation. */
  rootFields: 20,
  /** How often a field may stand in one place: each pair of them is compared. */
  repeats: 50,
  aliases: 30,
  directives: 50,
  /** Lists and objects inside each other in a value. */
  nesting: 32,
} as const;
