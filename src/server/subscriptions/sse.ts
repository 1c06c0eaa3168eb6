import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SubscriptionEnd } from '../../change/change-source.js';
import type { Context } from '../../context.js';
import { message } from '../../messages/message.js';
import { admitOperation, executeOperation } from '../graphql/execute-operation.js';
import { parseOperationRequest } from '../graphql/parse-request.js';
import { type OperationRequest, prepareRequest } from '../graphql/prepare-operation.js';
import type { PreparedOperation } from '../graphql/stored-document.js';
import { trustedDocumentsFor } from '../graphql/trusted-documents.js';
import { answerOptions } from '../http/allowed-methods.js';
import { authenticateRequest } from '../http/authenticate-request.js';
import { bindMoment } from '../http/bind-moment.js';
import { RequestError } from '../http/body.js';
import { chargeIfRefused } from '../http/charge-refusal.js';
import { isClosed, onceClosed } from '../http/closed.js';
import type { ConnectionQuota } from '../http/connection-quota.js';
import { sendGraphqlError } from '../http/error-response.js';
import { requestedMoment } from '../http/known-at.js';
import { languageOf } from '../http/language.js';
import { localizeEvent, localizeResult } from '../http/localize.js';
import { budgetHeaders, rateLimitHeaders } from '../http/rate-limit-headers.js';
import { waitForChange } from '../http/read-after.js';
import { registerHeaders, registerStateOf } from '../http/register-state.js';
import { recordOperation, recordQuery } from '../observability/operation-context.js';
import type { Sessions } from './sessions.js';
import { refuse } from './sse-refusal.js';
import {
  endStream,
  endWithReason,
  heartbeatEvent,
  nextEvent,
  openStream,
  sendSingleResult,
  wantsHeartbeat,
  writeWithBackpressure,
} from './sse-stream.js';
import type { SubscriptionDeps } from './subscription-deps.js';

/**
 * The interval of comments, or of heartbeats if the client asked for them. They make proxies hold an idle stream open and
 * show that a client has disconnected.
 */
const HEARTBEAT_MS = 12_000;

/** GraphQL over server-sent events, in distinct connections mode. */
export interface SseTransport {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends all streams. Clients reconnect with the id of their last event. */
  close(): void;
}

/** Replaces graphql-sse, whose events have no id: without one a browser cannot resume. */
export function eventTransport(deps: SubscriptionDeps, sessions: Sessions, quota: ConnectionQuota): SseTransport {
  const streams = new Set<ServerResponse>();
  let isEnded = false;

  const subscribe = async (
    request: IncomingMessage,
    response: ServerResponse,
    operation: PreparedOperation,
    variables: OperationRequest['variables'],
    { identity, address }: Context,
    headers: Readonly<Record<string, string>>,
  ): Promise<void> => {
    if (!(await quota.admits(address, response)))
      return sendGraphqlError(response, 429, 'RATE_LIMITED', quota.problem, headers);
    const onEnd = (end: SubscriptionEnd) => endWithReason(response, end);
    const client = { identity, address };
    const lastEventId = request.headers['last-event-id']?.toString() || undefined;
    const { events, errors } = await deps.fanout.subscribe(operation, variables, client, onEnd, lastEventId);
    if (errors) return refuse(response, errors, headers);
    if (isClosed(response)) return events.end();
    openStream(response, headers);
    streams.add(response);
    // The request came over a connection that was open before the server closed.
    if (isEnded) endStream(response);
    const unsubscribe = sessions.add(identity, () => endStream(response));
    const beat = () => {
      if (response.writableEnded) return;
      const cursor = wantsHeartbeat(request) ? events.takenUpTo() : undefined;
      response.write(cursor === undefined ? ':\n\n' : heartbeatEvent(cursor));
    };
    const heartbeat = setInterval(beat, HEARTBEAT_MS);
    onceClosed(response, () => {
      clearInterval(heartbeat);
      unsubscribe();
      streams.delete(response);
      events.end();
    });
    response.write(':\n\n');
    const language = languageOf(request);
    await events.sendTo(({ json, cursor }) =>
      writeWithBackpressure(response, nextEvent(cursor, localizeEvent(json, language))),
    );
  };

  return {
    async handle(request, response) {
      if (answerOptions(response, 'GET', 'POST')) return;
      const requester = await authenticateRequest(deps, request);
      const { identity, address } = requester;
      const [parsed, moment] = await chargeIfRefused(deps.admissionControl, requester, response, async () => {
        if (request.method !== 'GET' && request.method !== 'POST') {
          response.setHeader('allow', 'GET, POST, OPTIONS');
          throw new RequestError(405, message('STREAM_METHOD', {}));
        }
        const parsed = await parseOperationRequest(request, trustedDocumentsFor(deps.trustedDocuments, identity));
        await waitForChange(deps.changes, deps.fork, request);
        return [parsed, requestedMoment(request)] as const;
      });
      recordQuery(parsed.query);
      const contextValue = deps.context(identity, address, request.headers['accept-language']);
      const { operation, errors } = await prepareRequest(deps, parsed, contextValue);
      if (errors) {
        const budget = await deps.admissionControl.chargeRejected(contextValue);
        return refuse(response, errors, budget && budgetHeaders(budget));
      }
      recordOperation(operation);
      const bind = () => bindMoment(contextValue, moment, operation);
      await chargeIfRefused(deps.admissionControl, requester, response, bind);
      const { operation: type } = operation.node;
      if (type === 'mutation' && request.method === 'GET') {
        response.setHeader('allow', 'POST');
        throw new RequestError(405, message('MUTATION_METHOD', {}));
      }
      const { variables } = parsed;
      const headers = rateLimitHeaders(await admitOperation(deps, operation, variables, contextValue));
      if (type === 'subscription') return subscribe(request, response, operation, variables, contextValue, headers);
      const { body } = await executeOperation(deps, operation, variables, contextValue);
      const result = localizeResult(body, contextValue.messageLanguage);
      // A request that is refused as a whole shows no state of the register.
      const state = body.data === undefined ? {} : registerHeaders(registerStateOf(contextValue));
      sendSingleResult(response, { ...headers, ...state }, result);
    },
    close() {
      isEnded = true;
      for (const response of streams) endStream(response);
    },
  };
}
