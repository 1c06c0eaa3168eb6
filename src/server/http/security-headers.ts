import type { ServerResponse } from 'node:http';

/**
 * The headers that helmet sets, for responses that are data: nothing in them may be executed, framed or sniffed. The page
 * of GraphiQL replaces the first.
 */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

/**
 * Set on responses over TLS alone, as RFC 6797 requires. Without `includeSubDomains`, which would bind all other servers
 * of the domain for a year.
 */
export const TRANSPORT_SECURITY = { name: 'strict-transport-security', value: 'max-age=31536000' };

/** The security headers as a list of names and values, which Node writes fastest. */
export const SECURITY_HEADER_LIST: readonly string[] = Object.entries(SECURITY_HEADERS).flat();

/** Sets the security headers on a response whose head is written by somebody else: a static file. */
export function setSecurityHeaders(response: ServerResponse): void {
  for (const name in SECURITY_HEADERS) response.setHeader(name, SECURITY_HEADERS[name] as string);
}
