import { type FieldNode, getArgumentValues } from 'graphql';
import { GrowingCache } from './growing-cache.js';
import type { FieldPlan } from './plan.js';
import { bytesOfArguments } from './plan-memory.js';

/** The coerced arguments of the fields that contain variables, for one set of values. */
export class FieldArguments {
  readonly #byField = new Map<FieldPlan, Record<string, unknown>>();

  /** @param onCoerced Called when the arguments of a field are coerced, with their memory in bytes. */
  constructor(
    private readonly variables: Record<string, unknown>,
    private readonly onCoerced: (bytes: number) => void,
  ) {}

  /**
   * Returns the arguments of a field, as the same object at each call.
   *
   * @throws GraphQLError for a missing value.
   */
  of(field: FieldPlan): Record<string, unknown> {
    let values = this.#byField.get(field);
    if (!values) {
      const node = field.fieldNodes[0] as FieldNode;
      values = getArgumentValues(field.fieldDefinition, node, this.variables);
      this.#byField.set(field, values);
      this.onCoerced(bytesOfArguments(node));
    }
    return values;
  }
}

/** Limits the stored arguments of one plan. Those used least recently make room; those in use may exceed the limit. */
const MAX_ARGUMENTS_BYTES = 500_000;
/** Longer values are rarely sent again, and it takes time to compare them. */
const MAX_KEY_LENGTH = 500;
const MAX_LIST_LENGTH = 10;
/** The memory of arguments without fields. */
const ENTRY_BYTES = 500;
/** The memory of a character of the values, with its share of the SQL: a condition has thirty characters or more. */
const CHARACTER_BYTES = 50;

/**
 * The arguments of the last executions of a plan, by the values of its variables. Executions with equal values get the same
 * objects, whose identity is the key of the caches of lists (see `listPlan`): so a filter with variables is coerced, and
 * becomes SQL, once for all who ask the same.
 */
export class StoredArguments {
  readonly #cache = new GrowingCache<FieldArguments>(MAX_ARGUMENTS_BYTES);

  /** @param onResized Called when they take more memory, or less, with the difference in bytes. */
  constructor(private readonly onResized: (bytes: number) => void) {}

  /** Returns the arguments for these values, coerced as executions need them. */
  of(variables: Record<string, unknown>): FieldArguments {
    const key = keyOf(variables);
    if (key === undefined) return new FieldArguments(variables, () => undefined);
    return this.#cache.use(key) ?? this.#add(key, variables);
  }

  #add(key: string, variables: Record<string, unknown>): FieldArguments {
    const valueBytes = key.length * CHARACTER_BYTES;
    const grow = (bytes: number) => this.onResized(this.#cache.grow(key, added, bytes + valueBytes));
    const added = new FieldArguments(variables, grow);
    this.#cache.add(key, added);
    grow(ENTRY_BYTES);
    return added;
  }
}

/** Returns the values of variables as text; undefined for long ones. */
function keyOf(variables: Record<string, unknown>): string | undefined {
  for (const value of Object.values(variables))
    if (Array.isArray(value) && value.length > MAX_LIST_LENGTH) return undefined;
  const key = JSON.stringify(variables);
  return key.length <= MAX_KEY_LENGTH ? key : undefined;
}
