import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { type Message, message } from '../../messages/message.js';

/** The start of an absolute URI as a request target, with its authority. */
const ABSOLUTE_FORM = /^https?:\/\/([^/?#]*)/i;
/** The characters of `Host`: an IP literal or a name, without user information, and a port (RFC 3986, 3.2). */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]+)(?::\d*)?$/i;

/** The last host that was valid: most requests name the same one. */
let validHost = '';

/** Returns whether a host can be part of an address: with a name, and with a port below 65,536. */
function isHost(host: string): boolean {
  if (host === validHost) return true;
  if (!HOST.test(host) || !URL.canParse(`http://${host}`)) return false;
  validHost = host;
  return true;
}

/**
 * Brings the target of a request into the origin form, so that every later step reads one path and one host. A target in
 * the absolute form is accepted, and its host replaces the header (RFC 9112, 3.2.2).
 *
 * @returns The reason to refuse the request with 400 (RFC 9112, 3.2); `undefined` if there is none. Further calls for one
 * request have the same result.
 */
export function normalizeTarget(request: IncomingMessage): Message | undefined {
  const { headers, rawHeaders, httpVersion, url = '/' } = request;
  if (headers.host === undefined && httpVersion !== '1.0') return message('HOST_MISSING', {});
  let hosts = 0;
  // Names and values alternate. Node drops the second `Host` from `headers`.
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  if (hosts > 1) return message('HOST_REPEATED', {});
  if (!url.startsWith('/')) {
    const [start = '', authority] = ABSOLUTE_FORM.exec(url) ?? [];
    if (authority) {
      const rest = url.slice(start.length);
      headers.host = authority;
      request.url = rest.startsWith('/') ? rest : `/${rest}`;
    }
  }
  return headers.host === undefined || isHost(headers.host) ? undefined : message('HOST_MALFORMED', {});
}

/**
 * Returns the origin of the server as the client addresses it, for absolute addresses in an answer: `https://register.example`.
 * A request of HTTP/1.0 without a host is answered with the address of its connection.
 *
 * @param isTls Returns whether the client uses TLS; undefined without trusted proxies.
 */
export function originOf(request: IncomingMessage, isTls: ((request: IncomingMessage) => boolean) | undefined): string {
  const { localAddress = '', localPort } = request.socket;
  const host = request.headers.host ?? `${isIPv6(localAddress) ? `[${localAddress}]` : localAddress}:${localPort}`;
  return `${isTls?.(request) ? 'https' : 'http'}://${host}`;
}

/** Returns the path of a request, without its query string. */
export function pathnameOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

/** Returns the query string of a request with its question mark; empty if there is none. */
export function searchOf({ url = '/' }: IncomingMessage): string {
  const start = url.indexOf('?');
  return start < 0 ? '' : url.slice(start);
}

/**
 * Returns true for an offer of WebSocket at the path of the API. A request with any other offer, such as the `h2c` of Java's
 * HttpClient, is answered over HTTP/1.1 (RFC 9110, 7.8).
 */
export function isWebSocketUpgrade(request: IncomingMessage): boolean {
  if (normalizeTarget(request) !== undefined) return false;
  const { method, headers } = request;
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket' && pathnameOf(request) === '/graphql';
}

/** Returns true for a path of the export files. */
export const isExportPath = (path: string): boolean => path === '/export' || path.startsWith('/export/');

/** Returns true for a path of short links. */
export const isLinkPath = (path: string): boolean => path === '/s' || path.startsWith('/s/');

/** Returns true for the path of a feed for feed readers. */
export const isReaderFeedPath = (path: string): boolean => /^\/changes\.(?:atom|json)$/.test(path);

/** Returns true for a path of pages: a record, a question, the sitemap, a feed for feed readers, or a short link. */
export const isPagePath = (path: string): boolean =>
  /^\/(?:id|questions)(?:\/|$)/.test(path) || path === '/sitemap.xml' || isReaderFeedPath(path) || isLinkPath(path);

/** Returns true for a path of the reconciliation service. */
export const isReconcilePath = (path: string): boolean => path === '/reconcile' || path.startsWith('/reconcile/');

/** Returns true for the path of the feed of whole records. */
export const isFeedPath = (path: string): boolean => path === '/feed';
