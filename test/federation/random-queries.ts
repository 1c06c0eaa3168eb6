import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  isUnionType,
} from 'graphql';

/** Seeded pseudo-random number generator, from 0 to below 1 (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Values that occur in the register: literals by scalar, by `Input.field` or by `field.argument`. */
export type Values = Record<string, readonly string[]>;

const MAX_DEPTH = 4;
/** Arguments that need a value from an earlier result, such as a moment of the log, and fields that have one. */
const EXCLUDED = new Set(['after', 'before', 'viewer', 'codeList', 'difference', 'webhooks']);

/**
 * Generates queries that are valid by construction: fields, arguments and fragments are drawn from the schema, values
 * from its enums and from `values`.
 */
export class RandomQueries {
  readonly #random: () => number;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly values: Values,
    seed: number,
  ) {
    this.#random = seededRandom(seed);
  }

  next(): string {
    return this.#selection(this.schema.getQueryType() as GraphQLCompositeType, 0);
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  #pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.#random() * from.length)] as T;
  }

  /** Returns distinct members of a list, at least one and at most `max`. */
  #some<T>(from: readonly T[], max: number): T[] {
    const rest = [...from];
    const count = Math.min(rest.length, 1 + Math.floor(this.#random() * max));
    return Array.from({ length: count }, () => rest.splice(Math.floor(this.#random() * rest.length), 1)[0] as T);
  }

  #selection(type: GraphQLCompositeType, depth: number, alias = ''): string {
    const fields = isUnionType(type)
      ? []
      : Object.values(type.getFields()).filter(field => this.#isSelectable(field, depth));
    const chosen = fields.length ? this.#some(fields, depth === 0 ? 2 : 4) : [];
    const parts = chosen.map(field => this.#field(field, depth, alias));
    if (depth > 0 && (!parts.length || this.#chance(0.3))) parts.push('__typename');
    if (isAbstractType(type)) {
      for (const objectType of this.#some(this.schema.getPossibleTypes(type), 2)) {
        // Object types may have fields of one name and different types: an alias keeps them mergeable.
        parts.push(`... on ${objectType.name} ${this.#selection(objectType, depth, `${objectType.name}_`)}`);
      }
    }
    return `{ ${parts.join(' ')} }`;
  }

  #isSelectable({ name, type, args }: GraphQLField<unknown, unknown>, depth: number): boolean {
    if (name.startsWith('_') || EXCLUDED.has(name)) return false;
    if (depth >= MAX_DEPTH && isCompositeType(getNamedType(type))) return false;
    return args.every(arg => !isNonNullType(arg.type) || this.#isFillable(arg));
  }

  #field({ name, type, args }: GraphQLField<unknown, unknown>, depth: number, alias: string): string {
    const argumentTexts = this.#argumentsOf(args, name).map(([arg, value]) => `${arg}: ${value}`);
    const named = getNamedType(type);
    const subselection = isCompositeType(named) ? ` ${this.#selection(named, depth + 1)}` : '';
    return `${alias && `${alias}${name}: `}${name}${argumentTexts.length ? `(${argumentTexts.join(', ')})` : ''}${subselection}`;
  }

  #argumentsOf(args: readonly GraphQLArgument[], field: string): [name: string, value: string][] {
    const names = args.map(({ name }) => name);
    const values: [string, string][] = [];
    // Lists stay short, from either end.
    if (names.includes('first')) {
      const end = names.includes('last') && this.#chance(0.3) ? 'last' : 'first';
      values.push([end, String(1 + Math.floor(this.#random() * 3))]);
    }
    for (const arg of args) {
      if (['first', 'last', 'code'].includes(arg.name) || EXCLUDED.has(arg.name) || !this.#isFillable(arg)) continue;
      const isRequired = isNonNullType(arg.type) || (field === 'authority' && arg.name === 'id');
      const literals = this.values[`${field}.${arg.name}`];
      if (isRequired || this.#chance(0.3)) {
        values.push([arg.name, literals ? this.#pick(literals) : this.#value(arg.type, 0)]);
      }
    }
    return values;
  }

  #isFillable({ type }: GraphQLArgument | GraphQLInputField): boolean {
    const named = getNamedType(type);
    if (isInputObjectType(named))
      return Object.values(named.getFields()).every(field => !isRequiredInputField(field) || this.#isFillable(field));
    return isEnumType(named) || named.name === 'Boolean' || named.name in this.values;
  }

  #value(type: GraphQLInputType, depth: number): string {
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      const item = getNamedType(nullable);
      if (isEnumType(item))
        return `[${this.#some(item.getValues(), 2)
          .map(({ name }) => name)
          .join(', ')}]`;
      return `[${this.#value(nullable.ofType, depth)}]`;
    }
    if (isEnumType(nullable)) return this.#pick(nullable.getValues()).name;
    if (!isInputObjectType(nullable))
      return nullable.name === 'Boolean' ? this.#pick(['true', 'false']) : this.#pick(this.values[nullable.name] ?? []);
    const fields = Object.values(nullable.getFields()).filter(field => this.#isFillable(field));
    const required = fields.filter(isRequiredInputField);
    // Filters nest: below two levels, only plain conditions are generated.
    const chosen = required.length
      ? required
      : this.#some(depth < 2 ? fields : fields.filter(field => !isDeep(field)), 1);
    const inputValue = (field: GraphQLInputField) => {
      const values = this.values[`${nullable.name}.${field.name}`];
      return values ? this.#pick(values) : this.#value(field.type, depth + 1);
    };
    return `{ ${chosen.map(field => `${field.name}: ${inputValue(field)}`).join(', ')} }`;
  }
}

/** Tells if an input field has nested input objects. */
function isDeep({ type }: GraphQLInputField): boolean {
  const named = getNamedType(type);
  return (
    isInputObjectType(named) &&
    Object.values(named.getFields()).some(({ type }) => isInputObjectType(getNamedType(type)))
  );
}
