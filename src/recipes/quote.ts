/** Quotes a text for a shell of POSIX. */
export const shellText = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Quotes a text for SQL. */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Quotes a name for SQL. */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Quotes a text for Python, on several lines if it has them. */
export const pythonText = (text: string): string =>
  text.includes('\n') ? `"""${text.replaceAll('\\', '\\\\').replaceAll(/"(?=""|$)/g, '\\"')}"""` : JSON.stringify(text);

/** Quotes a text for JavaScript, on several lines if it has them. */
export const javascriptText = (text: string): string =>
  text.includes('\n') ? `\`${text.replaceAll(/[\\`]|\$\{/g, '\\$&')}\`` : JSON.stringify(text);

/** Quotes a text for R as a raw text, between as many dashes as the text does not have. */
export function rText(text: string): string {
  let dashes = '';
  while (text.includes(`)${dashes}"`)) dashes += '-';
  return `r"${dashes}(${text})${dashes}"`;
}

/** Quotes a text for Power Query, in which `#(` begins an escape. */
export const powerQueryText = (text: string): string => `"${text.replaceAll('#(', '#(#)(').replaceAll('"', '""')}"`;

/** Writes a JSON value as one of Python. */
export function pythonValue(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(', ')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, member]) => `${JSON.stringify(name)}: ${pythonValue(member)}`)
    .join(', ')}}`;
}
