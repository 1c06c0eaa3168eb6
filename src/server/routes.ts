import type { IncomingMessage, ServerResponse } from 'node:http';
import { message } from '../messages/message.js';
import { EVENT_SCHEMA_PATH } from '../webhook/event.js';
import { EVENT_SCHEMA } from '../webhook/event-schema.js';
import type { EmbeddedViews } from './embed.js';
import type { ExportTransport } from './export/http-handler.js';
import type { FeedTransport } from './feed/http-handler.js';
import type { Graphiql } from './graphiql.js';
import { type HttpHandlerDeps, handleGraphqlRequest } from './graphql/http-handler.js';
import { answerOptions, refuseOtherMethods, sendNotFound } from './http/allowed-methods.js';
import { allowAnyOrigin, type CorsPolicy, isEmbedded, isNavigation } from './http/cors.js';
import { sendGraphqlError, sendJson } from './http/error-response.js';
import { acceptsHtml, type PrereadRequest } from './http/instrument.js';
import {
  isExportPath,
  isFeedPath,
  isLinkPath,
  isPagePath,
  isReaderFeedPath,
  isReconcilePath,
  pathnameOf,
} from './http/request-target.js';
import { writeHead } from './http/response.js';
import { setSecurityHeaders } from './http/security-headers.js';
import type { OperationsRoutes } from './operations-routes.js';
import type { PageTransport } from './pages/http-handler.js';
import { pageAt } from './pages/page-request.js';
import type { ReconcileTransport } from './reconcile/http-handler.js';
import { sendSchema } from './schema-file.js';
import type { SseTransport } from './subscriptions/sse.js';

/** The response to a page that may not open a stream, a WebSocket or an export. */
export const ORIGIN_NOT_ALLOWED = message('ORIGIN_NOT_ALLOWED', {});

interface Routes {
  service: HttpHandlerDeps;
  cors: CorsPolicy;
  exports: ExportTransport;
  feed: FeedTransport;
  reconcile: ReconcileTransport;
  sse: SseTransport;
  /** Answers a file of which a proposal is made. */
  proposals: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  operations: OperationsRoutes;
  graphiql: Graphiql;
  embedded: EmbeddedViews;
  /** Answers short links of the desk. */
  links: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  pages: PageTransport;
  /** Called for each request. */
  isClosing: () => boolean;
}

/** Returns the function that leads each request to its transport, by path and method. It throws what a transport throws. */
export function routes({
  service,
  cors,
  exports,
  feed,
  reconcile,
  sse,
  proposals,
  operations,
  graphiql,
  embedded,
  links,
  pages,
  isClosing,
}: Routes) {
  return async (request: IncomingMessage, response: ServerResponse, preread?: PrereadRequest): Promise<void> => {
    // A client with a persistent connection must reconnect elsewhere.
    if (isClosing()) response.setHeader('connection', 'close');
    const path = pathnameOf(request);
    if (isReconcilePath(path)) return reconcile.handle(request, response);
    // Files and feeds are public, and no page sends a key of its visitor: a notebook of any origin may read them.
    const isOfExports = isExportPath(path);
    const isOfFeed = isFeedPath(path);
    if (isOfExports || isOfFeed || isReaderFeedPath(path)) allowAnyOrigin(request, response);
    else cors.applyHeaders(request, response);
    if (path === '/graphql' && !acceptsHtml(request)) {
      if (answerOptions(response, 'GET', 'POST')) return;
      return handleGraphqlRequest(service, request, response, preread);
    }
    const isExport = isOfExports && pageAt(path) === undefined;
    const isFile = path === '/proposals';
    const isStream = path === '/graphql/stream';
    const isPage = isPagePath(path) || (isOfExports && !isExport);
    // A link to these may stand anywhere; images and frames of other origins may not load them.
    const isLinked = isOfFeed || isExport || isPage;
    const isForeign = isEmbedded(request) && !(isLinked && isNavigation(request));
    const isRefused = isLinked ? isForeign : (isFile || isStream) && (isForeign || !cors.isAllowed(request));
    if (isRefused && request.method !== 'OPTIONS')
      return sendGraphqlError(response, 403, 'FORBIDDEN', ORIGIN_NOT_ALLOWED);
    if (isOfFeed) return feed.handle(request, response);
    if (isFile) return proposals(request, response);
    if (isExport) return exports.handle(request, response);
    if (isStream) return sse.handle(request, response);
    if (isLinkPath(path)) return links(request, response);
    if (await pages.handle(request, response)) return;
    if (await operations.answer(path, request, response)) return;
    if (path === '/') {
      if (!refuseOtherMethods(response, 'GET', 'HEAD')) writeHead(response, 302, { location: 'graphql' }).end();
      return;
    }
    if (path === '/schema.graphql' || path === EVENT_SCHEMA_PATH) {
      if (refuseOtherMethods(response, 'GET', 'HEAD')) return;
      if (path === EVENT_SCHEMA_PATH) return sendJson(response, 200, EVENT_SCHEMA);
      return sendSchema(service.schema, request, response);
    }
    setSecurityHeaders(response);
    if (path === '/graphql') return graphiql.page(response);
    if (!graphiql.asset(path, response) && !embedded.send(path, response)) sendNotFound(response);
  };
}
