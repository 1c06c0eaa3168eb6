import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap } from '@apollo/server';
import type { Identity } from '../access/identity.js';
import type { Context } from '../context.js';
import { type Answer, sendAnswer } from './answer.js';
import { askerOf } from './asker.js';
import { parseJson, readBody, saysJson } from './body.js';
import { costHeaders, refusalHeaders } from './cost-headers.js';
import { jsonAnswer } from './refusal.js';
import type { Service } from './service.js';
import type { TrustedDocuments } from './trusted-documents.js';

/** GraphQL over HTTP, straight from `node:http`: a framework between them costs a third of a millisecond. */
export async function answerGraphql(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { admissions, cache, context } = service;
  const text = request.method === 'POST' ? await readBody(request) : '';
  const asker = await askerOf(service, request);
  const key = cache && keyOf(request, text, asker.identity);
  const kept = key === undefined ? undefined : cache?.get(key);
  if (kept) return sendAnswer(request, response, kept, costHeaders(await admissions.again(asker, kept.cost)));
  const contextValue = context(asker.identity, asker.address);
  const { outcome } = contextValue;
  const make = () => answerTo(service, request, text, contextValue);
  const answer = cache && key !== undefined ? await cache.answer(key, contextValue.em, make) : await make();
  // Whoever is given what another asked for at the same time pays as much.
  const isAnothers = answer.isWhole && !outcome.admission;
  const admitted = isAnothers ? await admissions.again(asker, answer.cost) : outcome.admission;
  sendAnswer(request, response, answer, { ...costHeaders(admitted), ...refusalHeaders(outcome.refusal) });
}

/**
 * What decides an answer: the request, whoever asks, and what form is wanted. Undefined for a request that is not plain
 * GraphQL, so that Apollo's rules against forged requests see it.
 */
function keyOf(request: IncomingMessage, text: string, { actor, fromRouter }: Identity): string | undefined {
  const { method, url, headers } = request;
  const who = `${actor}\n${fromRouter ? 'router' : ''}\n${headers.accept ?? ''}\n`;
  if (method === 'POST') return saysJson(request) && text ? who + text : undefined;
  if (method !== 'GET' || !(headers['apollo-require-preflight'] || saysJson(request))) return undefined;
  return `${who}GET ${url}`;
}

async function answerTo(
  service: Service,
  request: IncomingMessage,
  text: string,
  contextValue: Context,
): Promise<Answer> {
  const sent = text !== '' && saysJson(request) ? parseJson(text) : undefined;
  const body = service.trusted && isObject(sent) ? service.trusted.resolve(sent) : sent;
  const known =
    request.method === 'POST'
      ? await service.known.answer(service, body, request.headers.accept, contextValue)
      : undefined;
  return known ?? askApollo(service, request, body, contextValue);
}

/** What Apollo answers; it alone knows all that a request can be. */
async function askApollo(
  service: Service,
  request: IncomingMessage,
  body: unknown,
  contextValue: Context,
): Promise<Answer> {
  const { apollo, trusted } = service;
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const url = request.url ?? '/';
  const sent = url.includes('?') ? url.slice(url.indexOf('?')) : '';
  const search = trusted && request.method === 'GET' ? withDocument(trusted, sent) : sent;
  const method = (request.method ?? 'GET').toUpperCase();
  const query = isObject(body) ? (body as { query?: unknown }).query : new URLSearchParams(search).get('query');
  const errors = typeof query === 'string' ? service.documents.errorsOf(query) : undefined;
  if (errors) {
    await service.admissions.refused(contextValue);
    return jsonAnswer(400, { errors });
  }
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method, headers, search, body },
    context: async () => contextValue,
  });
  // Answers in parts come of @defer and @stream alone, which the schema has not.
  if (answer.body.kind !== 'complete') throw new Error('Apollo answered in parts.');
  return {
    status: answer.status ?? 200,
    headers: Object.fromEntries(answer.headers),
    body: answer.body.string,
    isWhole: contextValue.outcome.isWhole,
    cost: contextValue.outcome.admission?.estimated ?? 0,
  };
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The query string of a GET with the text of the document that it names. */
function withDocument(trusted: TrustedDocuments, search: string): string {
  const { extensions, ...sent } = Object.fromEntries(new URLSearchParams(search));
  const named: Record<string, unknown> = trusted.resolve({
    ...sent,
    ...(extensions && { extensions: parseJson(extensions) }),
  });
  if (named.query === sent.query) return search;
  const { variables, operationName, query } = named as Record<string, string | undefined>;
  const given = Object.entries({ query, variables, operationName }).filter(([, value]) => value !== undefined);
  return `?${new URLSearchParams(given as [string, string][])}`;
}
