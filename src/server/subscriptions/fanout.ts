import {
  type DocumentNode,
  execute,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  getArgumentValues,
  getOperationAST,
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
import { DatabaseUnavailableError, isDatabaseUnavailable } from '../../graph/sql/unavailable.js';
import { MAX_ERRORS, maskResult } from '../graphql/prepare-operation.js';
import type { Logger } from '../observability/logger.js';

/** Results of this many newest changes are kept for each document, for those that are a little behind. */
const CHANGE_BUFFER_SIZE = 200;

/** An event as every subscriber with the same document gets it. */
export interface SharedEvent {
  /** The whole result, as JSON. */
  text: string;
  /** Where to go on after it. */
  cursor: string;
}

/** A subscription that is being followed, or why it cannot be. */
export type SubscriptionResult =
  | { events: AsyncGenerator<SharedEvent>; errors?: undefined }
  | { errors: readonly GraphQLError[] };

/** Events by the id of the change. */
type EventResults = Map<number, Promise<string>>;

/**
 * Subscriptions to changes: an event is resolved and serialised once for all that follow with the same document,
 * variables and scopes, however many they are. Where each is in the feed is its own; what an event says is not.
 */
export class Fanout {
  readonly #groups = new Map<string, { results: EventResults; followers: number }>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly context: (identity: Identity) => Context,
    private readonly log: Logger,
  ) {}

  /**
   * Follows the changes that a document subscribes to.
   *
   * @param lastEventId Where to go on, instead of the document's own `after`: what a browser sends when it reconnects.
   * @param onSlow Told the cursor to resume from, when the client does not keep up and is ended.
   */
  async subscribe(
    request: {
      document: DocumentNode;
      operationName?: string | null | undefined;
      variables?: Record<string, unknown> | null | undefined;
    },
    identity: Identity,
    onSlow: (cursor: string) => void,
    lastEventId?: string,
  ): Promise<SubscriptionResult> {
    const { document, operationName, variables } = request;
    const operation = getOperationAST(document, operationName);
    const type = this.schema.getSubscriptionType()?.getFields().changes;
    const field = operation?.selectionSet.selections.find(node => node.kind === Kind.FIELD) as FieldNode | undefined;
    if (!operation || !type || field?.name.value !== 'changes') {
      return { errors: [badUserInput('A subscription selects the field changes, outside of fragments.')] };
    }
    const coerced = getVariableValues(this.schema, operation.variableDefinitions ?? [], variables ?? {}, {
      maxErrors: MAX_ERRORS,
    });
    if (coerced.errors) {
      // A cursor that is none says so itself.
      for (const { extensions } of coerced.errors) extensions.code ??= 'BAD_USER_INPUT';
      return { errors: coerced.errors };
    }
    let args: FollowArgs;
    let changes: AsyncGenerator<Change>;
    try {
      args = getArgumentValues(type, field, coerced.coerced);
      const from = lastEventId === undefined ? args : { ...args, after: lastEventId };
      changes = await follow(this.context(identity), from, place => onSlow(changeCursor(place)));
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] };
      if (isDatabaseUnavailable(error)) return { errors: [new DatabaseUnavailableError()] };
      throw error;
    }
    // `after` says where a subscriber is, not what an event looks like: those who differ in it alone share.
    const shared = { ...coerced.coerced };
    const after = field.arguments?.find(({ name }) => name.value === 'after')?.value;
    if (after?.kind === Kind.VARIABLE && isReferencedOnce(document, after.name.value)) delete shared[after.name.value];
    const key = JSON.stringify([print(document), operation.name?.value, shared, identity.scopes]);
    const resolve = (change: Change) =>
      this.#resolve(document, operation.name?.value, variables ?? {}, identity, change);
    return { events: this.#events(key, changes, resolve) };
  }

  #events(
    key: string,
    changes: AsyncGenerator<Change>,
    resolve: (change: Change) => Promise<string>,
  ): AsyncGenerator<SharedEvent> {
    const group = this.#groups.get(key) ?? { results: new Map() as EventResults, followers: 0 };
    this.#groups.set(key, group);
    group.followers += 1;
    let left = false;
    const leave = () => {
      if (left) return;
      left = true;
      group.followers -= 1;
      if (group.followers === 0) this.#groups.delete(key);
    };
    const end = async (): Promise<IteratorResult<SharedEvent>> => {
      leave();
      await changes.return(undefined);
      return { done: true, value: undefined };
    };
    return {
      next: async () => {
        const { done, value: change } = await changes.next();
        if (done) return end();
        const { results } = group;
        let text = results.get(change.id);
        if (!text) {
          text = resolve(change);
          results.set(change.id, text);
          if (results.size > CHANGE_BUFFER_SIZE) results.delete(results.keys().next().value as number);
        }
        return { done: false, value: { text: await text, cursor: changeCursor(change.id) } };
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
    document: DocumentNode,
    operationName: string | undefined,
    variableValues: Record<string, unknown>,
    identity: Identity,
    change: Change,
  ): Promise<string> {
    // A fork of its own for every event: an older one's loaders would answer with what was before.
    const contextValue = this.context(identity);
    const result = await execute({
      schema: this.schema,
      document,
      operationName,
      variableValues,
      rootValue: change,
      contextValue,
    });
    return JSON.stringify(maskResult({ logger: this.log }, result));
  }
}

/** Whether a variable stands in one place of a document, besides where it is declared. */
function isReferencedOnce(document: DocumentNode, variable: string): boolean {
  let places = 0;
  visit(document, {
    enter: (node, _key, parent) => {
      const isDeclared = parent && 'kind' in parent && parent.kind === Kind.VARIABLE_DEFINITION;
      if (node.kind === Kind.VARIABLE && node.name.value === variable && !isDeclared) places += 1;
    },
  });
  return places === 1;
}

function badUserInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
