import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getArgumentValues,
  getVariableValues,
  Kind,
  print,
  visit,
} from 'graphql';
import type { Identity } from '../../access/identity.js';
import type { Change } from '../../change/change.js';
import { type FollowArgs, follow } from '../../change/change.resolver.js';
import { changeCursor } from '../../change/cursor.js';
import type { Context } from '../../context.js';
import { type ErrorCode, graphqlError } from '../../graph/errors.js';
import { executeWithPlan } from '../../graph/execute/execute-with-plan.js';
import { DatabaseUnavailableError, isDatabaseUnavailable } from '../../graph/sql/unavailable.js';
import type { AdmissionControl } from '../../limits/admission.js';
import { actualCost } from '../../limits/cost.js';
import type { EventCharges } from '../../limits/event-charges.js';
import type { RateLimitSubject } from '../../limits/rate-limit.js';
import { maskErrors } from '../graphql/execute-operation.js';
import { MAX_ERRORS } from '../graphql/parse-and-validate.js';
import type { PreparedOperation } from '../graphql/stored-document.js';
import { formatError } from '../http/mask-errors.js';
import type { Logger } from '../observability/logger.js';

/** Limits the results that are cached for one document: those of the newest changes, for subscribers that lag behind. */
const CHANGE_BUFFER_SIZE = 200;

/** An event as it is sent to all subscribers with the same document. */
export interface SharedEvent {
  /** The result as JSON. */
  text: string;
  /** The cursor to resume after the event. */
  cursor: string;
}

/** The events of a subscription, or the errors that refuse it. */
export type SubscriptionResult =
  | { events: AsyncGenerator<SharedEvent>; errors?: undefined }
  | { events?: undefined; errors: readonly GraphQLFormattedError[] };

type Variables = Record<string, unknown>;

/** A result as JSON, with its cost in points. */
interface EventResult {
  text: string;
  cost: number;
}

/** Results by the id of the change. */
type EventResults = Map<number, Promise<EventResult>>;

/**
 * Subscriptions to changes. An event is executed and serialised once for all subscribers with the same document, variables
 * and scopes. Each subscriber has a position of its own in the feed.
 */
export class Fanout {
  readonly #groups = new Map<string, { results: EventResults; subscribers: number }>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly context: (identity: Identity) => Context,
    private readonly admissionControl: AdmissionControl,
    private readonly logger: Logger,
  ) {}

  /**
   * Subscribes to the changes that an operation selects. Each event is charged to the client by its actual cost, and the
   * next one is read when the budget has the points.
   *
   * @param onSlow Called when the subscriber does not keep up and is ended, with the cursor to resume after.
   * @param lastEventId Overrides the argument `after`: a browser sends it when it reconnects.
   */
  async subscribe(
    operation: PreparedOperation,
    variables: Variables | null | undefined,
    client: RateLimitSubject,
    onSlow: (cursor: string) => void,
    lastEventId?: string,
  ): Promise<SubscriptionResult> {
    const { node, document } = operation;
    const { identity } = client;
    const type = this.schema.getSubscriptionType()?.getFields().changes;
    const field = node.selectionSet.selections.find(selection => selection.kind === Kind.FIELD);
    if (!type || field?.name.value !== 'changes') {
      return refused(graphqlError('BAD_USER_INPUT', 'A subscription selects the field changes, outside of fragments.'));
    }
    const { coerced, errors } = getVariableValues(this.schema, node.variableDefinitions ?? [], variables ?? {}, {
      maxErrors: MAX_ERRORS,
    });
    if (errors) {
      // A wrong cursor has a code of its own.
      for (const { extensions } of errors) extensions.code ??= 'BAD_USER_INPUT' satisfies ErrorCode;
      return refused(...errors);
    }
    let changes: AsyncGenerator<Change>;
    try {
      const args: FollowArgs = getArgumentValues(type, field, coerced);
      const from = lastEventId === undefined ? args : { ...args, after: lastEventId };
      changes = await follow(this.context(identity), from, position => onSlow(changeCursor(position)));
    } catch (error) {
      if (error instanceof GraphQLError) return refused(error);
      if (isDatabaseUnavailable(error)) return refused(new DatabaseUnavailableError());
      throw error;
    }
    const key = JSON.stringify([print(document), node.name?.value, shared(document, field, coerced), identity.scopes]);
    const resolve = (change: Change) => this.#resolve(operation, variables, identity, change);
    return { events: this.#events(key, changes, this.admissionControl.chargeEvents(client), resolve) };
  }

  #events(
    key: string,
    changes: AsyncGenerator<Change>,
    charges: EventCharges | undefined,
    resolve: (change: Change) => Promise<EventResult>,
  ): AsyncGenerator<SharedEvent> {
    const group = this.#groups.get(key) ?? { results: new Map() as EventResults, subscribers: 0 };
    this.#groups.set(key, group);
    group.subscribers += 1;
    let isEnded = false;
    const end = async (): Promise<IteratorResult<SharedEvent>> => {
      if (!isEnded) {
        isEnded = true;
        group.subscribers -= 1;
        if (group.subscribers === 0) this.#groups.delete(key);
        charges?.end();
      }
      await changes.return(undefined);
      return { done: true, value: undefined };
    };
    return {
      next: async () => {
        // Before the next change is read: a subscriber that is ended during the wait resumes after its last event.
        await charges?.settle();
        const { done, value: change } = await changes.next();
        if (done) return end();
        const { results } = group;
        let result = results.get(change.id);
        if (!result) {
          result = resolve(change);
          results.set(change.id, result);
          if (results.size > CHANGE_BUFFER_SIZE) results.delete(results.keys().next().value as number);
        }
        const { text, cost } = await result;
        charges?.add(cost);
        return { done: false, value: { text, cursor: changeCursor(change.id) } };
      },
      return: end,
      throw: async error => {
        await end();
        throw error;
      },
      [Symbol.toStringTag]: 'AsyncGenerator',
      [Symbol.asyncIterator]() {
        return this;
      },
      async [Symbol.asyncDispose]() {
        await end();
      },
    } as AsyncGenerator<SharedEvent>;
  }

  async #resolve(
    { document, node, costPlan }: PreparedOperation,
    variableValues: Variables | null | undefined,
    identity: Identity,
    change: Change,
  ): Promise<EventResult> {
    const { schema } = this;
    // The loaders of an older fork would return records from before the change.
    const contextValue = this.context(identity);
    const args = { schema, document, operation: node, variableValues, rootValue: change, contextValue };
    const result = await executeWithPlan(args);
    const text = JSON.stringify({ errors: maskErrors(result, this.logger), data: result.data });
    return { text, cost: actualCost(costPlan, result.data, variableValues ?? {}) };
  }
}

const refused = (...errors: GraphQLError[]): SubscriptionResult => ({ errors: errors.map(formatError) });

/**
 * Returns the variables that decide the content of an event. `after` decides only where a subscriber starts, so
 * subscribers that differ in nothing else share their events.
 */
function shared(document: DocumentNode, field: FieldNode, variables: Variables): Variables {
  const after = field.arguments?.find(({ name }) => name.value === 'after')?.value;
  if (after?.kind !== Kind.VARIABLE || !isReferencedOnce(document, after.name.value)) return variables;
  const { [after.name.value]: _, ...others } = variables;
  return others;
}

/** Checks whether a variable is used in one place of a document, besides its definition. */
function isReferencedOnce(document: DocumentNode, variable: string): boolean {
  let references = 0;
  visit(document, {
    enter: (node, _key, parent) => {
      const isDefinition = parent && 'kind' in parent && parent.kind === Kind.VARIABLE_DEFINITION;
      if (node.kind === Kind.VARIABLE && node.name.value === variable && !isDefinition) references += 1;
    },
  });
  return references === 1;
}
