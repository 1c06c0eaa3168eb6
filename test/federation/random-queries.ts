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
  isUnionType,
} from 'graphql';

/** A source of numbers from 0 to below 1 that a seed decides (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Values that mean something to the register, by the scalar they are of. */
export type Values = Record<string, readonly string[]>;

const DEEPEST = 4;
/** Arguments whose values only an answer gives, and fields that have one. */
const LEFT_OUT = new Set(['after', 'before', 'viewer', 'codeList']);

/**
 * Queries that are valid by construction: their fields, arguments and fragments are drawn from the schema, their values
 * from its enums and from `values`.
 */
export class RandomQueries {
  readonly #number: () => number;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly values: Values,
    seed: number,
  ) {
    this.#number = numbers(seed);
  }

  next(): string {
    return this.#selection(this.schema.getQueryType() as GraphQLCompositeType, 0);
  }

  #chance(of: number): boolean {
    return this.#number() < of;
  }

  #pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.#number() * from.length)] as T;
  }

  /** Different ones of a list, at least one and at most so many. */
  #some<T>(from: readonly T[], most: number): T[] {
    const left = [...from];
    const count = Math.min(left.length, 1 + Math.floor(this.#number() * most));
    return Array.from({ length: count }, () => left.splice(Math.floor(this.#number() * left.length), 1)[0] as T);
  }

  #selection(type: GraphQLCompositeType, depth: number, alias = ''): string {
    const fields = isUnionType(type) ? [] : Object.values(type.getFields()).filter(its => this.#isAskable(its, depth));
    const chosen = fields.length ? this.#some(fields, depth === 0 ? 2 : 4) : [];
    const parts = chosen.map(field => this.#field(field, depth, alias));
    if (depth > 0 && (!parts.length || this.#chance(0.3))) parts.push('__typename');
    if (isAbstractType(type)) {
      for (const one of this.#some(this.schema.getPossibleTypes(type), 2)) {
        // Types may give one name to fields of different types: each has its own in the answer.
        parts.push(`... on ${one.name} ${this.#selection(one, depth, `${one.name}_`)}`);
      }
    }
    return `{ ${parts.join(' ')} }`;
  }

  #isAskable({ name, type, args }: GraphQLField<unknown, unknown>, depth: number): boolean {
    if (name.startsWith('_') || LEFT_OUT.has(name)) return false;
    if (depth >= DEEPEST && isCompositeType(getNamedType(type))) return false;
    return args.every(its => !isNonNullType(its.type) || this.#isFillable(its));
  }

  #field({ name, type, args }: GraphQLField<unknown, unknown>, depth: number, alias: string): string {
    const given = this.#argumentsOf(args, name).map(([arg, value]) => `${arg}: ${value}`);
    const named = getNamedType(type);
    const below = isCompositeType(named) ? ` ${this.#selection(named, depth + 1)}` : '';
    return `${alias && `${alias}${name}: `}${name}${given.length ? `(${given.join(', ')})` : ''}${below}`;
  }

  #argumentsOf(args: readonly GraphQLArgument[], field: string): [name: string, value: string][] {
    const names = args.map(({ name }) => name);
    const given: [string, string][] = [];
    // Lists stay short, whichever end they are read from.
    if (names.includes('first')) {
      const end = names.includes('last') && this.#chance(0.3) ? 'last' : 'first';
      given.push([end, String(1 + Math.floor(this.#number() * 3))]);
    }
    for (const arg of args) {
      if (['first', 'last', 'code'].includes(arg.name) || LEFT_OUT.has(arg.name) || !this.#isFillable(arg)) continue;
      const needed = isNonNullType(arg.type) || (field === 'authority' && arg.name === 'id');
      if (needed || this.#chance(0.3)) given.push([arg.name, this.#value(arg.type, 0)]);
    }
    return given;
  }

  #isFillable({ type }: GraphQLArgument | GraphQLInputField): boolean {
    const named = getNamedType(type);
    return isEnumType(named) || isInputObjectType(named) || named.name === 'Boolean' || named.name in this.values;
  }

  #value(type: GraphQLInputType, depth: number): string {
    const its = getNullableType(type);
    if (isListType(its)) {
      const item = getNamedType(its);
      if (isEnumType(item))
        return `[${this.#some(item.getValues(), 2)
          .map(({ name }) => name)
          .join(', ')}]`;
      return `[${this.#value(its.ofType, depth)}]`;
    }
    if (isEnumType(its)) return this.#pick(its.getValues()).name;
    if (!isInputObjectType(its))
      return its.name === 'Boolean' ? this.#pick(['true', 'false']) : this.#pick(this.values[its.name] ?? []);
    const fields = Object.values(its.getFields()).filter(field => this.#isFillable(field));
    const needed = fields.filter(field => isNonNullType(field.type) && field.defaultValue === undefined);
    // Filters hold filters: after two of them come plain conditions.
    const chosen = needed.length ? needed : this.#some(depth < 2 ? fields : fields.filter(field => !isDeep(field)), 1);
    return `{ ${chosen.map(field => `${field.name}: ${this.#value(field.type, depth + 1)}`).join(', ')} }`;
  }
}

/** Whether an input field holds filters again, which hold filters again. */
function isDeep({ type }: GraphQLInputField): boolean {
  const named = getNamedType(type);
  return (
    isInputObjectType(named) &&
    Object.values(named.getFields()).some(({ type }) => isInputObjectType(getNamedType(type)))
  );
}
