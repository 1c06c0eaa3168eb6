import {
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql';

/** A number from 0 up to 1. */
type Random = () => number;

/** Random numbers from 0 up to 1, always the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

/** The variables of a random document, some with a default, and then also null or absent. */
class Variables {
  readonly declared: string[] = [];
  readonly values: Record<string, unknown> = {};

  constructor(
    private readonly random: Random,
    readonly repeatsLists: boolean,
  ) {}

  /** Declares a variable at times. Returns it, or the literal of the value. */
  for(type: string, value: unknown, defaultLiteral: string): string {
    const { random } = this;
    if (random() < 0.6) return String(value);
    const name = `v${this.declared.length}`;
    const die = random();
    this.declared.push(`$${name}: ${type} = ${defaultLiteral}`);
    if (die < 0.6) this.values[name] = value;
    else if (die < 0.75 && !this.repeatsLists) this.values[name] = null;
    return `$${name}`;
  }

  /** Returns `@include` or `@skip` at times. */
  directive(): string {
    const { random } = this;
    if (random() > 0.12) return '';
    const name = random() < 0.7 ? 'include' : 'skip';
    return ` @${name}(if: ${this.for('Boolean', random() < 0.7, String(random() < 0.7))})`;
  }
}

/** Arguments that random documents give, by the field's or the argument's name; the rest keep their defaults. */
function argumentsOf(random: Random, { args }: GraphQLField<unknown, unknown>, variables: Variables): string {
  const written: string[] = [];
  for (const { name } of args) {
    if (name === 'first') written.push(`first: ${variables.for('Int', 1 + Math.floor(random() * 3), '2')}`);
    if (name === 'language' && random() < 0.5) written.push(`language: ${pick(random, ['NL', 'EN', 'ZH', 'PINYIN'])}`);
    if (name === 'on' && random() < 0.3) written.push('on: "1999-12"');
  }
  return written.length ? `(${written.join(', ')})` : '';
}

function selection(
  random: Random,
  schema: GraphQLSchema,
  typename: string,
  depth: number,
  variables: Variables,
): string {
  const type = schema.getType(typename);
  if (isUnionType(type)) {
    const parts = type
      .getTypes()
      .map(
        possibleType => `... on ${possibleType.name} ${selection(random, schema, possibleType.name, depth, variables)}`,
      );
    return `{ __typename ${parts.filter(() => random() < 0.6).join(' ')} }`;
  }
  if (!isObjectType(type) && !isInterfaceType(type)) throw new Error(`${typename} has no fields.`);
  const fields = Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
  const leaves = fields.filter(({ type: fieldType }) => !isCompositeType(getNamedType(fieldType)));
  const branches = depth > 0 ? fields.filter(field => !leaves.includes(field)) : [];
  const values = leaves.filter(() => random() < 0.4);
  const nested = branches.filter(() => random() < 0.35);
  const again = variables.repeatsLists ? nested.filter(({ args }) => args.length && random() < 0.3) : [];
  const chosen = [...values, ...nested, ...again];
  const text = chosen.map(field => {
    const namedType = getNamedType(field.type);
    const args = argumentsOf(random, field, variables);
    // Fields with arguments under one name would have to agree, and so would the types of `level` of either country.
    const isShared = !isObjectType(type) || type.getInterfaces().some(shared => field.name in shared.getFields());
    const alias = args
      ? `${field.name}_${Math.floor(random() * 1e9)}: `
      : isShared
        ? ''
        : `${field.name}_${type.name}: `;
    const below = isCompositeType(namedType)
      ? ` ${selection(random, schema, namedType.name, depth - 1, variables)}`
      : '';
    return `${alias}${field.name}${args}${variables.directive()}${below}`;
  });
  if (isInterfaceType(type) && random() < 0.6) {
    const concreteType = pick(random, schema.getPossibleTypes(type));
    text.push(`... on ${concreteType.name} ${selection(random, schema, concreteType.name, depth - 1, variables)}`);
  }
  return `{ __typename ${text.join(' ')} }`;
}

/**
 * A valid query of some lists of the register and what hangs on them, the same for the same random numbers.
 *
 * @param repeatsLists Selects lists twice at times, with equal arguments or others, as constants or variables. No variable is
 *   null then: which of two errors comes first would depend on the time.
 */
export function randomDocument(
  random: Random,
  schema: GraphQLSchema,
  repeatsLists = false,
): { query: string; variables: Record<string, unknown> } {
  const variables = new Variables(random, repeatsLists);
  const roots = ['authorities', 'partnerships', 'programmes', 'exchanges', 'organisations'];
  const fields = schema.getQueryType()?.getFields() ?? {};
  const chosen = roots.filter(() => random() < 0.4);
  const parts = (chosen.length ? chosen : [pick(random, roots)]).map(root => {
    const field = fields[root] as GraphQLField<unknown, unknown>;
    return `${root}(first: ${2 + Math.floor(random() * 4)})${variables.directive()} ${selection(random, schema, getNamedType(field.type).name, 3, variables)}`;
  });
  const declared = variables.declared.length ? `query(${variables.declared.join(', ')}) ` : '';
  return { query: `${declared}{ ${parts.join(' ')} }`, variables: variables.values };
}
