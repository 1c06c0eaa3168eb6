import {
  type ExecutionResult,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLResolveInfo,
  isObjectType,
  locatedError,
} from 'graphql';
import { JsonList } from './json-list.js';
import { type FieldPlan, type ObjectPlan, type SelectionAware, type TypePlan, withSelection } from './plan.js';
import { type Container, ResponsePosition } from './response-position.js';
import type { FieldArguments } from './stored-arguments.js';

/** The inputs that all fields of one execution share. */
export interface ExecutionContext {
  info: Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'rootValue' | 'operation' | 'variableValues'>;
  context: unknown;
  /** The coerced arguments of fields that contain variables. */
  fieldArguments: FieldArguments;
  /** Collects the `id` of each object in the response, if given. */
  shownIds?: Set<unknown> | undefined;
}

type Value = Record<string | symbol, unknown>;

/** Returns whether a value is neither a promise nor `SelectionAware`, at the cost of one look: most are leaves or rows. */
const isPlain = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (Object.getPrototypeOf(value) === Object.prototype && !Object.hasOwn(value, 'then'));

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';

/**
 * One execution of a plan. Writes each value to its position when it settles; the response is complete when no promise
 * is pending. An error makes the nearest nullable position null, after "Handling Field Errors" of the specification.
 * Method names are those of graphql-js' `execute.ts`.
 */
export class Execution {
  readonly #execution: ExecutionContext;
  readonly #result: { data?: unknown } = {};
  readonly #errors: GraphQLError[] = [];
  #pending = 0;
  #finish: ((result: ExecutionResult) => void) | undefined;

  constructor(execution: ExecutionContext) {
    this.#execution = execution;
  }

  /** Executes a plan on the root value. Returns the response without a promise if no resolver returned one. */
  start(plan: ObjectPlan, root: unknown): ExecutionResult | Promise<ExecutionResult> {
    const position = new ResponsePosition(undefined, this.#result as Container, 'data', true);
    const data: Container = {};
    this.#result.data = data;
    this.#executeFields(plan, (root ?? {}) as Value, data, position);
    if (this.#pending === 0) return this.#buildResponse();
    return new Promise(resolve => {
      this.#finish = resolve;
    });
  }

  #buildResponse(): ExecutionResult {
    const { data } = this.#result as { data: Record<string, unknown> | null };
    return this.#errors.length ? { errors: this.#errors, data } : { data };
  }

  #executeFields({ fields }: ObjectPlan, source: Value, container: Container, position: ResponsePosition): void {
    for (const field of fields) {
      const { responseName, resolve, fieldDefinition } = field;
      try {
        let value: unknown;
        if (resolve) {
          const info = field.takesInfo ? this.#info(field, position) : (undefined as never);
          value = resolve(source, this.#argumentsOf(field), this.#execution.context, info);
        } else {
          value = source[fieldDefinition.name];
          if (typeof value === 'function') {
            const info = this.#info(field, position);
            value = value.call(source, this.#argumentsOf(field), this.#execution.context, info);
          }
        }
        this.#settle(value, field, field.type, container, responseName, position);
      } catch (error) {
        this.#handleFieldError(error, field, field.type, container, responseName, position);
      }
      if (position.isNull) return;
    }
  }

  /** Completes a value at its position: at once, or when its promise settles. */
  #settle(
    resolved: unknown,
    field: FieldPlan,
    type: TypePlan,
    container: Container,
    key: string | number,
    position: ResponsePosition,
  ): void {
    if (isPlain(resolved)) {
      this.#completeValue(resolved, field, type, container, key, position);
      return;
    }
    const value =
      withSelection in (resolved as object) && type.selection
        ? (resolved as SelectionAware)[withSelection](type.selection)
        : resolved;
    if (!isPromise(value)) {
      this.#completeValue(value, field, type, container, key, position);
      return;
    }
    // Reserves the order of the keys of the response.
    container[key] = null;
    this.#pending += 1;
    value.then(
      settled => {
        try {
          this.#settle(settled, field, type, container, key, position);
        } catch (error) {
          this.#handleFieldError(error, field, type, container, key, position);
        }
        this.#onSettled();
      },
      (error: unknown) => {
        this.#handleFieldError(error, field, type, container, key, position);
        this.#onSettled();
      },
    );
  }

  #onSettled(): void {
    this.#pending -= 1;
    if (this.#pending === 0) this.#finish?.(this.#buildResponse());
  }

  #completeValue(
    value: unknown,
    field: FieldPlan,
    type: TypePlan,
    container: Container,
    key: string | number,
    position: ResponsePosition,
  ): void {
    if (value instanceof Error) throw value;
    if (value === null || value === undefined) {
      if (!type.nullable) {
        const { parent, fieldDefinition } = field;
        throw new Error(`Cannot return null for non-nullable field ${parent.name}.${fieldDefinition.name}.`);
      }
      container[key] = null;
      return;
    }
    switch (type.kind) {
      case 'text':
        container[key] = typeof value === 'string' ? value : serialize(type.type, value);
        return;
      case 'leaf':
        container[key] = serialize(type.type, value);
        return;
      case 'list':
        if (value instanceof JsonList) {
          container[key] = value;
          return;
        }
        this.#completeListValue(
          value,
          field,
          type.item,
          container,
          key,
          new ResponsePosition(position, container, key, type.nullable),
        );
        return;
      case 'object': {
        this.#execution.shownIds?.add((value as Value).id);
        const object: Container = {};
        container[key] = object;
        this.#executeFields(
          type.plan(),
          value as Value,
          object,
          new ResponsePosition(position, container, key, type.nullable),
        );
        return;
      }
      case 'abstract': {
        this.#execution.shownIds?.add((value as Value).id);
        const plan = this.#planOfValue(type, value, field, position);
        const object: Container = {};
        container[key] = object;
        this.#executeFields(
          plan,
          value as Value,
          object,
          new ResponsePosition(position, container, key, type.nullable),
        );
      }
    }
  }

  #completeListValue(
    value: unknown,
    field: FieldPlan,
    item: TypePlan,
    container: Container,
    key: string | number,
    position: ResponsePosition,
  ): void {
    if (typeof value !== 'object' || !(Symbol.iterator in (value as object))) {
      const { parent, fieldDefinition } = field;
      throw new Error(`Expected Iterable, but did not find one for field "${parent.name}.${fieldDefinition.name}".`);
    }
    const list: unknown[] = [];
    container[key] = list;
    let index = 0;
    for (const entry of value as Iterable<unknown>) {
      const entryIndex = index;
      index += 1;
      try {
        this.#settle(entry, field, item, list as unknown as Container, entryIndex, position);
      } catch (error) {
        this.#handleFieldError(error, field, item, list as unknown as Container, entryIndex, position);
      }
      if (position.isNull) return;
    }
  }

  #planOfValue(
    { type: abstract, takesInfo, planOf }: TypePlan & { kind: 'abstract' },
    value: unknown,
    field: FieldPlan,
    position: ResponsePosition,
  ): ObjectPlan {
    const info = takesInfo ? this.#info(field, position) : (undefined as never);
    const name = abstract.resolveType?.(value, this.#execution.context, info, abstract);
    const plan = typeof name === 'string' ? planOf(name) : undefined;
    if (plan) return plan;
    if (typeof name === 'string' && isObjectType(this.#execution.info.schema.getType(name))) {
      throw new GraphQLError(`Runtime Object type "${name}" is not a possible type for "${abstract.name}".`);
    }
    const { parent, fieldDefinition } = field;
    throw new GraphQLError(
      `Abstract type "${abstract.name}" must resolve to one of its Object types at runtime for field "${parent.name}.${fieldDefinition.name}"; got ${String(name)}.`,
    );
  }

  #argumentsOf(field: FieldPlan): Record<string, unknown> {
    return field.constantArguments?.() ?? this.#execution.fieldArguments.of(field);
  }

  #info(
    { responseName, fieldNodes, parent, fieldDefinition }: FieldPlan,
    position: ResponsePosition,
  ): GraphQLResolveInfo {
    let path: GraphQLResolveInfo['path'] | undefined;
    for (const key of position.path(responseName)) path = { prev: path, key, typename: undefined };
    return {
      ...this.#execution.info,
      fieldName: fieldDefinition.name,
      fieldNodes,
      returnType: fieldDefinition.type,
      parentType: parent,
      path: path as GraphQLResolveInfo['path'],
    };
  }

  #handleFieldError(
    error: unknown,
    { fieldNodes }: FieldPlan,
    { nullable }: TypePlan,
    container: Container,
    key: string | number,
    position: ResponsePosition,
  ): void {
    // An error below a position that another error made null is not reported.
    if (position.isNulled) return;
    this.#errors.push(locatedError(error, fieldNodes, position.path(key)));
    if (nullable) container[key] = null;
    else position.propagateNull();
  }
}

function serialize(type: GraphQLLeafType, value: unknown): unknown {
  const serialized = type.serialize(value);
  if (serialized === null || serialized === undefined) {
    throw new Error(`Expected \`${type.name}.serialize\` to return a value; it returned ${String(serialized)}.`);
  }
  return serialized;
}
