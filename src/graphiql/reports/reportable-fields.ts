import {
  type GraphQLEnumType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from 'graphql';

/** Fields of inputs that are no facts of a record. */
const NO_FACTS = new Set(['id', 'expectedVersion', 'reason', 'source', 'dryRun', 'idempotencyKey']);

/** Facts of records that no `revise…` takes: mutations of their own change them, or they follow from the code. */
const OTHER_FACTS: Readonly<Record<string, readonly string[]>> = {
  Partnership: ['status', 'statusSince', 'endedOn', 'dutch', 'chinese'],
  DutchAuthority: ['level', 'cbsCode'],
  ChineseAuthority: ['level', 'gbCode'],
};

/** Returns the paths of the facts of a type that can be reported as wrong: those of its `revise…`, member by member. */
export function reportableFields(schema: GraphQLSchema, type: string): string[] {
  const input = schema.getType(`Revise${type.replace(/^(?:Dutch|Chinese)/, '')}Input`);
  const fields = isInputObjectType(input) ? Object.values(input.getFields()) : [];
  const paths = fields
    .filter(({ name }) => !NO_FACTS.has(name) && !/^(?:dutch|chinese)Level$|^code$/.test(name))
    .flatMap(({ name, type: fieldType }) => {
      const members = getNamedType(fieldType);
      const isText = isInputObjectType(members) && /^(?:Names|Coordinates)Input$/.test(members.name);
      if (!isText) return [name];
      const names = Object.keys(members.getFields()).filter(member => name === 'names' || member !== 'aliases');
      return names.map(member => `${name}.${member}`);
    });
  return [...new Set([...paths, ...(OTHER_FACTS[type] ?? [])])];
}

/** Returns the fields that a fact stands for: itself, its members, or all if it is described in other words. */
export function fieldsOfFact(fields: readonly string[], fact: string): readonly string[] {
  if (fields.includes(fact)) return [fact];
  const members = fields.filter(field => field.startsWith(`${fact}.`));
  return members.length > 0 ? members : fields;
}

/** Returns the enum of which a field has one value; undefined for lists and all else. */
export function enumOfField(schema: GraphQLSchema, type: string, field: string): GraphQLEnumType | undefined {
  const objectType = schema.getType(type);
  const fieldType = isObjectType(objectType) ? getNullableType(objectType.getFields()[field]?.type) : undefined;
  return isEnumType(fieldType) ? fieldType : undefined;
}
