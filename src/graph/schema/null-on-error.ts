/**
 * Returns the options of a root field whose arguments can be refused. It is nullable: an error of a non-null root field would
 * erase the answers of all other fields of the operation.
 */
export const nullOnError = (description: string) =>
  ({ nullable: true, description: `${description} Null only if \`errors\` has an entry for this field.` }) as const;
