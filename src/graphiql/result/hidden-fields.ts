import {
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  print,
  type SelectionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { ReaderLanguage } from './format.js';
import { operationOf, responseNameOf } from './operation-request.js';

/** Begins the response names of fields that the page adds for itself. */
export const HIDDEN_PREFIX = 'desk_';

export const HIDDEN_ID = `${HIDDEN_PREFIX}id`;

export const isHidden = (responseName: string): boolean => responseName.startsWith(HIDDEN_PREFIX);

/** Returns the response name of the same text in the language of the reader. */
export const translatedName = (responseName: string): string => HIDDEN_PREFIX + responseName;

/**
 * Adds to a query what the panels need and a reader need not write: the id of each record, and each text whose language the
 * query does not choose in the language of the reader.
 *
 * @returns `undefined` for a document that is no query, or that cannot be parsed.
 */
export function withHiddenFields(
  schema: GraphQLSchema,
  query: string,
  operationName: string | undefined,
  language: ReaderLanguage,
): string | undefined {
  try {
    const document = parse(query, { noLocation: true });
    if (operationOf(document, operationName)?.operation !== OperationTypeNode.QUERY) return undefined;
    const typeInfo = new TypeInfo(schema);
    const extended = visit(
      document,
      visitWithTypeInfo(typeInfo, {
        SelectionSet: {
          leave: node => {
            const added = hiddenSelections(typeInfo, node.selections, language);
            return added.length > 0 ? { ...node, selections: [...node.selections, ...added] } : undefined;
          },
        },
      }),
    );
    return print(extended);
  } catch {
    // The register says what is wrong with it.
    return undefined;
  }
}

function hiddenSelections(
  typeInfo: TypeInfo,
  selections: readonly SelectionNode[],
  language: ReaderLanguage,
): SelectionNode[] {
  const type = typeInfo.getParentType();
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const schemaFields = type.getFields();
  const fields = selections.filter(selection => selection.kind === Kind.FIELD);
  // A source is a node, too, but no record of the register.
  const isRecord = type.name === 'Labelled' || type.getInterfaces().some(({ name }) => name === 'Labelled');
  const ids =
    isRecord && schemaFields.id && !fields.some(field => responseNameOf(field) === 'id')
      ? [parse(`{ ${HIDDEN_ID}: id }`, { noLocation: true }).definitions[0]]
      : [];
  const idSelections = ids.flatMap(definition =>
    definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [],
  );
  if (language === 'en') return idSelections;
  const texts = fields.flatMap(field => {
    const schemaField = schemaFields[field.name.value];
    const hasLanguage = schemaField?.args.some(({ name }) => name === 'language');
    const isChosen = field.arguments?.some(({ name }) => name.value === 'language');
    if (!hasLanguage || isChosen || !isLeafType(getNamedType(schemaField?.type))) return [];
    const translated: FieldNode = {
      ...field,
      alias: { kind: Kind.NAME, value: translatedName(responseNameOf(field)) },
      arguments: [
        ...(field.arguments ?? []),
        {
          kind: Kind.ARGUMENT,
          name: { kind: Kind.NAME, value: 'language' },
          value: { kind: Kind.ENUM, value: language.toUpperCase() },
        },
      ],
    };
    return [translated];
  });
  return [...idSelections, ...texts];
}

/** Returns data without the fields that the page added. */
export function withoutHiddenFields(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(withoutHiddenFields);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data)
      .filter(([name]) => !isHidden(name))
      .map(([name, value]) => [name, withoutHiddenFields(value)]),
  );
}
