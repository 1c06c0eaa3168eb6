import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticator } from '../../access/authenticate.js';
import { IdentityKind } from '../../access/identity.js';
import { graphqlError } from '../../graph/errors.js';
import type { Fork } from '../../graph/sql/fork.js';
import { writeError } from '../../graph/sql/read-only.js';
import type { AdmissionControl } from '../../limits/admission.js';
import type { HourlyLimiter } from '../../limits/hourly-limiter.js';
import { message } from '../../messages/message.js';
import { refuseOtherMethods } from '../http/allowed-methods.js';
import { authenticateRequest } from '../http/authenticate-request.js';
import { readJson } from '../http/body.js';
import { chargeIfRefused } from '../http/charge-refusal.js';
import type { ClientAddressResolver } from '../http/client-address.js';
import { sendJson } from '../http/error-response.js';
import { acceptsHtml } from '../http/instrument.js';
import { languageOf } from '../http/language.js';
import { rateLimitHeaders } from '../http/rate-limit-headers.js';
import { pathnameOf } from '../http/request-target.js';
import { endResponse, varyOn, writeHead } from '../http/response.js';
import type { Logger } from '../observability/logger.js';
import { recordRoute } from '../observability/operation-context.js';
import { sendErrorPage } from '../pages/error-page.js';
import { checkSameOrigin } from '../pages/same-origin.js';
import { forwardingPage } from './forwarding-page.js';
import { checkState, HASH, hashOf } from './short-link.js';
import { readLink, storeLink } from './store.js';

/** The points of a link that is followed, and of one that is made. */
const FOLLOW_COST = 1;
const MAKE_COST = 10;

/** Limits the header of a response: proxies and clients refuse a head of more than 4 to 16 kB. */
const MAX_LOCATION_LENGTH = 2_000;

interface LinkDeps {
  authenticator: Authenticator;
  admissionControl: AdmissionControl;
  clientAddress: ClientAddressResolver;
  /** Limits the links of clients without a key. */
  links: HourlyLimiter;
  fork(): Fork;
  logger: Logger;
}

/** Short links over HTTP: `POST /s` makes one, `GET /s/<hash>` leads to the desk. */
export function linkTransport(deps: LinkDeps) {
  const { admissionControl } = deps;

  async function follow(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requester = await authenticateRequest(deps, request);
    const charge = await admissionControl.chargeCached(requester, FOLLOW_COST);
    const hash = pathnameOf(request).slice('/s/'.length);
    const state = HASH.test(hash) ? await readLink(deps.fork(), hash) : undefined;
    if (state === undefined)
      throw graphqlError('NOT_FOUND', message('SHORT_LINK_UNKNOWN', { hash: hash.slice(0, 40) }));
    // Relative, for the path prefix of a reverse proxy. The state begins with `#`, so the path is always our own.
    const location = `../graphql${state}`;
    const headers = { ...rateLimitHeaders(charge), 'cache-control': 'private, max-age=3600' };
    if (location.length <= MAX_LOCATION_LENGTH) writeHead(response, 302, { ...headers, location }).end();
    else {
      const type = { 'content-type': 'text/html; charset=utf-8', vary: varyOn(response, 'Accept-Language') };
      endResponse(writeHead(response, 200, { ...headers, ...type }), forwardingPage(location, languageOf(request)));
    }
  }

  async function make(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requester = await authenticateRequest(deps, request);
    const state = await chargeIfRefused(admissionControl, requester, response, async () => {
      checkSameOrigin(request);
      return checkState(await readJson(request));
    });
    const charge = await admissionControl.chargeCached(requester, MAKE_COST);
    const byKey = requester.identity.kind !== IdentityKind.ANONYMOUS;
    const hash = hashOf(state);
    const existing = await readLink(deps.fork(), hash);
    if (!byKey && existing === undefined) await deps.links.consume(requester);
    await storeLink(deps.fork(), hash, state, byKey).catch(error => {
      throw writeError(error);
    });
    const path = `s/${hash}`;
    const headers = { ...rateLimitHeaders(charge), 'cache-control': 'no-store', location: path };
    sendJson(response, existing === undefined ? 201 : 200, { path }, headers);
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const isMade = pathnameOf(request) === '/s';
    recordRoute(isMade ? 'make short link' : 'short link');
    if (refuseOtherMethods(response, ...(isMade ? ['POST'] : ['GET', 'HEAD']))) return;
    try {
      await (isMade ? make(request, response) : follow(request, response));
    } catch (error) {
      if (!acceptsHtml(request)) throw error;
      await sendErrorPage(deps, request, response, error, '');
    }
  };
}
