import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EntityManager } from '@mikro-orm/sql';
import type { Authenticator } from '../../access/authenticate.js';
import type { Identity } from '../../access/identity.js';
import { resolveMoment } from '../../change/moment.js';
import type { ChangeStream } from '../../change/stream.js';
import type { Context } from '../../context.js';
import type { RateLimitSubject } from '../../limits/rate-limit.js';
import { message } from '../../messages/message.js';
import type { CacheTags } from '../cache/cache-tags.js';
import { sendCachedResponse } from '../cache/cached-response.js';
import type { ResponseCache } from '../cache/response-cache.js';
import { refuseOtherMethods } from '../http/allowed-methods.js';
import { authenticateRequest } from '../http/authenticate-request.js';
import { bindMoment } from '../http/bind-moment.js';
import { chargeIfRefused } from '../http/charge-refusal.js';
import type { ClientAddressResolver } from '../http/client-address.js';
import { JSON_TYPE } from '../http/content-type.js';
import { retryAfterHeaders, sendGraphqlError } from '../http/error-response.js';
import { requestedMoment } from '../http/known-at.js';
import { varyBy } from '../http/language.js';
import type { PreparedResponse } from '../http/prepared-response.js';
import { rateLimitHeaders } from '../http/rate-limit-headers.js';
import { waitForChange } from '../http/read-after.js';
import { registerStateOf } from '../http/register-state.js';
import { searchOf } from '../http/request-target.js';
import { sendResponse } from '../http/response.js';
import { selectEncoding } from '../http/select-encoding.js';
import { sendFile } from '../http/static-file.js';
import { countCache } from '../observability/metrics.js';
import { recordCost, recordRoute } from '../observability/operation-context.js';
import { changeFeed } from './change-feed.js';
import { errorPageResponse } from './error-page.js';
import { dataOf, readFileIndex } from './file-index.js';
import { filesPage } from './files-page.js';
import { formOf, languageOfPage, type PageTarget, targetOf } from './page-request.js';
import { PAGE_HEADERS, pageResponse } from './page-response.js';
import { questionListPage } from './question-page.js';
import { answerResponse } from './question-response.js';
import type { Question } from './questions.js';
import { type Reader, readerOf } from './reader.js';
import { missingResponse } from './record-missing.js';
import { type CitedMoment, readRecord, recordResponse } from './record-page.js';
import { readReport, reportResponse } from './report-post.js';
import type { RunDeps } from './run-document.js';
import { checkSameOrigin } from './same-origin.js';
import { robots, sitemap } from './sitemap.js';
import { STYLE_PATH, styleSheet } from './style.js';

export interface PageDeps extends RunDeps {
  authenticator: Authenticator;
  clientAddress: ClientAddressResolver;
  cache: ResponseCache | undefined;
  cacheTags: CacheTags | undefined;
  changes: ChangeStream;
  fork(): EntityManager;
  context(identity: Identity, address?: string, acceptLanguage?: string): Context;
  questions: ReadonlyMap<string, Question>;
  /** Returns whether the client uses TLS; undefined without trusted proxies. */
  isTls: ((request: IncomingMessage) => boolean) | undefined;
}

/** Pages for people over HTTP: records, questions, and what crawlers read. */
export interface PageTransport {
  /** Answers a request for a page. Returns false, without a response, if there is none at its path. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

/** The points of a page without an operation. */
const PAGE_COST = 1;
/** The points of a list of files, which counts all records. */
const FILES_COST = 50;
/** The records of a sitemap that cost a point. */
const RECORDS_PER_POINT = 10;

/** Computes the response of a page. Called once for concurrent requests of the same page. */
type Compute = (context: Context, reader: Reader, moment: CitedMoment) => Promise<PreparedResponse>;

export function pageTransport(deps: PageDeps): PageTransport {
  const style = styleSheet();
  const { questions } = deps;
  const originOf = (request: IncomingMessage) =>
    `${deps.isTls?.(request) ? 'https' : 'http'}://${request.headers.host}`;

  function computeOf(request: IncomingMessage, target: PageTarget, requester: RateLimitSubject): Compute | undefined {
    switch (target.kind) {
      case 'record': {
        const { id } = target;
        const form = formOf(request);
        const parameters = new URLSearchParams(searchOf(request));
        return async (context, reader, moment) => {
          const read = await readRecord(deps, context, reader, id);
          if (read) return recordResponse(reader, context, read.kind, read.answer, moment, form, parameters);
          // A second operation of the request: with its own fork, admission and cost.
          const other = await contextOf(request, requester, reader.language, reader.knownAt?.text);
          return missingResponse(deps, other, reader, id);
        };
      }
      case 'question': {
        const question = questions.get(target.name);
        const parameters = new URLSearchParams(searchOf(request));
        return (
          question && ((context, reader, moment) => answerResponse(deps, context, reader, question, parameters, moment))
        );
      }
      case 'feed': {
        const parameters = new URLSearchParams(searchOf(request));
        return (context, reader) => changeFeed(deps, context, reader, target.format, parameters);
      }
      case 'questions':
        return async (context, reader) =>
          withoutOperation(context, PAGE_COST, questionListPage(reader, questions.values()), reader);
      case 'files':
      case 'package':
        return async (context, reader) => {
          const index = await readFileIndex(deps.schema, context, new URLSearchParams(searchOf(request)));
          const isPage = formOf(request) === 'text/html';
          const body = isPage ? filesPage(reader, index) : dataOf(target.kind, reader, index);
          const type = isPage ? {} : { 'content-type': JSON_TYPE };
          return withoutOperation(context, FILES_COST, body, reader, type);
        };
      case 'sitemap':
        return async (context, reader) => {
          const text = await sitemap(context.em, reader.origin, questions.keys());
          const points = Math.ceil(text.split('<url>').length / RECORDS_PER_POINT);
          return withoutOperation(context, points, text, reader, { 'content-type': 'application/xml; charset=utf-8' });
        };
    }
  }

  /** Creates a response of a page that no GraphQL operation computes, and charges it. */
  async function withoutOperation(context: Context, points: number, body: string, reader: Reader, headers = {}) {
    context.operationState.budget = await deps.admissionControl.chargeRejected(context, points);
    context.operationState.isCacheable = true;
    return { ...pageResponse(reader, context, 200, body, headers), cost: points };
  }

  async function contextOf(
    request: IncomingMessage,
    requester: RateLimitSubject,
    language: string,
    moment = requestedMoment(request),
  ) {
    const context = deps.context(requester.identity, requester.address, language);
    await bindMoment(context, moment, undefined);
    return context;
  }

  /** Returns the newest change of the register, for citations: from memory, or by one statement after each change. */
  async function citedMoment({ knownAt, changes }: Context): Promise<CitedMoment> {
    if (knownAt) return knownAt;
    return changes.newest.id === 0 ? undefined : resolveMoment(deps.fork(), changes.newestCursor);
  }

  async function sendPage(request: IncomingMessage, response: ServerResponse, target: PageTarget): Promise<void> {
    selectEncoding(request, response);
    const requester = await authenticateRequest(deps, request);
    const { language, isNamed, moment } = await chargeIfRefused(
      deps.admissionControl,
      requester,
      response,
      async () => {
        await waitForChange(deps.changes, deps.fork, request);
        return { ...languageOfPage(request), moment: requestedMoment(request) };
      },
    );
    if (!isNamed) varyBy(response, 'Accept-Language');
    if (target.kind === 'files') varyBy(response, 'Accept');
    const compute = computeOf(request, target, requester);
    if (!compute)
      return sendGraphqlError(response, 404, 'NOT_FOUND', message('NOTHING_AT_PATH', { path: request.url ?? '' }));
    const origin = originOf(request);
    const key = `PAGE ${origin}\n${language}\n${formOf(request)}\n${request.headers['register-known-at'] ?? ''}\n${request.url}`;
    const { cache, cacheTags, admissionControl } = deps;
    const cached = cache?.getFresh(key);
    if (cached) {
      const charge = await admissionControl.chargeCached(requester, cached.cost);
      return sendCachedResponse(request, response, cached, charge, deps.changes.newestCursor);
    }
    if (cache) countCache('miss');
    const context = await chargeIfRefused(admissionControl, requester, response, () =>
      contextOf(request, requester, language, moment),
    );
    const reader = readerOf(language, origin, isNamed, context.knownAt);
    const cited = await citedMoment(context);
    const untagged = () => compute(context, reader, cited);
    const tagged = cacheTags ? () => cacheTags.tag(context, untagged) : untagged;
    const computed = cache ? await cache.getOrCompute(key, context, tagged) : await tagged();
    await send(request, response, computed, context);
  }

  async function send(
    request: IncomingMessage,
    response: ServerResponse,
    computed: PreparedResponse,
    context: Context,
  ) {
    const { operationState } = context;
    const isShared = !operationState.admission && !operationState.budget && computed.isCacheable;
    const charge = isShared
      ? await deps.admissionControl.chargeCached(context, computed.cost)
      : (operationState.admission ?? { estimated: computed.cost, budget: operationState.budget });
    recordCost(charge.estimated);
    const { cursor } = registerStateOf(context);
    const headers = { ...rateLimitHeaders(charge), ...retryAfterHeaders(computed.status, operationState.refusal) };
    return sendResponse(request, response, computed, headers, cursor);
  }

  async function sendReport(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    const requester = await authenticateRequest(deps, request);
    const { language, isNamed, values } = await chargeIfRefused(
      deps.admissionControl,
      requester,
      response,
      async () => {
        checkSameOrigin(request);
        const values = await readReport(request);
        return { ...languageOfPage(request), values };
      },
    );
    const context = await contextOf(request, requester, language);
    const reader = readerOf(language, originOf(request), isNamed, context.knownAt);
    await send(request, response, await reportResponse(deps, context, reader, id, values, response), context);
  }

  return {
    async handle(request, response) {
      const { method, url } = request;
      if (url === STYLE_PATH || url === '/robots.txt') {
        if (refuseOtherMethods(response, 'GET', 'HEAD')) return true;
        if (url === STYLE_PATH) sendFile(response, style, { ...STATIC_HEADERS });
        else
          response
            .writeHead(200, { ...STATIC_HEADERS, 'content-type': 'text/plain; charset=utf-8' })
            .end(robots(originOf(request)));
        return true;
      }
      const target = targetOf(request);
      if (!target) return false;
      recordRoute(`page ${target.kind}`);
      const methods = target.kind === 'record' ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD'];
      if (refuseOtherMethods(response, ...methods)) return true;
      try {
        if (method === 'POST' && target.kind === 'record') await sendReport(request, response, target.id);
        else await sendPage(request, response, target);
      } catch (error) {
        const prepared =
          formOf(request) === 'text/html' ? errorPageResponse(deps, request, error, originOf(request)) : undefined;
        if (!prepared || response.headersSent) throw error;
        await sendResponse(request, response, prepared.response, prepared.headers);
      }
      return true;
    },
  };
}

const STATIC_HEADERS = { ...PAGE_HEADERS, 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' };
