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
import { type Selectable, select } from './selection.js';
import { type Container, Slot } from './slot.js';

/** What all fields of one run share. */
export interface Run {
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
  readonly #run: Run;
  readonly #result: { data?: unknown } = {};
  readonly #errors: GraphQLError[] = [];
  readonly #arguments = new Map<FieldPlan, Record<string, unknown>>();
  #underWay = 0;
  #finish: ((result: ExecutionResult) => void) | undefined;

  constructor(run: Run) {
    this.#run = run;
  }

  /** Runs a plan on the root value. */
  start(plan: ObjectPlan, root: unknown): ExecutionResult | Promise<ExecutionResult> {
    const slot = new Slot(undefined, this.#result as Container, 'data', true);
    const data: Container = {};
    this.#result.data = data;
    this.#fields(plan, (root ?? {}) as Value, data, slot);
    if (this.#underWay === 0) return this.#whole();
    return new Promise(resolve => {
      this.#finish = resolve;
    });
  }

  #whole(): ExecutionResult {
    const { data } = this.#result as { data: Record<string, unknown> | null };
    return this.#errors.length ? { errors: this.#errors, data } : { data };
  }

  #fields({ fields }: ObjectPlan, source: Value, container: Container, slot: Slot): void {
    for (const field of fields) {
      const { key, resolve, definition } = field;
      try {
        let value: unknown;
        if (resolve) {
          const info = field.takesInfo ? this.#info(field, slot) : (undefined as never);
          value = resolve(source, this.#argumentsOf(field), this.#run.context, info);
        } else {
          value = source[definition.name];
          if (typeof value === 'function') {
            const info = this.#info(field, slot);
            value = value.call(source, this.#argumentsOf(field), this.#run.context, info);
          }
        }
        this.#put(value, field, field.type, container, key, slot);
      } catch (error) {
        this.#fail(error, field, field.type, container, key, slot);
      }
      if (slot.isNull) return;
    }
  }

  /** Puts a value where it belongs, now or when it has come. */
  #put(given: unknown, field: FieldPlan, type: TypePlan, container: Container, key: string | number, slot: Slot): void {
    if (isPlain(given)) {
      this.#complete(given, field, type, container, key, slot);
      return;
    }
    const value = select in (given as object) && type.selection ? (given as Selectable)[select](type.selection) : given;
    if (!isPromise(value)) {
      this.#complete(value, field, type, container, key, slot);
      return;
    }
    // Takes its place among the keys before it is there.
    container[key] = null;
    this.#underWay += 1;
    value.then(
      come => {
        try {
          this.#put(come, field, type, container, key, slot);
        } catch (error) {
          this.#fail(error, field, type, container, key, slot);
        }
        this.#arrived();
      },
      (error: unknown) => {
        this.#fail(error, field, type, container, key, slot);
        this.#arrived();
      },
    );
  }

  #arrived(): void {
    this.#underWay -= 1;
    if (this.#underWay === 0) this.#finish?.(this.#whole());
  }

  #complete(
    value: unknown,
    field: FieldPlan,
    type: TypePlan,
    container: Container,
    key: string | number,
    slot: Slot,
  ): void {
    if (value instanceof Error) throw value;
    if (value === null || value === undefined) {
      if (!type.nullable) {
        const { parent, definition } = field;
        throw new Error(`Cannot return null for non-nullable field ${parent.name}.${definition.name}.`);
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
        this.#list(value, field, type.item, container, key, new Slot(slot, container, key, type.nullable));
        return;
      case 'object': {
        const object: Container = {};
        container[key] = object;
        this.#fields(type.plan(), value as Value, object, new Slot(slot, container, key, type.nullable));
        return;
      }
      case 'abstract': {
        const its = this.#typeOf(type.type, value, field, slot);
        const object: Container = {};
        container[key] = object;
        this.#fields(type.planOf(its), value as Value, object, new Slot(slot, container, key, type.nullable));
      }
    }
  }

  #list(
    value: unknown,
    field: FieldPlan,
    item: TypePlan,
    container: Container,
    key: string | number,
    slot: Slot,
  ): void {
    if (typeof value !== 'object' || !(Symbol.iterator in (value as object))) {
      const { parent, definition } = field;
      throw new Error(`Expected Iterable, but did not find one for field "${parent.name}.${definition.name}".`);
    }
    const list: unknown[] = [];
    container[key] = list;
    let index = 0;
    for (const one of value as Iterable<unknown>) {
      const place = index;
      index += 1;
      try {
        this.#put(one, field, item, list as unknown as Container, place, slot);
      } catch (error) {
        this.#fail(error, field, item, list as unknown as Container, place, slot);
      }
      if (slot.isNull) return;
    }
  }

  #typeOf(abstract: GraphQLAbstractType, value: unknown, field: FieldPlan, slot: Slot): GraphQLObjectType {
    const { schema } = this.#run.info;
    const name = abstract.resolveType?.(value, this.#run.context, this.#info(field, slot), abstract);
    const type = typeof name === 'string' ? schema.getType(name) : undefined;
    if (isObjectType(type)) {
      if (schema.isSubType(abstract, type)) return type;
      throw new GraphQLError(`Runtime Object type "${type.name}" is not a possible type for "${abstract.name}".`);
    }
    const { parent, definition } = field;
    throw new GraphQLError(
      `Abstract type "${abstract.name}" must resolve to one of its Object types at runtime for field "${parent.name}.${definition.name}"; got ${String(name)}.`,
    );
  }

  #argumentsOf(field: FieldPlan): Record<string, unknown> {
    if (field.constantArguments) return field.constantArguments();
    let values = this.#arguments.get(field);
    if (!values) {
      const [node] = field.nodes;
      values = getArgumentValues(field.definition, node as never, this.#run.info.variableValues);
      this.#arguments.set(field, values);
    }
    return values;
  }

  #info({ key, nodes, parent, definition }: FieldPlan, slot: Slot): GraphQLResolveInfo {
    let path: GraphQLResolveInfo['path'] | undefined;
    for (const one of slot.path(key)) path = { prev: path, key: one, typename: undefined };
    return {
      ...this.#run.info,
      fieldName: definition.name,
      fieldNodes: nodes,
      returnType: definition.type,
      parentType: parent,
      path: path as GraphQLResolveInfo['path'],
    };
  }

  #fail(
    error: unknown,
    { nodes }: FieldPlan,
    { nullable }: TypePlan,
    container: Container,
    key: string | number,
    slot: Slot,
  ): void {
    // One error is enough for what an earlier one made null.
    if (slot.isGone) return;
    this.#errors.push(locatedError(error, nodes, slot.path(key)));
    if (nullable) container[key] = null;
    else slot.putNull();
  }
}

function serialized(type: GraphQLLeafType, value: unknown): unknown {
  const given = type.serialize(value);
  if (given === null || given === undefined) {
    throw new Error(`Expected \`${type.name}.serialize\` to return a value; it returned ${String(given)}.`);
  }
  return given;
}
