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

/** Arguments that random documents give, by the field's or the argument's name; the rest keep their defaults. */
function argumentsOf(random: Random, { args }: GraphQLField<unknown, unknown>): string {
  const written: string[] = [];
  for (const { name } of args) {
    if (name === 'first') written.push(`first: ${1 + Math.floor(random() * 3)}`);
    if (name === 'language' && random() < 0.5) written.push(`language: ${pick(random, ['NL', 'EN', 'ZH', 'PINYIN'])}`);
    if (name === 'on' && random() < 0.3) written.push('on: "1999-12"');
  }
  return written.length ? `(${written.join(', ')})` : '';
}

function selection(random: Random, schema: GraphQLSchema, typename: string, depth: number): string {
  const type = schema.getType(typename);
  if (isUnionType(type)) {
    const parts = type
      .getTypes()
      .map(possibleType => `... on ${possibleType.name} ${selection(random, schema, possibleType.name, depth)}`);
    return `{ __typename ${parts.filter(() => random() < 0.6).join(' ')} }`;
  }
  if (!isObjectType(type) && !isInterfaceType(type)) throw new Error(`${typename} has no fields.`);
  const fields = Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
  const leaves = fields.filter(({ type: fieldType }) => !isCompositeType(getNamedType(fieldType)));
  const branches = depth > 0 ? fields.filter(field => !leaves.includes(field)) : [];
  const chosen = [...leaves.filter(() => random() < 0.4), ...branches.filter(() => random() < 0.35)];
  const text = chosen.map(field => {
    const namedType = getNamedType(field.type);
    const args = argumentsOf(random, field);
    // Fields with arguments under one name would have to agree.
    const alias = args ? `${field.name}_${Math.floor(random() * 1e9)}: ` : '';
    const below = isCompositeType(namedType) ? ` ${selection(random, schema, namedType.name, depth - 1)}` : '';
    return `${alias}${field.name}${args}${below}`;
  });
  if (isInterfaceType(type) && random() < 0.6) {
    const concreteType = pick(random, schema.getPossibleTypes(type));
    text.push(`... on ${concreteType.name} ${selection(random, schema, concreteType.name, depth - 1)}`);
  }
  return `{ __typename ${text.join(' ')} }`;
}

/** A valid query of some lists of the register and what hangs on them, the same for the same random numbers. */
export function randomDocument(random: Random, schema: GraphQLSchema): string {
  const roots = ['authorities', 'partnerships', 'programmes', 'exchanges', 'organisations'];
  const fields = schema.getQueryType()?.getFields() ?? {};
  const chosen = roots.filter(() => random() < 0.4);
  const parts = (chosen.length ? chosen : [pick(random, roots)]).map(root => {
    const field = fields[root] as GraphQLField<unknown, unknown>;
    return `${root}(first: ${2 + Math.floor(random() * 4)}) ${selection(random, schema, getNamedType(field.type).name, 3)}`;
  });
  return `{ ${parts.join(' ')} }`;
}
