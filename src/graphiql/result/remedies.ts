import {
  type ArgumentNode,
  type ASTNode,
  type FieldNode,
  type GraphQLError,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLError as GraphqlError,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  parse,
  print,
  specifiedRules,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { FIELD_WORDS } from './field-words.js';
import type { ReaderLanguage } from './format.js';
import { remedyTexts } from './remedy-texts.js';

/** Change that puts a question right. */
export interface Remedy {
  readonly label: string;
  /** Query that replaces the present one. */
  readonly query: string;
}

/** What is wrong with a question, as a sentence, and what can be done about it. */
export interface Explanation {
  readonly text: string;
  /** Message in English that the sentence introduces. */
  readonly detail?: string;
  readonly remedies: readonly Remedy[];
}

/** Words and labels for explanations. */
export interface RemedyWords {
  readonly language: ReaderLanguage;
  readonly enumLabel: (type: string, value: string) => string;
}

/** Explanations shown at a time: one error of a document causes others. */
const MAX_EXPLANATIONS = 3;
/** Most values of an enum that get a button each. */
const MAX_BUTTONS = 6;
/** Names that a misspelt one may mean. */
const MAX_SUGGESTIONS = 3;
/** Braces that are added to a document that lacks them. */
const MAX_BRACES = 12;

const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase();

interface Spot {
  readonly start: number;
  readonly end: number;
}

const spotOf = (node: ASTNode): Spot => ({ start: node.loc?.start ?? 0, end: node.loc?.end ?? 0 });
const lineOf = (node: ASTNode | undefined): number => node?.loc?.startToken.line ?? 1;
const replaced = (query: string, { start, end }: Spot, text: string): string =>
  query.slice(0, start) + text + query.slice(end);

/**
 * Explains why a query cannot be asked: what the schema does not have, what is written in another way, and the
 * nearest query that can be asked. Empty if the query fits the schema.
 */
export function explainQuery(schema: GraphQLSchema, query: string, words: RemedyWords): Explanation[] {
  try {
    const document = parse(query);
    return validate(schema, document, specifiedRules, { maxErrors: MAX_EXPLANATIONS })
      .filter(({ nodes }) => nodes !== undefined)
      .slice(0, MAX_EXPLANATIONS)
      .map(error => explainError(schema, query, error, words));
  } catch (error) {
    if (!(error instanceof GraphqlError)) throw error;
    return [explainSyntax(query, error, words)];
  }
}

function explainSyntax(query: string, error: GraphQLError, { language }: RemedyWords): Explanation {
  const texts = remedyTexts[language];
  if (/found <EOF>/.test(error.message)) {
    for (let count = 1; count <= MAX_BRACES; count += 1) {
      const closed = `${query.trimEnd()}\n${'}'.repeat(count)}\n`;
      try {
        return { text: texts.unclosed, remedies: [{ label: texts.close, query: print(parse(closed)) }] };
      } catch {
        // More braces may close it.
      }
    }
  }
  return { text: texts.notGraphql(error.locations?.[0]?.line ?? 1), remedies: [] };
}

/** Message of graphql-js, and what it makes of a query. */
type Explain = (
  match: RegExpExecArray,
  context: { schema: GraphQLSchema; query: string; nodes: readonly ASTNode[]; message: string; words: RemedyWords },
) => Explanation | undefined;

const suggestedIn = (message: string): string[] => {
  const at = message.indexOf('Did you mean ');
  return at === -1 ? [] : [...message.slice(at).matchAll(/"([^"]+)"/g)].map(([, name = '']) => name);
};

const EXPLANATIONS: readonly (readonly [RegExp, Explain])[] = [
  [
    /^Cannot query field "(\w+)" on type "(\w+)"/,
    ([, field = '', typeName = ''], { schema, query, nodes, message, words }) => {
      const node = nodes[0] as FieldNode;
      const type = schema.getType(typeName);
      const fields = isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()) : [];
      const spoken = fields.filter(name =>
        Object.values(FIELD_WORDS[name] ?? {}).some(word => folded(word) === folded(field)),
      );
      const suggested = suggestedIn(message).filter(name => fields.includes(name));
      const both = suggested.filter(name => spoken.includes(name));
      const names = [...new Set([...both, ...spoken, ...suggested])].slice(0, MAX_SUGGESTIONS);
      const texts = remedyTexts[words.language];
      return {
        text: texts.noField(field, typeName, lineOf(node)),
        remedies: names.map(name => ({
          label: texts.meant(name),
          query: replaced(query, spotOf(node.name), name),
        })),
      };
    },
  ],
  [
    /^(?:Unknown argument "(\w+)" on field|Field "(\w+)" is not defined by type)/,
    ([, argument, field], { query, nodes, message, words }) => {
      const node = nodes[0] as ArgumentNode;
      const texts = remedyTexts[words.language];
      return {
        text: texts.noArgument(argument ?? field ?? '', lineOf(node)),
        remedies: suggestedIn(message)
          .slice(0, MAX_SUGGESTIONS)
          .map(name => ({
            label: texts.meant(name),
            query: replaced(query, spotOf(node.name), name),
          })),
      };
    },
  ],
  [
    /^(?:Value "(\w+)" does not exist in "(\w+)" enum|Enum "(\w+)" cannot represent (?:non-enum|non-string) value: (.+?)\.)/,
    ([, name, enumName, otherEnum, other], { schema, query, nodes, words }) => {
      const node = nodes[0] as ASTNode;
      const type = schema.getType(enumName ?? otherEnum ?? '');
      if (!isEnumType(type)) return undefined;
      const written = (name ?? other ?? '').replaceAll('"', '');
      const values = type.getValues().map(value => value.name);
      const isMeant = (value: string) =>
        folded(value) === folded(written) || folded(words.enumLabel(type.name, value)) === folded(written);
      const meant = values.filter(isMeant);
      const offered = meant.length > 0 ? meant : values.length <= MAX_BUTTONS ? values : [];
      const texts = remedyTexts[words.language];
      return {
        text: texts.noValue(
          written,
          values.map(value => `${value} (${words.enumLabel(type.name, value)})`).join(', '),
          lineOf(node),
        ),
        remedies: offered.map(value => ({
          label: meant.length > 0 ? texts.meant(value) : value,
          query: replaced(query, spotOf(node), value),
        })),
      };
    },
  ],
  [
    /^Expected value of type "([^"]+)", found (.+)\.$/,
    ([, typeName = '', found = ''], { schema, query, nodes, words }) => {
      const node = nodes[0] as ASTNode;
      const written = operatorsFor(schema.getType(typeName.replaceAll(/[[\]!]/g, '')), found);
      const texts = remedyTexts[words.language];
      if (!written) return undefined;
      return {
        text: texts.needsOperator(found, lineOf(node)),
        remedies: [{ label: texts.write(written), query: replaced(query, spotOf(node), written) }],
      };
    },
  ],
  [
    /^(\w+) cannot represent (?:a |an )?(?:non[- ]\w+ )?(?:value: |value )?"?([\w-]+)"?/,
    ([, typeName = '', found = ''], { query, nodes, words }) => {
      const node = nodes[0] as ASTNode;
      const texts = remedyTexts[words.language];
      const isQuoted = node.kind === Kind.STRING;
      const isNumber = typeName === 'Int' || typeName === 'Float';
      const isBoolean = typeName === 'Boolean' && /^(?:true|false)$/.test(found);
      if (isQuoted ? !isBoolean && !(isNumber && /^-?\d+$/.test(found)) : isNumber || typeName === 'Boolean')
        return undefined;
      const written = isQuoted ? found : JSON.stringify(query.slice(spotOf(node).start, spotOf(node).end));
      return {
        text: texts.needsQuotes(found, lineOf(node)),
        remedies: [{ label: texts.write(written), query: replaced(query, spotOf(node), written) }],
      };
    },
  ],
  [
    /^Field "(\w+)" of type "([^"]+)" must have a selection of subfields/,
    ([, field = '', typeName = ''], { schema, query, nodes, words }) => {
      const node = nodes[0] as FieldNode;
      const selection = selectionOf(schema.getType(typeName.replaceAll(/[[\]!]/g, '')));
      const texts = remedyTexts[words.language];
      const { end } = spotOf(node);
      return {
        text: texts.needsFields(field, lineOf(node)),
        remedies: selection
          ? [{ label: texts.write(selection), query: replaced(query, { start: end, end }, ` ${selection}`) }]
          : [],
      };
    },
  ],
  [
    /^Field "(\w+)" must not have a selection since type/,
    ([, field = ''], { query, nodes, words }) => {
      const node = nodes[0] as ASTNode;
      const texts = remedyTexts[words.language];
      return {
        text: texts.hasNoFields(field, lineOf(node)),
        remedies: [{ label: texts.removeFields, query: replaced(query, spotOf(node), '').replace(/[ \t]+$/gm, '') }],
      };
    },
  ],
  [
    /^Fields "(\w+)" conflict because/,
    ([, field = ''], { query, nodes, words }) => {
      const node = nodes.findLast(
        (other): other is FieldNode => other.kind === Kind.FIELD && (other.alias ?? other.name).value === field,
      );
      const texts = remedyTexts[words.language];
      if (!node) return undefined;
      const alias = `${field}2`;
      const spot = { start: spotOf(node.alias ?? node).start, end: spotOf(node.name).end };
      return {
        text: texts.conflict(field),
        remedies: [{ label: texts.rename(alias), query: replaced(query, spot, `${alias}: ${node.name.value}`) }],
      };
    },
  ],
  [
    /^Field "(\w+)" argument "(\w+)" of type/,
    ([, field = '', name = ''], { nodes, words }) => ({
      text: remedyTexts[words.language].required(name, field, lineOf(nodes[0])),
      remedies: [],
    }),
  ],
  [
    /^Variable "\$(\w+)" is not defined/,
    ([, name = ''], { nodes, words }) => ({
      text: remedyTexts[words.language].undeclared(name, lineOf(nodes[0])),
      remedies: [],
    }),
  ],
  [
    /^Variable "\$(\w+)" is never used/,
    ([, name = ''], { query, nodes, words }) => {
      const texts = remedyTexts[words.language];
      const document = visit(parse(query), {
        VariableDefinition: node => (node.variable.name.value === name ? null : undefined),
      });
      return {
        text: texts.unused(name),
        remedies: nodes.length > 0 ? [{ label: texts.removeVariable(name), query: print(document) }] : [],
      };
    },
  ],
];

function explainError(
  schema: GraphQLSchema,
  query: string,
  { message, nodes = [] }: GraphQLError,
  words: RemedyWords,
): Explanation {
  for (const [pattern, explain] of EXPLANATIONS) {
    const match = pattern.exec(message);
    const explanation = match && explain(match, { schema, query, nodes, message, words });
    if (explanation) return explanation;
  }
  return { text: remedyTexts[words.language].other(lineOf(nodes[0])), detail: message, remedies: [] };
}

/** Returns a value with the operators that a filter needs around it: `{ eq: ENDED }`; undefined if it has none. */
function operatorsFor(type: GraphQLNamedType | undefined, value: string, depth = 0): string | undefined {
  if (!isInputObjectType(type) || depth > 2) return undefined;
  const { eq, some } = type.getFields();
  if (eq) return `{ eq: ${isEnumType(getNamedType(eq.type)) ? value.replaceAll('"', '') : value} }`;
  const inner = some && operatorsFor(getNamedType(some.type), value, depth + 1);
  return inner && `{ some: ${inner} }`;
}

/** Fields that say what a record is, the best first. */
const NAMING = ['name', 'title', 'label', 'dutch', 'chinese', 'id', 'en', 'nl', 'count', 'value'];

/** Returns the smallest selection of a type that says what it is: `{ name }`, `{ nodes { name } }`. */
export function selectionOf(type: GraphQLNamedType | undefined, depth = 0): string | undefined {
  if ((!isObjectType(type) && !isInterfaceType(type)) || depth > 3) return undefined;
  const fields = type.getFields();
  if (fields.nodes) {
    const inner = selectionOf(getNamedType(fields.nodes.type), depth + 1);
    return inner && `{ nodes ${inner} }`;
  }
  const needsNothing = ({ args }: { args: readonly { type: unknown; defaultValue?: unknown }[] }) =>
    args.every(
      ({ type: argumentType, defaultValue }) => defaultValue !== undefined || !String(argumentType).endsWith('!'),
    );
  const leaf = NAMING.find(name => fields[name] && isLeaf(fields[name].type) && needsNothing(fields[name]));
  if (leaf && !(fields.dutch && fields.chinese)) return `{ ${leaf} }`;
  if (!fields.dutch || !fields.chinese) {
    const [first] = Object.values(fields).filter(field => isLeaf(field.type) && needsNothing(field));
    return first && `{ ${first.name} }`;
  }
  const sides = [fields.dutch, fields.chinese].map(
    side => `${side.name} ${selectionOf(getNamedType(side.type), depth + 1)}`,
  );
  return `{ ${sides.join(' ')} }`;
}

const isLeaf = (type: GraphQLOutputType): boolean => {
  const nullable = getNullableType(type);
  return isLeafType(isListType(nullable) ? getNamedType(nullable) : nullable);
};

/** Returns a query without the cursors of its lists; undefined if it has none. */
export function withoutCursors(query: string): string | undefined {
  let hasCursor = false;
  const document = visit(parse(query, { noLocation: true }), {
    Argument: node => {
      if (node.name.value !== 'after' && node.name.value !== 'before') return undefined;
      hasCursor = true;
      return null;
    },
  });
  return hasCursor ? print(document) : undefined;
}

/** Returns a query whose dates are texts, as the register wants them; undefined if they are. */
export function withDatesAsTexts(schema: GraphQLSchema, query: string): string | undefined {
  const typeInfo = new TypeInfo(schema);
  let hasNumber = false;
  const document = visit(
    parse(query, { noLocation: true }),
    visitWithTypeInfo(typeInfo, {
      IntValue: node => {
        if (getNamedType(typeInfo.getInputType())?.name !== 'PartialDate') return undefined;
        hasNumber = true;
        return { kind: Kind.STRING, value: node.value } as const;
      },
    }),
  );
  return hasNumber ? print(document) : undefined;
}
