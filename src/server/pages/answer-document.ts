import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isUnionType,
  Kind,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { MessageLanguage } from '../../messages/message.js';
import { graphqlLanguage } from './reader.js';

/** Fields that name a record for people. */
const DISPLAY_FIELDS = new Set(['name', 'title', 'label', 'names', 'titles']);
/** Fields by which a record without a name is recognised: its sides. */
const SIDE_FIELDS = new Set(['dutch', 'chinese']);

const field = (name: string, alias?: string, args: FieldNode['arguments'] = []): FieldNode => ({
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: name },
  ...(alias !== undefined && { alias: { kind: Kind.NAME, value: alias } }),
  arguments: args,
});

const languageArgument = (language: MessageLanguage): NonNullable<FieldNode['arguments']> => [
  {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: 'language' },
    value: { kind: Kind.ENUM, value: graphqlLanguage(language) },
  },
];

/** Returns true for a type all of whose objects have an id and a label. */
function isLabelled(schema: GraphQLSchema, type: GraphQLCompositeType): boolean {
  const labelled = schema.getType('Labelled');
  if (type === labelled) return true;
  return !isUnionType(type) && type.getInterfaces().some(({ name }) => name === 'Labelled');
}

/**
 * Completes a document for a page: texts in the language of the reader, unless an alias names another one, with the language
 * that they turn out to be in as `_<name>Language`; and the id of each record as `_id`, with its label as `_label` where the
 * document selects nothing by which people recognise it. The page shows no field whose name begins with an underscore.
 */
export function answerDocument(schema: GraphQLSchema, text: string, language: MessageLanguage): string {
  const typeInfo = new TypeInfo(schema);
  const localized = visit(
    parse(text, { noLocation: true }),
    visitWithTypeInfo(typeInfo, {
      Field(node) {
        const definition = typeInfo.getFieldDef();
        if (!definition?.args.some(({ name, type }) => name === 'language' && /^Language!?$/.test(String(type))))
          return undefined;
        const isChosen = node.alias && node.arguments?.some(({ name }) => name.value === 'language');
        if (isChosen) return undefined;
        const others = (node.arguments ?? []).filter(({ name }) => name.value !== 'language');
        return { ...node, arguments: [...others, ...languageArgument(language)] };
      },
    }),
  );
  const completed = visit(
    localized,
    visitWithTypeInfo(typeInfo, {
      SelectionSet(node) {
        const type = typeInfo.getType() && getNamedType(typeInfo.getType());
        const parent = typeInfo.getParentType() ?? type;
        if (!parent || !isCompositeType(parent)) return undefined;
        return { ...node, selections: [...node.selections, ...additionsTo(schema, parent, node, language)] };
      },
    }),
  );
  return print(completed);
}

function additionsTo(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  { selections }: SelectionSetNode,
  language: MessageLanguage,
): SelectionNode[] {
  const fields = selections.filter(selection => selection.kind === Kind.FIELD);
  const members = isUnionType(type) ? undefined : type.getFields();
  const additions: SelectionNode[] = fields.flatMap(({ name, alias, arguments: args }) => {
    const key = alias?.value ?? name.value;
    const isText = !key.startsWith('_') && members?.[`${name.value}Language`] !== undefined;
    return isText ? [field(`${name.value}Language`, `_${key}Language`, args ?? [])] : [];
  });
  if (isUnionType(type) && type.getTypes().every(member => isLabelled(schema, member))) {
    additions.push({
      kind: Kind.INLINE_FRAGMENT,
      typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'Labelled' } },
      selectionSet: {
        kind: Kind.SELECTION_SET,
        selections: [field('id', '_id'), field('label', '_label', languageArgument(language))],
      },
    });
  }
  if (!isLabelled(schema, type)) return additions;
  additions.push(field('id', '_id'));
  const names = fields.map(({ name }) => name.value);
  const isRecognisable =
    names.some(name => DISPLAY_FIELDS.has(name) || SIDE_FIELDS.has(name)) ||
    selections.some(({ kind }) => kind !== Kind.FIELD);
  if (!isRecognisable && (isObjectType(type) || isAbstractType(type)))
    additions.push(field('label', '_label', languageArgument(language)));
  return additions;
}
