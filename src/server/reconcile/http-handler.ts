import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticator } from '../../access/authenticate.js';
import type { Identity } from '../../access/identity.js';
import type { Context } from '../../context.js';
import type { ReadReplicas } from '../../graph/sql/replicas.js';
import type { AdmissionControl } from '../../limits/admission.js';
import { refuseOtherMethods, sendNotFound } from '../http/allowed-methods.js';
import { authenticateRequest } from '../http/authenticate-request.js';
import { bindMoment } from '../http/bind-moment.js';
import { chargeIfRefused } from '../http/charge-refusal.js';
import type { ClientAddressResolver } from '../http/client-address.js';
import { allowAnyOrigin } from '../http/cors.js';
import { sendJson } from '../http/error-response.js';
import { requestedMoment } from '../http/known-at.js';
import { varyBy } from '../http/language.js';
import { rateLimitHeaders } from '../http/rate-limit-headers.js';
import { registerHeaders, registerStateOf } from '../http/register-state.js';
import { originOf, pathnameOf } from '../http/request-target.js';
import { recordCost, recordRoute } from '../observability/operation-context.js';
import { Page } from './call.js';
import { ENDPOINTS } from './manifest.js';
import { PREVIEW_HEADERS } from './preview.js';
import { type ApiVersion, readParameters } from './request.js';
import { routeAt } from './routes.js';

/** Reconciliation over HTTP, at `/reconcile`: what OpenRefine speaks. */
export interface ReconcileTransport {
  /** @throws ClientError, RequestError for a mistake of the client, before the response starts. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

interface ReconcileDeps {
  authenticator: Authenticator;
  admissionControl: AdmissionControl;
  clientAddress: ClientAddressResolver;
  context(identity: Identity, address?: string, acceptLanguage?: string): Context;
  /** Returns whether the client uses TLS; undefined without trusted proxies. */
  isTls: ((request: IncomingMessage) => boolean) | undefined;
  /** Undefined if all reads go to one server. */
  replicas: ReadReplicas | undefined;
}

/** Splits a path into the version that its endpoint is of, and the route below it. */
function endpointOf(path: string): { version: ApiVersion; route: string } {
  const version: ApiVersion = `${path}/`.startsWith(`${ENDPOINTS['1.0-draft']}/`) ? '1.0-draft' : '0.2';
  return { version, route: path.slice(ENDPOINTS[version].length).replace(/\/$/, '') };
}

export function reconcileTransport(deps: ReconcileDeps): ReconcileTransport {
  return {
    async handle(request, response) {
      allowAnyOrigin(request, response);
      const path = pathnameOf(request);
      const { version, route: name } = endpointOf(path);
      const route = routeAt(version, name);
      if (!route) return sendNotFound(response);
      if (refuseOtherMethods(response, ...route.methods)) return;
      recordRoute(`${ENDPOINTS[version]}${name}`);
      // Reading needs no key, but an invalid one is refused as by the API.
      const requester = await authenticateRequest(deps, request);
      const context = deps.context(requester.identity, requester.address, request.headers['accept-language']);
      const { points, run } = await chargeIfRefused(deps.admissionControl, requester, response, async () => {
        const parameters = await readParameters(request);
        const call = await route.read(request, parameters, version);
        await bindMoment(context, requestedMoment(request, parameters.knownAt, 'knownAt'), undefined);
        return call;
      });
      recordCost(points);
      const charge = await deps.admissionControl.chargeCached(requester, points);
      for (const [header, value] of Object.entries(rateLimitHeaders(charge))) response.setHeader(header, value);
      const { em, knownAt, messageLanguage: language } = context;
      deps.replicas?.assign(em, knownAt?.changeId);
      const origin = originOf(request, deps.isTls);
      const result = await run({ em, language, origin, knownAt: knownAt?.text });
      varyBy(response, 'Accept-Language, Register-Known-At');
      const headers = {
        'content-language': language,
        'cache-control': 'no-cache',
        ...registerHeaders(registerStateOf(context)),
      };
      if (result instanceof Page) response.writeHead(200, { ...PREVIEW_HEADERS, ...headers }).end(result.html);
      else sendJson(response, 200, result, headers);
    },
  };
}
