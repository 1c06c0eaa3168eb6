import type { IncomingMessage, ServerResponse } from 'node:http';
import { resolveMoment } from '../../change/moment.js';
import type { Context } from '../../context.js';
import { graphqlError } from '../../graph/errors.js';
import type { Charge } from '../../limits/admission.js';
import { message } from '../../messages/message.js';
import { clientOf } from '../cache/cache-key.js';
import { markStale, sendCachedResponse } from '../cache/cached-response.js';
import { refuseOtherMethods } from '../http/allowed-methods.js';
import { authenticateRequest } from '../http/authenticate-request.js';
import { chargeIfRefused } from '../http/charge-refusal.js';
import { sendErrors, statusHeaders } from '../http/error-response.js';
import { requestedMoment } from '../http/known-at.js';
import { varyBy } from '../http/language.js';
import type { PreparedResponse } from '../http/prepared-response.js';
import { rateLimitHeaders } from '../http/rate-limit-headers.js';
import { waitForChange } from '../http/read-after.js';
import { registerStateOf } from '../http/register-state.js';
import { pathnameOf, originOf as requestOrigin } from '../http/request-target.js';
import { sendResponse } from '../http/response.js';
import { selectEncoding } from '../http/select-encoding.js';
import { countCache } from '../observability/metrics.js';
import { recordCost, recordRoute } from '../observability/operation-context.js';
import { isUnavailable, PageError, sendErrorPage } from './error-page.js';
import { computeOf, contextOf, type PageDeps } from './page-compute.js';
import { sendPageFile } from './page-files.js';
import { formOf, languageOfPage, type PageTarget, targetOf } from './page-request.js';
import { readerOf } from './reader.js';
import type { CitedMoment } from './record-page.js';
import { readReport, reportResponse } from './report-post.js';
import { checkSameOrigin } from './same-origin.js';

/** Pages for people over HTTP: records, questions, and what crawlers read. */
export interface PageTransport {
  /** Answers a request for a page. Returns false, without a response, if there is none at its path. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

export function pageTransport(deps: PageDeps): PageTransport {
  const originOf = (request: IncomingMessage) => requestOrigin(request, deps.isTls);

  /** Returns the newest change of the register, for citations: from memory, or by one statement after each change. */
  async function citedMoment({ knownAt, changes }: Context): Promise<CitedMoment> {
    if (knownAt) return knownAt;
    return changes.newest.id === 0 ? undefined : resolveMoment(deps.fork(), changes.newestCursor);
  }

  async function sendPage(request: IncomingMessage, response: ServerResponse, target: PageTarget): Promise<void> {
    const { cache, cacheTags, admissionControl } = deps;
    selectEncoding(request, response);
    const requester = await authenticateRequest(deps, request);
    const { language, isNamed, moment } = await chargeIfRefused(admissionControl, requester, response, async () => {
      await waitForChange(deps.changes, deps.fork, request);
      return { ...languageOfPage(request), moment: requestedMoment(request) };
    });
    if (!isNamed) varyBy(response, 'Accept-Language');
    const compute = computeOf(deps, request, target, requester);
    if (!compute) throw graphqlError('NOT_FOUND', message('NOTHING_AT_PATH', { path: pathnameOf(request) }));
    const origin = originOf(request);
    const client = clientOf(requester.identity);
    const key = `PAGE ${client}\n${origin}\n${language}\n${formOf(request)}\n${request.headers['register-known-at'] ?? ''}\n${request.url}`;
    const sendCached = async (cached: PreparedResponse, charged?: Charge) => {
      const { newestCursor } = deps.changes;
      const charge = charged ?? (await admissionControl.chargeCached(requester, cached.cost));
      return sendCachedResponse(request, response, cached, charge, newestCursor);
    };
    const cached = cache?.getFresh(key);
    if (cached) return sendCached(cached);
    if (cache) countCache('miss');
    let context: Context | undefined;
    try {
      const read = await chargeIfRefused(admissionControl, requester, response, () =>
        contextOf(deps, request, requester, language, moment),
      );
      context = read;
      const reader = readerOf(language, origin, isNamed, read.knownAt);
      // Within the computation: a change meanwhile makes the page stale.
      const untagged = async () => compute(read, reader, await citedMoment(read));
      const tagged = cacheTags ? () => cacheTags.tag(read, untagged) : untagged;
      const computed = cache ? await cache.getOrCompute(key, read, tagged) : await tagged();
      const stale = computed.status === 503 ? cache?.getStale(key) : undefined;
      if (stale) markStale(response);
      return await send(request, response, stale ?? computed, read);
    } catch (error) {
      const stale = isUnavailable(error) ? cache?.getStale(key) : undefined;
      if (!stale || response.headersSent) throw error;
      markStale(response);
      return sendCached(stale, context?.operationState.admission);
    }
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
    const ofStatus = computed.headers['retry-after'] ? {} : statusHeaders(computed.status, operationState.refusal);
    const headers = { ...rateLimitHeaders(charge), ...ofStatus };
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
    const context = await contextOf(deps, request, requester, language);
    const reader = readerOf(language, originOf(request), isNamed, context.knownAt);
    await send(request, response, await reportResponse(deps, context, reader, id, values), context);
  }

  return {
    async handle(request, response) {
      const { method } = request;
      if (sendPageFile(request, response, originOf)) return true;
      const target = targetOf(request);
      if (!target) return false;
      recordRoute(`page ${target.kind}`);
      const methods = target.kind === 'record' ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD'];
      if (refuseOtherMethods(response, ...methods)) return true;
      try {
        if (method === 'POST' && target.kind === 'record') await sendReport(request, response, target.id);
        else await sendPage(request, response, target);
      } catch (error) {
        if (formOf(request) === 'text/html') await sendErrorPage(deps, request, response, error, originOf(request));
        else if (error instanceof PageError) sendErrors(response, error.errors);
        else throw error;
      }
      return true;
    },
  };
}
