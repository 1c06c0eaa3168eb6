/** The parameters that reference a trusted document. */
const REFERENCES = ['documentId', 'doc_id', 'id', 'extensions'];

/**
 * Adds an empty query to a `subscribe` message that references a trusted document instead of its text, because graphql-ws
 * closes the socket for a message without one. Returns any other message as it came.
 */
export function withQuery(text: string): string {
  let message: { type?: unknown; payload?: Record<string, unknown> | null } | null;
  try {
    message = JSON.parse(text);
  } catch {
    return text;
  }
  const payload = message?.type === 'subscribe' ? message.payload : undefined;
  if (typeof payload !== 'object' || payload === null || (payload.query ?? '') !== '') return text;
  if (!REFERENCES.some(name => name in payload)) return text;
  return JSON.stringify({ ...message, payload: { ...payload, query: '' } });
}
