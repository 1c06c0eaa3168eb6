import type { IncomingMessage } from 'node:http';
import { ANONYMOUS, type Identity } from '../../access/identity.js';
import { hasJsonContentType } from '../http/body.js';
import { requestsFederatedTrace } from '../http/federated-trace.js';
import { searchOf } from '../http/request-target.js';

/**
 * Returns the cache key of a request: the method, the client, the requested form, the moment and the text. Every part before
 * the text ends with a line feed, which it cannot contain. The moment is as the client wrote it: in the header, or in the
 * URL, whose query string is part of every key. Undefined if the request is not cacheable, also for a GET that Apollo's
 * rules against cross-site request forgery must see.
 */
export function cacheKey(request: IncomingMessage, text: string, identity: Identity): string | undefined {
  const { method, url, headers } = request;
  if (requestsFederatedTrace(request, identity)) return undefined;
  const moment = headers['register-known-at'];
  // An empty header is a moment that is refused.
  const form = `${clientOf(identity)}\n${headers.accept ?? ''}\n${moment === undefined ? '' : `at ${moment}`}\n`;
  if (method === 'POST')
    return hasJsonContentType(request) && text ? `POST ${form}${searchOf(request)}\n${text}` : undefined;
  const isPreflighted = headers['apollo-require-preflight'] && headers['content-type'] === undefined;
  return method === 'GET' && (isPreflighted || hasJsonContentType(request)) ? `GET ${form}${url}` : undefined;
}

/** Returns what a response may depend on: two tokens of one subject can have different scopes. */
export function clientOf(identity: Identity): string {
  const { actor, scopes, fromRouter } = identity;
  return identity === ANONYMOUS ? actor : JSON.stringify([actor, scopes, fromRouter]);
}
