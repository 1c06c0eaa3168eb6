import { type ExecutionArgs, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { ServerOptions } from 'graphql-ws';
import { AccessError, type Identity } from '../../access/identity.js';
import type { SubscriptionEnd } from '../../change/change-source.js';
import type { Context } from '../../context.js';
import { graphqlError } from '../../graph/errors.js';
import { DatabaseUnavailableError, isDatabaseUnavailable } from '../../graph/sql/unavailable.js';
import { RateLimitError } from '../../limits/budget.js';
import { message } from '../../messages/message.js';
import { admitOperation, executeOperation } from '../graphql/execute-operation.js';
import { type OperationRequest, prepareRequest } from '../graphql/prepare-operation.js';
import type { PreparedOperation } from '../graphql/stored-document.js';
import { authenticateRequest } from '../http/authenticate-request.js';
import { bindMoment } from '../http/bind-moment.js';
import { chargeIfRefused } from '../http/charge-refusal.js';
import { requestedMoment } from '../http/known-at.js';
import { negotiateLanguage } from '../http/language.js';
import { localizeError, localizeResult } from '../http/localize.js';
import { formatError, logDatabaseUnavailable } from '../http/mask-errors.js';
import {
  finishOperation,
  recordCost,
  recordError,
  recordIdentity,
  recordOperation,
  recordQuery,
  runInOperation,
  startOperation,
} from '../observability/operation-context.js';
import type { OperationRecord } from '../observability/operation-record.js';
import { eventSender, iterateOver } from './send-events.js';
import type { SubscriptionDeps } from './subscription-deps.js';
import { authorizationOf, CloseCode, closeOf, type SocketState } from './websocket-state.js';

/** Limits the operations that run on one socket at a time. */
const MAX_SUBSCRIPTIONS = 20;

/** The context value of an operation on a socket. graphql-ws hands it from hook to hook. */
type SocketOperationContext = Context & {
  connection: SocketState;
  id: string;
  operation: PreparedOperation;
  request: OperationRequest;
  record: OperationRecord;
};

const contextOf = ({ contextValue }: ExecutionArgs) => contextValue as SocketOperationContext;

/** Returns the hooks of graphql-ws. What a hook throws closes the socket with code 1011. */
export function protocolHooks(deps: SubscriptionDeps): ServerOptions<Record<string, unknown>, SocketState> {
  const { logger, admissionControl } = deps;
  return {
    // Called for the first message of a socket. `false` closes the socket with code 4403.
    onConnect: async ({ connectionParams, extra }) => {
      const authorization = authorizationOf(connectionParams) ?? extra.authorization;
      const { acceptLanguage, knownAt, heartbeat } = connectionParams ?? {};
      Object.assign(extra, { knownAt, wantsHeartbeat: heartbeat === true });
      // A browser cannot set a header of a WebSocket. The socket holds the result alone: the parameter can have 64 kB.
      if (typeof acceptLanguage === 'string') extra.acceptLanguage = negotiateLanguage(acceptLanguage);
      try {
        if (authorization !== undefined && typeof authorization !== 'string') return false;
        extra.identity = (await authenticateRequest(deps, extra.request, authorization)).identity;
        extra.onIdentified(extra.identity);
        return true;
      } catch (error) {
        if (error instanceof AccessError || error instanceof RateLimitError) return false;
        if (!isDatabaseUnavailable(error)) throw error;
        logDatabaseUnavailable(logger, error);
        return extra.close(CloseCode.unavailable, 'The register cannot be reached now; connect again');
      }
    },

    // Called for each operation, before it starts. Errors that it returns are sent in a message of type `error`.
    onSubscribe: async ({ extra, subscriptions }, id, payload) => {
      const request = payload as OperationRequest;
      const identity = extra.identity as Identity;
      const record = startOperation('websocket');
      recordIdentity(identity, record);
      recordQuery(request.query, record);
      const refused = (errors: readonly GraphQLFormattedError[]) => {
        for (const { extensions } of errors) recordError(String(extensions?.code), record);
        finishOperation(record, 400, logger);
        const language = negotiateLanguage(extra.acceptLanguage);
        const localized = errors.map(error => localizeError(error, language));
        return extra.operations.refuse(id, payload, localized, subscriptions);
      };
      extra.operations.add(id, payload);
      try {
        if (Object.keys(subscriptions).length > MAX_SUBSCRIPTIONS) {
          throw graphqlError('TOO_MANY_SUBSCRIPTIONS', message('TOO_MANY_OPERATIONS', { limit: MAX_SUBSCRIPTIONS }));
        }
        const context = deps.context(identity, extra.address, extra.acceptLanguage);
        const { operation, errors } = await prepareRequest(deps, request, context);
        if (errors) {
          await admissionControl.chargeRejected(context);
          return refused(errors);
        }
        recordOperation(operation, record);
        const bind = () => bindMoment(context, requestedMoment(extra.request, extra.knownAt), operation);
        await chargeIfRefused(admissionControl, context, undefined, bind);
        recordCost((await admitOperation(deps, operation, request.variables, context)).estimated, record);
        const { document, node } = operation;
        const contextValue = Object.assign(context, { connection: extra, id, operation, request, record });
        return { schema: deps.schema, document, operationName: node.name?.value, contextValue };
      } catch (error) {
        const isUnavailable = isDatabaseUnavailable(error);
        if (isUnavailable) logDatabaseUnavailable(logger, error);
        const refusal = isUnavailable ? new DatabaseUnavailableError() : error;
        if (refusal instanceof GraphQLError) return refused([formatError(refusal)]);
        throw error;
      }
    },

    // Called for each query and mutation.
    execute: async args => {
      const context = contextOf(args);
      const { connection, id, operation, request, record } = context;
      try {
        const execute = () => executeOperation(deps, operation, request.variables, context);
        const result = localizeResult((await runInOperation(record, execute)).body, context.messageLanguage);
        return connection.operations.resultOf(id, request, result as never);
      } finally {
        finishOperation(record, 200, logger);
      }
    },

    // Called for each subscription.
    subscribe: async args => {
      const { id, operation, request, connection, identity, address, record } = contextOf(args);
      const onEnd = (end: SubscriptionEnd) => connection.close(...closeOf(end));
      const { events, errors } = await runInOperation(record, () =>
        deps.fanout.subscribe(operation, request.variables, { identity, address }, onEnd),
      );
      for (const { extensions } of errors ?? []) recordError(String(extensions?.code), record);
      finishOperation(record, errors ? 400 : 200, logger);
      const language = negotiateLanguage(connection.acceptLanguage);
      if (!events) return connection.operations.resultOf(id, request, localizeResult({ errors }, language) as never);
      connection.operations.follow(id, request, events);
      return connection.operations.resultOf(id, request, iterateOver(events, eventSender(connection, id, language)));
    },

    // Called for each operation before its last message is sent.
    onError: ({ extra }, id, payload) => extra.operations.remove(id, payload),
    onComplete: ({ extra }, id, payload) => extra.operations.remove(id, payload),

    // Called for each result. Returns the payload of its message: errors are formatted already.
    onNext: (_context, _id, _payload, _args, result) => result as never,
  };
}
