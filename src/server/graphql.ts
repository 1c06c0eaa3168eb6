import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap } from '@apollo/server';
import { askerOf } from './asker.js';
import { readJson } from './body.js';
import { answerJson } from './refusal.js';
import type { Service } from './service.js';

/** GraphQL over HTTP, straight from `node:http` to Apollo: a framework between them costs a third of a millisecond. */
export async function answerGraphql(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { apollo, context } = service;
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const method = request.method ?? 'GET';
  const url = request.url ?? '/';
  const search = url.includes('?') ? url.slice(url.indexOf('?')) : '';
  const body = method === 'POST' ? await readJson(request) : undefined;
  const asker = await askerOf(service, request);
  const query =
    body === undefined ? new URLSearchParams(search).get('query') : (body as { query?: unknown } | null)?.query;
  const errors = typeof query === 'string' ? service.documents.errorsOf(query) : undefined;
  if (errors) {
    await service.admissions.refused(asker);
    return answerJson(response, 400, { errors });
  }
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: method.toUpperCase(), headers, search, body },
    context: async () => context(asker.identity, asker.address),
  });
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.statusCode = answer.status ?? 200;
  if (answer.body.kind === 'complete') {
    response.setHeader('content-length', Buffer.byteLength(answer.body.string));
    response.end(answer.body.string);
    return;
  }
  for await (const chunk of answer.body.asyncIterator) response.write(chunk);
  response.end();
}
