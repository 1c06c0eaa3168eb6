import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputType,
  isListType,
  isNonNullType,
  Kind,
  parse,
  typeFromAST,
} from 'graphql';
import { nodeTypeOf } from '../../graph/record/node.js';
import type { Question } from './questions.js';

/** A variable of a question, as its form has it. */
export interface QuestionVariable {
  name: string;
  typeName: string;
  isList: boolean;
  isRequired: boolean;
  /** True for a variable that is the id of an authority. */
  isAuthority: boolean;
  /** The values of an enum. */
  values: readonly string[] | undefined;
}

/** Returns the variables of a question, in the order of its document. */
export function variablesOf(schema: GraphQLSchema, { query, variables }: Question): QuestionVariable[] {
  const operation = parse(query, { noLocation: true }).definitions.find(
    definition => definition.kind === Kind.OPERATION_DEFINITION,
  );
  return (operation?.variableDefinitions ?? []).flatMap(({ variable, type: node }) => {
    const type = typeFromAST(schema, node as never) as GraphQLInputType | undefined;
    if (!isInputType(type)) return [];
    const name = variable.name.value;
    const named = getNamedType(type);
    const initial = variables[name];
    return [
      {
        name,
        typeName: named.name,
        isList: isListType(getNullableType(type)),
        isRequired: isNonNullType(type),
        isAuthority: typeof initial === 'string' && nodeTypeOf(initial) === 'Authority',
        values: isEnumType(named) ? named.getValues().map(value => value.name) : undefined,
      },
    ];
  });
}

/** Returns the text of a value in an address and in an input. */
export const textOf = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : Array.isArray(value)
      ? value.map(textOf).join(',')
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);

function parsedValue({ typeName, isList, ...variable }: QuestionVariable, text: string): unknown {
  if (isList)
    return text === ''
      ? []
      : text.split(',').map(item => parsedValue({ ...variable, typeName, isList: false }, item.trim()));
  switch (typeName) {
    case 'Int':
    case 'Float':
      // A text that is no number is refused by the type, with its message.
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
    case 'Boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    default:
      return text;
  }
}

/** The values of a question: as the operation takes them, and as texts of the address. */
export interface QuestionValues {
  variables: Record<string, unknown>;
  texts: Record<string, string>;
}

/** Reads the values of variables from an address; a variable without a parameter has the value of the question. */
export function readValues(
  variables: readonly QuestionVariable[],
  question: Question,
  parameters: URLSearchParams,
): QuestionValues {
  const values: QuestionValues = { variables: {}, texts: {} };
  for (const variable of variables) {
    const { name, isRequired } = variable;
    const sent = parameters.getAll(name);
    const text = sent.length ? sent.join(',') : textOf(question.variables[name]);
    values.texts[name] = text;
    if (text === '' && !isRequired) continue;
    values.variables[name] = parsedValue(variable, text);
  }
  return values;
}
