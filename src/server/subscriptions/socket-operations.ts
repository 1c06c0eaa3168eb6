import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { OperationRequest } from '../graphql/prepare-operation.js';
import type { SharedEvents } from './shared-events.js';

/**
 * The open operations of one socket by their ids. graphql-ws knows an operation by its id alone: if a client completes one and
 * uses its id again, it would send the result of the first as that of the second, and never end the events of one of them. So an
 * operation that is replaced has no result.
 */
export class SocketOperations {
  /** The payload of the newest `subscribe` message of each id. */
  readonly #payloads = new Map<string, unknown>();
  readonly #events = new Map<string, SharedEvents>();

  add(id: string, payload: unknown): void {
    this.#payloads.set(id, payload);
  }

  /** Adds the events of a subscription; ends them if it is replaced. Empties the payload, which graphql-ws holds until they end. */
  follow(id: string, payload: OperationRequest, events: SharedEvents): void {
    if (this.#payloads.get(id) === payload) this.#events.set(id, events);
    else events.end();
    Object.assign(payload, { query: '', variables: null, extensions: null });
  }

  /** Returns a result for graphql-ws; a promise that never settles if the operation is replaced. */
  resultOf<T>(id: string, payload: unknown, result: T): T | Promise<never> {
    return this.#payloads.get(id) === payload ? result : new Promise(() => undefined);
  }

  /**
   * Returns the errors of an operation that does not begin. graphql-ws sends none, and calls no hook, if the client has completed
   * it meanwhile: it is removed then.
   *
   * @param subscriptions The operations that graphql-ws has.
   */
  refuse(id: string, payload: unknown, errors: readonly GraphQLFormattedError[], subscriptions: object) {
    setImmediate(() => {
      if (!(id in subscriptions)) void this.remove(id, payload);
    });
    return this.resultOf(id, payload, errors.map(toMessageError));
  }

  /** Removes an operation of which graphql-ws sends the last message next; a promise that never settles if it is replaced. */
  remove(id: string, payload: unknown): Promise<never> | undefined {
    const result = this.resultOf(id, payload, undefined);
    if (result) return result;
    this.#payloads.delete(id);
    this.#events.delete(id);
    return undefined;
  }

  /** Returns the cursor up to which each subscription has all events. One of which an event is on its way has none. */
  cursors(): Record<string, string> {
    const cursors = [...this.#events].flatMap(([id, events]) => {
      const cursor = events.takenUpTo();
      return cursor === undefined ? [] : [[id, cursor] as const];
    });
    return Object.fromEntries(cursors);
  }
}

/** Returns an error of the class that graphql-ws requires, which it sends in the form that it has already. */
const toMessageError = (formatted: GraphQLFormattedError): GraphQLError =>
  Object.assign(new GraphQLError(formatted.message), { toJSON: () => formatted });
