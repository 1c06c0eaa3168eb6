/** Returns the headers that the analyst set, as the editor has them; undefined if they are not a JSON object of texts. */
export function readHeaders(text: string): Record<string, string> | undefined {
  try {
    const headers: unknown = text.trim() ? JSON.parse(text) : {};
    const isObject = typeof headers === 'object' && headers !== null && !Array.isArray(headers);
    return isObject && Object.values(headers).every(value => typeof value === 'string')
      ? (headers as Record<string, string>)
      : undefined;
  } catch {
    return undefined;
  }
}
