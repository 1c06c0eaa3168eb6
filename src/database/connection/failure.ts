/** Codes of TLS for a certificate of an unknown authority. */
const UNKNOWN_AUTHORITY = /^(?:SELF_SIGNED|UNABLE_TO|DEPTH_ZERO|CERT_SIGNATURE)/;

/** Returns the message of a connection error, in one line and without the connection string. */
export function connectionFailure(error: unknown): string {
  const causes = error instanceof AggregateError ? error.errors : [error];
  const messages = causes.map(cause => {
    if (!(cause instanceof Error)) return String(cause);
    const code = String((cause as { code?: unknown }).code);
    const advice = UNKNOWN_AUTHORITY.test(code) ? '; sslrootcert names the file of its authority' : '';
    return (cause.message || code) + advice;
  });
  return messages.join(', ').split('\n')[0] ?? '';
}
