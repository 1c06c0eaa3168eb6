import fc, { type GeneratorValue } from 'fast-check';
import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Json } from '../support/calls.js';
import { MARKER, randomValue } from './values.js';

export interface Operation {
  query: string;
  variables: Record<string, Json>;
  operationName?: string | null | undefined;
}

/** Names that a request may give; most name the operation, or no operation where there is one only. */
const NAMES = [undefined, undefined, undefined, undefined, null, null, 'Fuzz', 'Fuzz', 'Fuzz', '', `Wrong${MARKER}`];

type Kind = 'query' | 'mutation' | 'subscription';
const KINDS: Kind[] = ['query', 'query', 'query', 'query', 'mutation', 'mutation', 'subscription'];

/** A random operation that the schema allows but for some of its values: what a client could think of. */
export function operation(g: GeneratorValue, schema: GraphQLSchema, kinds = KINDS): Operation {
  const kind = g(fc.constantFrom<Kind[]>, ...kinds);
  const root = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  }[kind];
  const writer = new Writer(g, schema);
  const selection = writer.selection(root as GraphQLNamedType, 0);
  const declared = writer.declared.length ? `(${writer.declared.join(', ')})` : '';
  const document = `${kind} Fuzz${declared} ${selection}`;
  const other = g(fc.constantFrom<string[]>, '', '', '', '', 'query Other { viewer { name } } ');
  const operationName = g(
    fc.constantFrom<(string | null | undefined)[]>,
    ...NAMES,
    ...(other ? ['Other', 'Fuzz'] : []),
  );
  return { query: other + document, variables: writer.variables, operationName };
}

class Writer {
  readonly declared: string[] = [];
  readonly variables: Record<string, Json> = {};

  constructor(
    private readonly g: GeneratorValue,
    private readonly schema: GraphQLSchema,
  ) {}

  #upTo(max: number): number {
    return this.g(fc.integer, { min: 0, max });
  }

  selection(type: GraphQLNamedType, depth: number): string {
    const parts = ['__typename'];
    if (isObjectType(type) || isInterfaceType(type)) {
      const fields = Object.values(type.getFields()).filter(
        ({ type: fieldType }) => depth < 5 || !isCompositeType(getNamedType(fieldType)),
      );
      for (let count = this.#upTo(depth === 0 ? 1 : 3); count >= 0 && fields.length; count -= 1) {
        parts.push(this.#field(fields[this.#upTo(fields.length - 1)] as GraphQLField<unknown, unknown>, depth));
      }
    }
    if (isAbstractType(type)) {
      const possible = this.schema.getPossibleTypes(type);
      const concreteType = possible[this.#upTo(possible.length - 1)] as GraphQLNamedType;
      parts.push(`... on ${concreteType.name} ${this.selection(concreteType, depth + 1)}`);
    }
    return `{ ${parts.join(' ')} }`;
  }

  /** Declares a variable: with a default at times, and then also null or absent. */
  #variable(type: string, { json }: { json: Json }, defaultLiteral: () => string): string {
    const variable = `v${this.declared.length}`;
    const hasDefault = this.#upTo(3) === 0;
    this.declared.push(`$${variable}: ${hasDefault ? `${type.replace(/!$/, '')} = ${defaultLiteral()}` : type}`);
    const die = this.#upTo(hasDefault ? 5 : 20);
    if (die > 1) this.variables[variable] = json;
    else if (die === 0) this.variables[variable] = null;
    return variable;
  }

  #directive(): string {
    const name = this.#upTo(1) ? 'skip' : 'include';
    const value = this.#upTo(1) === 0;
    if (this.#upTo(1)) return ` @${name}(if: ${value})`;
    return ` @${name}(if: $${this.#variable('Boolean!', { json: value }, () => String(!value))})`;
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const args = field.args.filter(
      ({ type, defaultValue }) => (isNonNullType(type) && defaultValue === undefined) || this.#upTo(3) === 0,
    );
    const written = args.map(({ name, type }) => {
      const value = randomValue(this.g, type);
      if (this.#upTo(2) === 0) return `${name}: ${value.literal}`;
      return `${name}: $${this.#variable(String(type), value, () => randomValue(this.g, type).literal)}`;
    });
    const directive = this.#upTo(12) === 0 ? this.#directive() : '';
    // Another name each time: the same field with other arguments would only be refused.
    const alias = this.#upTo(4) === 0 ? `a${this.#upTo(1_000)}: ` : '';
    const type = getNamedType(field.type);
    const inner = isCompositeType(type) ? ` ${this.selection(type, depth + 1)}` : '';
    return `${alias}${field.name}${written.length ? `(${written.join(', ')})` : ''}${directive}${inner}`;
  }
}

/** The same text, with a few characters of it gone, doubled or replaced. */
export function mangled(g: GeneratorValue, text: string): string {
  let mutated = text;
  for (let count = g(fc.integer, { min: 1, max: 4 }); count > 0; count -= 1) {
    const at = g(fc.integer, { min: 0, max: mutated.length });
    const piece = g(
      fc.constantFrom<string[]>,
      '',
      '{',
      '}',
      '(',
      ')',
      '"',
      '"""',
      '\\u',
      '$',
      '@',
      '!',
      ':',
      '...',
      '[',
      '\0',
      '\ufeff',
      '\ud800',
      '9'.repeat(400),
      'fragment',
      '#',
      '&',
      '|',
      '-',
    );
    mutated = mutated.slice(0, at) + piece + mutated.slice(at + g(fc.integer, { min: 0, max: 3 }));
  }
  return mutated;
}
