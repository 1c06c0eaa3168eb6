import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap } from '@apollo/server';
import type { Context } from '../context.js';
import { type Answer, sendAnswer } from './answer.js';
import { askerOf } from './asker.js';
import { LARGEST_BODY, LARGEST_ROUTER_BODY, parseJson, readBody, saysJson } from './body.js';
import { costHeaders, refusalHeaders } from './cost-headers.js';
import { giveKept, keyOf } from './kept.js';
import { wrongDocumentStatus } from './legacy-status.js';
import { countCache } from './metrics.js';
import { asked, noteCost, noteError, noteRequest } from './observe.js';
import type { OperationRequest } from './operation.js';
import { jsonAnswer } from './refusal.js';
import type { Service } from './service.js';
import { wantsTrace } from './trace.js';
import { type TrustedDocuments, trustedFor } from './trusted-documents.js';

/**
 * GraphQL over HTTP, straight from `node:http`: a framework between them costs a third of a millisecond.
 *
 * @param reading The body, where it is being read already.
 */
export async function answerGraphql(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
  reading?: Promise<string>,
): Promise<void> {
  const { admissions, cache, context } = service;
  const asker = await askerOf(service, request);
  const most = asker.identity.fromRouter ? LARGEST_ROUTER_BODY : LARGEST_BODY;
  const text = request.method === 'POST' ? await (reading ?? readBody(request, most)) : '';
  const key = cache && keyOf(request, text, asker.identity);
  const kept = key === undefined ? undefined : cache?.get(key);
  if (kept) return giveKept(request, response, kept, await admissions.again(asker, kept.cost));
  if (cache && key !== undefined) countCache('miss');
  const contextValue = context(asker.identity, asker.address);
  const { outcome } = contextValue;
  const make = () => answerTo(service, request, text, contextValue);
  const answer = cache && key !== undefined ? await cache.answer(key, contextValue.em, make) : await make();
  // Whoever is given what another asked for at the same time pays as much.
  const isAnothers = answer.isWhole && !outcome.admission;
  const admitted = isAnothers ? await admissions.again(asker, answer.cost) : outcome.admission;
  if (admitted) noteCost(admitted.estimated);
  const headers = { ...costHeaders(admitted), ...refusalHeaders(outcome.refusal) };
  const last = answer.status === 503 && key !== undefined ? cache?.last(key) : undefined;
  if (!last) return sendAnswer(request, response, answer, headers);
  response.setHeader('cache-status', 'stedenband; hit; detail="the database is away"');
  sendAnswer(request, response, last, headers);
}

async function answerTo(
  service: Service,
  request: IncomingMessage,
  text: string,
  contextValue: Context,
): Promise<Answer> {
  const sent = text !== '' && saysJson(request) ? parseJson(text) : undefined;
  const { identity } = contextValue;
  const trusted = trustedFor(service.trusted, identity);
  const body = trusted && isObject(sent) ? trusted.resolve(sent) : sent;
  if (isObject(body))
    noteRequest((body as Partial<OperationRequest>).query, (body as Partial<OperationRequest>).operationName);
  const known =
    request.method === 'POST' && !wantsTrace(request, identity)
      ? await service.known.answer(service, body, request.headers.accept, contextValue)
      : undefined;
  const answer = known ?? (await askApollo({ ...service, trusted }, request, body, contextValue));
  answer.asked = asked();
  return answer;
}

/** What Apollo answers; it alone knows all that a request can be. */
async function askApollo(
  service: Service,
  request: IncomingMessage,
  body: unknown,
  contextValue: Context,
): Promise<Answer> {
  const { apollo, traced, trusted } = service;
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
    for (const { extensions } of errors) noteError(String(extensions.code));
    await service.admissions.refused(contextValue);
    return jsonAnswer(wrongDocumentStatus(request.headers.accept), { errors });
  }
  const server = wantsTrace(request, contextValue.identity) ? traced : apollo;
  const answer = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method, headers, search, body },
    context: async () => contextValue,
  });
  // Answers in parts come of @defer and @stream alone, which the schema has not.
  if (answer.body.kind !== 'complete') throw new Error('Apollo answered in parts.');
  return {
    status: answer.status ?? 200,
    headers: Object.fromEntries(answer.headers),
    body: answer.body.string,
    encoding: 'utf8',
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
