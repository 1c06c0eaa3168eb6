import {
  BREAK,
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getArgumentValues,
  Kind,
  visit,
} from 'graphql';
import type { Identity } from '../../access/identity.js';
import type { Change } from '../../change/change.js';
import { type FollowArgs, follow } from '../../change/change.resolver.js';
import type { SubscriptionEnd } from '../../change/change-source.js';
import { changeCursor } from '../../change/cursor.js';
import type { Subscriber } from '../../change/subscriber.js';
import type { Context } from '../../context.js';
import { graphqlError } from '../../graph/errors.js';
import { coerceVariables } from '../../graph/execute/coerce-variables.js';
import { executeWithPlan } from '../../graph/execute/execute-with-plan.js';
import { DatabaseUnavailableError, isDatabaseUnavailable } from '../../graph/sql/unavailable.js';
import type { AdmissionControl } from '../../limits/admission.js';
import { actualCost } from '../../limits/cost.js';
import type { RateLimitSubject } from '../../limits/rate-limit.js';
import { message } from '../../messages/message.js';
import { maskErrors } from '../graphql/execute-operation.js';
import type { PreparedOperation } from '../graphql/stored-document.js';
import { formatError } from '../http/mask-errors.js';
import type { Logger } from '../observability/logger.js';
import { type EventResult, EventResults, GroupResults } from './event-results.js';
import { groupKey } from './group-key.js';
import { SharedEvents } from './shared-events.js';

/** Limits the memory of the documents that open subscriptions hold, whether or not the document store has them. */
const MAX_DOCUMENTS_BYTES = 32_000_000;

/** The events of a subscription, or the errors that refuse it. */
export type SubscriptionResult =
  | { events: SharedEvents; errors?: undefined }
  | { events?: undefined; errors: readonly GraphQLFormattedError[] };

type Variables = Record<string, unknown>;

/** The subscribers with the same document, variables and scopes. */
interface Group {
  results: GroupResults;
  operation: PreparedOperation;
}

/**
 * Subscriptions to changes. An event is executed and serialised once for all subscribers with the same document, variables
 * and scopes. Each subscriber has a position of its own in the feed.
 */
export class Fanout {
  readonly #groups = new Map<string, Group>();
  readonly #results: EventResults;
  readonly #maxDocumentBytes: number;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly context: (identity: Identity) => Context,
    private readonly admissionControl: AdmissionControl,
    private readonly logger: Logger,
    { resultBytes, documentBytes = MAX_DOCUMENTS_BYTES }: { resultBytes?: number; documentBytes?: number } = {},
  ) {
    this.#results = new EventResults(resultBytes);
    this.#maxDocumentBytes = documentBytes;
  }

  /** The results that subscribers have yet to receive, with their limit. */
  get memory(): { readonly bytes: number; readonly maxBytes: number } {
    return this.#results;
  }

  /** Drops the results of events that subscribers have yet to receive: a redaction removed texts from them. */
  discardResults(): void {
    this.#results.clear();
  }

  /**
   * Subscribes to the changes that an operation selects. Each event is charged to the client by its actual cost, and the
   * next one is read when the budget has the points.
   *
   * @param onServerEnd Called when the server ends the subscription.
   * @param lastEventId Overrides the argument `after`: a browser sends it when it reconnects.
   */
  async subscribe(
    operation: PreparedOperation,
    variables: Variables | null | undefined,
    client: RateLimitSubject,
    onServerEnd: (end: SubscriptionEnd) => void,
    lastEventId?: string,
  ): Promise<SubscriptionResult> {
    const { node } = operation;
    const { identity } = client;
    const type = this.schema.getSubscriptionType()?.getFields().changes;
    const field = node.selectionSet.selections.find(selection => selection.kind === Kind.FIELD);
    if (!type || field?.name.value !== 'changes') {
      return refused(graphqlError('BAD_USER_INPUT', message('SUBSCRIPTION_FIELD', {})));
    }
    const { coerced, errors } = coerceVariables(this.schema, operation.document, node, variables ?? {});
    if (errors) return refused(...errors);
    let changes: Subscriber;
    try {
      const args: FollowArgs = getArgumentValues(type, field, coerced);
      const from = lastEventId === undefined ? args : { ...args, after: lastEventId };
      changes = await follow(this.context(identity), from, {
        withFields: selectsField(operation.document, 'fields'),
        onEnd: onServerEnd,
      });
    } catch (error) {
      if (error instanceof GraphQLError) return refused(error);
      if (isDatabaseUnavailable(error)) return refused(new DatabaseUnavailableError());
      throw error;
    }
    const key = groupKey(operation, field, coerced, identity);
    if (!this.#groups.has(key) && !this.#hasRoomFor(operation)) {
      changes.close();
      return refused(graphqlError('TOO_MANY_SUBSCRIPTIONS', message('SUBSCRIPTION_MEMORY', {})));
    }
    const group = this.#groups.get(key) ?? { results: new GroupResults(this.#results), operation };
    this.#groups.set(key, group);
    // The operation of the group: a later subscriber may have another copy of the document.
    const resolve = (change: Change) => this.#resolve(group.operation, variables, identity, change);
    const onEnd = () => {
      if (!group.results.isUsed) this.#groups.delete(key);
    };
    const charges = this.admissionControl.chargeEvents(client);
    return { events: new SharedEvents(group.results, changes, charges, resolve, onEnd) };
  }

  /** Checks whether a document fits among those that subscriptions hold. Equal documents of several groups count once. */
  #hasRoomFor(operation: PreparedOperation): boolean {
    const documents = new Map([...this.#groups.values()].map(group => [group.operation.document, group.operation]));
    documents.set(operation.document, operation);
    return [...documents.values()].reduce((sum, held) => sum + held.documentBytes, 0) <= this.#maxDocumentBytes;
  }

  async #resolve(
    operation: PreparedOperation,
    variableValues: Variables | null | undefined,
    identity: Identity,
    change: Change,
  ): Promise<EventResult> {
    const { schema } = this;
    const { document, node, costPlan } = operation;
    // The loaders of an older fork would return records from before the change.
    const contextValue = this.context(identity);
    const args = { schema, document, operation: node, variableValues, rootValue: change, contextValue };
    const result = await executeWithPlan({ ...args, planOwner: operation });
    const json = Buffer.from(JSON.stringify({ errors: maskErrors(result, this.logger), data: result.data }));
    return { json, cost: actualCost(costPlan, result.data, variableValues ?? {}), cursor: changeCursor(change) };
  }
}

const refused = (...errors: GraphQLError[]): SubscriptionResult => ({ errors: errors.map(formatError) });

/** Checks whether a document selects a field of a name, at any depth. */
function selectsField(document: DocumentNode, name: string): boolean {
  let isSelected = false;
  visit(document, {
    Field: field => {
      isSelected ||= field.name.value === name;
      return isSelected ? BREAK : undefined;
    },
  });
  return isSelected;
}
