import {
  type ExecutionResult,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getArgumentValues,
  isObjectType,
  locatedError,
} from 'graphql';
import type { FieldPlan, ObjectPlan, TypePlan } from './plan.js';
import { type SelectionAware, withSelection } from './plan.js';
import { type Container, ResponsePosition } from './response-position.js';

/** What all fields of one run share. */
export interface ExecutionContext {
  info: Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'rootValue' | 'operation' | 'variableValues'>;
  context: unknown;
}

type Value = Record<string | symbol, unknown>;

/** Most values are no objects, or rows: those are neither promises nor anything that is told what is asked of it. */
const isPlain = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (Object.getPrototypeOf(value) === Object.prototype && !Object.hasOwn(value, 'then'));

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';

/**
 * One run of a plan. Values are put where they belong as they come; the result is whole when none is on its way. An error
 * makes null of the nearest place that may be, as GraphQL's "Handling field errors" has it.
 */
export class Execution {
  readonly #run: ExecutionContext;
  readonly #result: { data?: unknown } = {};
  readonly #errors: GraphQLError[] = [];
  readonly #arguments = new Map<FieldPlan, Record<string, unknown>>();
  #pending = 0;
  #finish: ((result: ExecutionResult) => void) | undefined;

  constructor(run: ExecutionContext) {
    this.#run = run;
  }

  /** Runs a plan on the root value. */
  start(plan: ObjectPlan, root: unknown): ExecutionResult | Promise<ExecutionResult> {
    const slot = new ResponsePosition(undefined, this.#result as Container, 'data', true);
    const data: Container = {};
    this.#result.data = data;
    this.#executeFields(plan, (root ?? {}) as Value, data, slot);
    if (this.#pending === 0) return this.#buildResponse();
    return new Promise(resolve => {
      this.#finish = resolve;
    });
  }

  #buildResponse(): ExecutionResult {
    const { data } = this.#result as { data: Record<string, unknown> | null };
    return this.#errors.length ? { errors: this.#errors, data } : { data };
  }

  #executeFields({ fields }: ObjectPlan, source: Value, container: Container, slot: ResponsePosition): void {
    for (const field of fields) {
      const { responseName, resolve, fieldDefinition } = field;
      try {
        let value: unknown;
        if (resolve) {
          const info = field.takesInfo ? this.#info(field, slot) : (undefined as never);
          value = resolve(source, this.#argumentsOf(field), this.#run.context, info);
        } else {
          value = source[fieldDefinition.name];
          if (typeof value === 'function') {
            const info = this.#info(field, slot);
            value = value.call(source, this.#argumentsOf(field), this.#run.context, info);
          }
        }
        this.#settle(value, field, field.type, container, responseName, slot);
      } catch (error) {
        this.#handleFieldError(error, field, field.type, container, responseName, slot);
      }
      if (slot.isNull) return;
    }
  }

  /** Puts a value where it belongs, now or when it has come. */
  #settle(
    given: unknown,
    field: FieldPlan,
    type: TypePlan,
    container: Container,
    key: string | number,
    slot: ResponsePosition,
  ): void {
    if (isPlain(given)) {
      this.#completeValue(given, field, type, container, key, slot);
      return;
    }
    const value =
      withSelection in (given as object) && type.selection
        ? (given as SelectionAware)[withSelection](type.selection)
        : given;
    if (!isPromise(value)) {
      this.#completeValue(value, field, type, container, key, slot);
      return;
    }
    // Takes its place among the keys before it is there.
    container[key] = null;
    this.#pending += 1;
    value.then(
      come => {
        try {
          this.#settle(come, field, type, container, key, slot);
        } catch (error) {
          this.#handleFieldError(error, field, type, container, key, slot);
        }
        this.#onSettled();
      },
      (error: unknown) => {
        this.#handleFieldError(error, field, type, container, key, slot);
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
    slot: ResponsePosition,
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
        container[key] = typeof value === 'string' ? value : serialized(type.type, value);
        return;
      case 'leaf':
        container[key] = serialized(type.type, value);
        return;
      case 'list':
        this.#completeListValue(
          value,
          field,
          type.item,
          container,
          key,
          new ResponsePosition(slot, container, key, type.nullable),
        );
        return;
      case 'object': {
        const object: Container = {};
        container[key] = object;
        this.#executeFields(
          type.plan(),
          value as Value,
          object,
          new ResponsePosition(slot, container, key, type.nullable),
        );
        return;
      }
      case 'abstract': {
        const its = this.#resolveType(type.type, value, field, slot);
        const object: Container = {};
        container[key] = object;
        this.#executeFields(
          type.planOf(its),
          value as Value,
          object,
          new ResponsePosition(slot, container, key, type.nullable),
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
    slot: ResponsePosition,
  ): void {
    if (typeof value !== 'object' || !(Symbol.iterator in (value as object))) {
      const { parent, fieldDefinition } = field;
      throw new Error(`Expected Iterable, but did not find one for field "${parent.name}.${fieldDefinition.name}".`);
    }
    const list: unknown[] = [];
    container[key] = list;
    let index = 0;
    for (const one of value as Iterable<unknown>) {
      const place = index;
      index += 1;
      try {
        this.#settle(one, field, item, list as unknown as Container, place, slot);
      } catch (error) {
        this.#handleFieldError(error, field, item, list as unknown as Container, place, slot);
      }
      if (slot.isNull) return;
    }
  }

  #resolveType(
    abstract: GraphQLAbstractType,
    value: unknown,
    field: FieldPlan,
    slot: ResponsePosition,
  ): GraphQLObjectType {
    const { schema } = this.#run.info;
    const name = abstract.resolveType?.(value, this.#run.context, this.#info(field, slot), abstract);
    const type = typeof name === 'string' ? schema.getType(name) : undefined;
    if (isObjectType(type)) {
      if (schema.isSubType(abstract, type)) return type;
      throw new GraphQLError(`Runtime Object type "${type.name}" is not a possible type for "${abstract.name}".`);
    }
    const { parent, fieldDefinition } = field;
    throw new GraphQLError(
      `Abstract type "${abstract.name}" must resolve to one of its Object types at runtime for field "${parent.name}.${fieldDefinition.name}"; got ${String(name)}.`,
    );
  }

  #argumentsOf(field: FieldPlan): Record<string, unknown> {
    if (field.constantArguments) return field.constantArguments();
    let values = this.#arguments.get(field);
    if (!values) {
      const [node] = field.fieldNodes;
      values = getArgumentValues(field.fieldDefinition, node as never, this.#run.info.variableValues);
      this.#arguments.set(field, values);
    }
    return values;
  }

  #info({ responseName, fieldNodes, parent, fieldDefinition }: FieldPlan, slot: ResponsePosition): GraphQLResolveInfo {
    let path: GraphQLResolveInfo['path'] | undefined;
    for (const one of slot.path(responseName)) path = { prev: path, key: one, typename: undefined };
    return {
      ...this.#run.info,
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
    slot: ResponsePosition,
  ): void {
    // One error is enough for what an earlier one made null.
    if (slot.isNulled) return;
    this.#errors.push(locatedError(error, fieldNodes, slot.path(key)));
    if (nullable) container[key] = null;
    else slot.propagateNull();
  }
}

function serialized(type: GraphQLLeafType, value: unknown): unknown {
  const given = type.serialize(value);
  if (given === null || given === undefined) {
    throw new Error(`Expected \`${type.name}.serialize\` to return a value; it returned ${String(given)}.`);
  }
  return given;
}
