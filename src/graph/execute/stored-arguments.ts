import { type FieldNode, getArgumentValues } from 'graphql';
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

/** Limits the stored arguments of one plan. The oldest ones make room; those in use may exceed the limit. */
const MAX_ARGUMENTS_BYTES = 500_000;
/** Longer values are rarely sent again, and it takes time to compare them. */
const MAX_KEY_LENGTH = 500;
const MAX_LIST_LENGTH = 10;
/** The memory of arguments without fields. */
const ENTRY_BYTES = 500;
/** The memory of a character of the values, with its share of the SQL: a condition has thirty characters or more. */
const CHARACTER_BYTES = 50;

interface Entry {
  fieldArguments: FieldArguments;
  bytes: number;
}

/**
 * The arguments of the last executions of a plan, by the values of its variables. Executions with equal values get the same
 * objects, whose identity is the key of the caches of lists (see `listPlan`): so a filter with variables is coerced, and
 * becomes SQL, once for all who ask the same.
 */
export class StoredArguments {
  /** The most recently used ones are last. */
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  /** @param onResized Called when they take more memory, or less, with the difference in bytes. */
  constructor(private readonly onResized: (bytes: number) => void) {}

  /** Returns the arguments for these values, coerced as executions need them. */
  of(variables: Record<string, unknown>): FieldArguments {
    const key = keyOf(variables);
    if (key === undefined) return new FieldArguments(variables, () => undefined);
    const entry = this.#entries.get(key);
    if (!entry) return this.#add(key, variables);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.fieldArguments;
  }

  #add(key: string, variables: Record<string, unknown>): FieldArguments {
    const valueBytes = key.length * CHARACTER_BYTES;
    const fieldArguments = new FieldArguments(variables, bytes => this.#grow(key, entry, bytes + valueBytes));
    const entry: Entry = { fieldArguments, bytes: 0 };
    this.#entries.set(key, entry);
    this.#grow(key, entry, ENTRY_BYTES + valueBytes);
    return fieldArguments;
  }

  #grow(key: string, entry: Entry, bytes: number): void {
    if (this.#entries.get(key) !== entry) return;
    entry.bytes += bytes;
    let change = bytes;
    for (const [oldestKey, oldest] of this.#entries) {
      if (this.#bytes + change <= MAX_ARGUMENTS_BYTES || oldest === entry) break;
      this.#entries.delete(oldestKey);
      change -= oldest.bytes;
    }
    this.#bytes += change;
    this.onResized(change);
  }
}

/** Returns the values of variables as text; undefined for long ones. */
function keyOf(variables: Record<string, unknown>): string | undefined {
  for (const value of Object.values(variables))
    if (Array.isArray(value) && value.length > MAX_LIST_LENGTH) return undefined;
  const key = JSON.stringify(variables);
  return key.length <= MAX_KEY_LENGTH ? key : undefined;
}
