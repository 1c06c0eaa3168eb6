import {
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isNonNullType,
  Kind,
  parse,
  typeFromAST,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { fieldWord } from './column-labels.js';
import { FIELDS, OPERATORS } from './filter-texts.js';
import type { ReaderLanguage } from './format.js';
import { operationOf } from './operation-request.js';

/** Control that suits a type of variables. `json` is for what has no control of its own. */
export type ControlKind = 'date' | 'choice' | 'choices' | 'record' | 'records' | 'boolean' | 'number' | 'text' | 'json';

/** Control for the values of a type. */
export interface ControlOfType {
  readonly kind: ControlKind;
  /** Name of the type, without list and non-null wrappers. */
  readonly type: string;
  readonly isEnum: boolean;
  /** Values of an enum, in the order of the schema. */
  readonly choices: readonly string[];
}

/** Variable of an operation, as a field of a form. */
export interface VariableField extends ControlOfType {
  readonly name: string;
  readonly isRequired: boolean;
  readonly defaultValue: unknown;
  /** Names of the fields and arguments that the variable is for, from the outside inwards. */
  readonly path: readonly string[];
}

/** Kinds of the scalars that have a control. */
const SCALAR_KINDS: Readonly<Record<string, ControlKind>> = {
  PartialDate: 'date',
  ID: 'record',
  Boolean: 'boolean',
  Int: 'number',
  Float: 'number',
  Latitude: 'number',
  Longitude: 'number',
};

/** Scalars that are written as text. */
const TEXTS = new Set(['String', 'DateTime', 'URL', 'ChangeCursor']);

function kindOf(name: string, isEnum: boolean, isList: boolean): ControlKind {
  const kind = isEnum ? 'choice' : (SCALAR_KINDS[name] ?? (TEXTS.has(name) ? 'text' : 'json'));
  if (!isList) return kind;
  return kind === 'choice' ? 'choices' : kind === 'record' ? 'records' : 'json';
}

/** Returns the control for the values of a type. */
export function controlOf(type: GraphQLType): ControlOfType {
  const named = getNamedType(type);
  const isEnum = isEnumType(named);
  return {
    kind: kindOf(named.name, isEnum, isListType(getNullableType(type))),
    type: named.name,
    isEnum,
    choices: isEnum ? named.getValues().map(({ name }) => name) : [],
  };
}

/** Returns the variables of an operation; none for a query that cannot be parsed. */
export function variableFields(schema: GraphQLSchema, query: string, operationName?: string): VariableField[] {
  let document: DocumentNode;
  try {
    document = parse(query, { noLocation: true });
  } catch {
    return [];
  }
  const paths = usesOf(document);
  return (operationOf(document, operationName)?.variableDefinitions ?? []).flatMap(definition => {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type as never);
    if (!type) return [];
    return [
      {
        ...controlOf(type),
        name,
        isRequired: isNonNullType(type),
        defaultValue: definition.defaultValue ? valueFromASTUntyped(definition.defaultValue) : undefined,
        path: paths.get(name) ?? [name],
      },
    ];
  });
}

/** Returns the first use of each variable: the field, the argument, and the fields of its value. */
function usesOf(document: DocumentNode): Map<string, string[]> {
  const uses = new Map<string, string[]>();
  visit(document, {
    Variable(node, _key, parent, _path, ancestors) {
      // A list of nodes among the ancestors has the neighbours, too.
      const nodes = [...ancestors, parent].filter(ancestor => ancestor && !Array.isArray(ancestor)) as ASTNode[];
      if (nodes.some(({ kind }) => kind === Kind.VARIABLE_DEFINITION) || uses.has(node.name.value)) return;
      const outer = nodes.filter(ancestor => ancestor.kind === Kind.FIELD).at(-1);
      const inner = nodes.filter(({ kind }) => kind === Kind.ARGUMENT || kind === Kind.OBJECT_FIELD);
      const names = [outer, ...inner].flatMap(named => (named && 'name' in named ? [named.name?.value ?? ''] : []));
      uses.set(node.name.value, names);
    },
  });
  return uses;
}

/** Arguments and fields of filters that say nothing to a reader. */
const SILENT = new Set(['filter', 'eq', 'in', 'id', 'ids', 'code', 'node', 'nodes', 'some']);

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

type LabelOf = (field: string) => string | undefined;

/** Returns the words of a path of fields, from the outside inwards: "Dutch side: level of government". */
export function pathWords(path: readonly string[], language: ReaderLanguage, labelOf: LabelOf): string {
  return capitalized(path.map(name => FIELDS[language][name] ?? fieldWord(name, language, labelOf)).join(': '));
}

/** Returns the words of what a variable is for: of the last field, with the operator. */
export function variableWords({ path }: VariableField, language: ReaderLanguage, labelOf: LabelOf): string {
  const spoken = path.filter(name => !SILENT.has(name));
  // The list itself says nothing where something of it is named.
  const own = spoken.length > 1 ? spoken.slice(1) : spoken;
  const operator = OPERATORS[language][own.at(-1) ?? '']?.('').trim();
  if (!operator) return pathWords(own.slice(-2), language, labelOf);
  return capitalized(`${pathWords(own.slice(-2, -1), language, labelOf)} ${operator}`.trim());
}
