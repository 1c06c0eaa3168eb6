import { setTimeout as sleep } from 'node:timers/promises';
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
import { DatabaseUnavailableError, hasUnavailableError, isDatabaseUnavailable } from '../../graph/sql/unavailable.js';
import type { AdmissionControl } from '../../limits/admission.js';
import { actualCost } from '../../limits/cost.js';
import { type RateLimitSubject, rateLimitKey } from '../../limits/rate-limit.js';
import { message } from '../../messages/message.js';
import { maskErrors } from '../graphql/execute-operation.js';
import type { PreparedOperation } from '../graphql/stored-document.js';
import { formatError } from '../http/mask-errors.js';
import type { Logger } from '../observability/logger.js';
import { type EventResult, EventResults, GroupResults } from './event-results.js';
import { groupKey } from './group-key.js';
import { SharedEvents } from './shared-events.js';

/** Limits the memory of the documents and variables of open subscriptions, whether or not the document store has them. */
const MAX_DOCUMENTS_BYTES = 32_000_000;
/** The share of that memory for one client: two clients that use all they may leave as much again for the others. */
const CLIENT_SHARE = 1 / 3;
/** The memory of a character of the variables in JSON: lists of short numbers take most. */
const BYTES_PER_CHARACTER = 8;

/** The time until an event is computed again. The log is read in it: whether the database is unavailable to all is known then. */
const RETRY_MS = 2_000;

/** The events of a subscription, or the errors that refuse it. */
export type SubscriptionResult =
  | { events: SharedEvents; errors?: undefined }
  | { events?: undefined; errors: readonly GraphQLFormattedError[] };

type Variables = Record<string, unknown>;

/** The subscribers with the same document, variables and scopes. */
interface Group extends Held {
  results: GroupResults;
  /** Those of the first of them. */
  variables: Variables | null | undefined;
}

/** The memory that a group holds besides its results. */
interface Held {
  operation: PreparedOperation;
  /** The memory of the variables. */
  variableBytes: number;
  /** The client of the first subscriber. */
  client: string;
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
    let group = this.#groups.get(key);
    if (!group) {
      const variableBytes = JSON.stringify(variables ?? null).length * BYTES_PER_CHARACTER;
      const held = { operation, variableBytes, client: rateLimitKey(client) };
      if (!this.#hasRoomFor(held)) {
        changes.close();
        return refused(graphqlError('TOO_MANY_SUBSCRIPTIONS', message('SUBSCRIPTION_MEMORY', {})));
      }
      group = { ...held, results: new GroupResults(this.#results), variables };
      this.#groups.set(key, group);
    }
    // The operation of the group: a later subscriber may have another copy of the document.
    const { results } = group;
    const resolve = (change: Change) => this.#resolve(group, identity, change);
    const onEnd = () => {
      if (!results.isUsed) this.#groups.delete(key);
    };
    const charges = this.admissionControl.chargeEvents(client);
    return { events: new SharedEvents(results, changes, charges, resolve, onEnd) };
  }

  /** Checks whether a group fits among all, and among those of its client. */
  #hasRoomFor(held: Held): boolean {
    const [all, own] = [new HeldDocuments(), new HeldDocuments()];
    for (const group of [held, ...this.#groups.values()]) {
      all.add(group);
      if (group.client === held.client) own.add(group);
    }
    const max = this.#maxDocumentBytes;
    return all.bytes <= max && own.bytes <= max * CLIENT_SHARE;
  }

  /** An event that needs the database while it is unavailable is computed again: without its records it would be lost. */
  async #resolve({ operation, variables, results }: Group, identity: Identity, change: Change): Promise<EventResult> {
    const { schema } = this;
    const { document, node, costPlan } = operation;
    for (let isFirst = true; ; isFirst = false) {
      // The loaders of an older fork would return records from before the change.
      const contextValue = this.context(identity);
      const args = { schema, document, operation: node, variableValues: variables, rootValue: change, contextValue };
      const result = await executeWithPlan({ ...args, planOwner: operation });
      const errors = maskErrors(result, this.logger);
      if (hasUnavailableError(errors) && (isFirst || contextValue.changes.isCutOff) && results.isUsed) {
        await sleep(RETRY_MS, undefined, { ref: false });
        continue;
      }
      const json = Buffer.from(JSON.stringify({ errors, data: result.data }));
      return { json, cost: actualCost(costPlan, result.data, variables ?? {}), cursor: changeCursor(change) };
    }
  }
}

/** The memory of documents and variables. Equal documents of several groups count once. */
class HeldDocuments {
  bytes = 0;
  readonly #documents = new Set<DocumentNode>();

  add({ operation: { document, documentBytes }, variableBytes }: Held): void {
    this.bytes += variableBytes;
    if (this.#documents.has(document)) return;
    this.#documents.add(document);
    this.bytes += documentBytes;
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
