import { type GraphQLTypeResolver, isInterfaceType } from 'graphql';
import { type Selection, type SelectionAware, withSelection } from '../graph/execute/plan.js';
import type { KeyedType, Reference } from './reference.js';

/**
 * The type under which a record was requested: its concrete type, or its interface. A property of the record, because an
 * entry of a WeakMap costs as much as the rest of a representation.
 */
const requestedType = Symbol('requestedType');

type Requested = object & { [requestedType]?: KeyedType };

/** A record that a reference resolves to, and the type that it was requested as. */
export class RequestedRecord implements SelectionAware, PromiseLike<object | null> {
  constructor(
    private readonly reference: ReturnType<Reference<never>['find']>,
    private readonly type: KeyedType,
  ) {}

  /** Loads the selected columns alone, if the reference loads a record by its id. */
  [withSelection](selection?: Selection): PromiseLike<object | null> | object | null {
    const { reference } = this;
    const record =
      selection && isSelectionAware(reference)
        ? (reference[withSelection](selection) as PromiseLike<object | null>)
        : (reference as PromiseLike<object | null> | object | null);
    return isThenable(record) ? record.then(this.#remember) : this.#remember(record);
  }

  // biome-ignore lint/suspicious/noThenProperty: graphql-js, which has no selection for it, awaits it.
  then<A, B>(
    onFulfilled?: ((record: object | null) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): PromiseLike<A | B> {
    return Promise.resolve(this[withSelection]()).then(onFulfilled, onRejected);
  }

  readonly #remember = (record: object | null): object | null => {
    if (record) (record as Requested)[requestedType] = this.type;
    return record;
  };
}

const isSelectionAware = (value: object | null): value is SelectionAware => value !== null && withSelection in value;
const isThenable = (value: object | null): value is PromiseLike<object | null> => value !== null && 'then' in value;

/** Resolves the concrete type of an entity: the requested one, or what the requested interface resolves to. */
export const entityType: GraphQLTypeResolver<Requested, unknown> = (record, context, info) => {
  const type = record[requestedType];
  return isInterfaceType(type) ? type.resolveType?.(record, context, info, type) : type?.name;
};
