/** Replaces a redacted text, or the redacted passage of a text. A constant: it is stored, and equal in every language. */
export const REDACTED_TEXT = '[redacted]';

/** Replaces a redacted web address. RFC 2606 reserves the domain: no site can have it. */
export const REDACTED_URL = 'https://redacted.invalid/';

/** Returns whether a value, or a text in it, has the mark of a redaction. */
export function holdsRedaction(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(REDACTED_TEXT) || value.includes(REDACTED_URL);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsRedaction);
}
