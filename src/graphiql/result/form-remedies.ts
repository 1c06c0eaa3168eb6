import { type ASTNode, type FieldNode, Kind, parse, print, visit } from 'graphql';
import { type Explanations, lineOf, replaced, spotOf } from './explanation.js';
import { operatorsFor, selectionOf } from './selection-text.js';

const withoutTrailingBlanks = (text: string): string =>
  text
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n');

/** Explains what is written in another way: conditions, quotes, selections, aliases, variables. */
export const FORM_REMEDIES: Explanations = [
  [
    /^Expected value of type "([^"]+)", found (.+)\.$/,
    ([, typeName = '', literal = ''], { schema, query, nodes, texts }) => {
      const node = nodes[0] as ASTNode;
      const written = operatorsFor(schema.getType(typeName.replaceAll(/[[\]!]/g, '')), literal);
      if (!written) return undefined;
      return {
        text: texts.needsOperator(literal, lineOf(node)),
        remedies: [{ label: texts.write(written), query: replaced(query, spotOf(node), written) }],
      };
    },
  ],
  [
    /^(\w+) cannot represent (?:a |an )?(?:non[- ]\w+ )?(?:value: |value )?"?([\w-]+)"?/,
    ([, typeName = '', literal = ''], { query, nodes, texts }) => {
      const node = nodes[0] as ASTNode;
      const isQuoted = node.kind === Kind.STRING;
      const isNumber = typeName === 'Int' || typeName === 'Float';
      const isBoolean = typeName === 'Boolean' && /^(?:true|false)$/.test(literal);
      if (isQuoted ? !isBoolean && !(isNumber && /^-?\d+$/.test(literal)) : isNumber || typeName === 'Boolean')
        return undefined;
      const written = isQuoted ? literal : JSON.stringify(query.slice(spotOf(node).start, spotOf(node).end));
      return {
        text: texts.needsQuotes(literal, lineOf(node)),
        remedies: [{ label: texts.write(written), query: replaced(query, spotOf(node), written) }],
      };
    },
  ],
  [
    /^Field "(\w+)" of type "([^"]+)" must have a selection of subfields/,
    ([, field = '', typeName = ''], { schema, query, nodes, texts }) => {
      const node = nodes[0] as FieldNode;
      const selection = selectionOf(schema.getType(typeName.replaceAll(/[[\]!]/g, '')));
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
    ([, field = ''], { query, nodes, texts }) => {
      const node = nodes[0] as ASTNode;
      return {
        text: texts.hasNoFields(field, lineOf(node)),
        remedies: [{ label: texts.removeFields, query: withoutTrailingBlanks(replaced(query, spotOf(node), '')) }],
      };
    },
  ],
  [
    /^Fields "(\w+)" conflict because/,
    ([, field = ''], { query, nodes, texts }) => {
      const node = nodes.findLast(
        (other): other is FieldNode => other.kind === Kind.FIELD && (other.alias ?? other.name).value === field,
      );
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
    ([, field = '', name = ''], { nodes, texts }) => ({
      text: texts.required(name, field, lineOf(nodes[0])),
      remedies: [],
    }),
  ],
  [
    /^Variable "\$(\w+)" is not defined/,
    ([, name = ''], { nodes, texts }) => ({
      text: texts.undeclared(name, lineOf(nodes[0])),
      remedies: [],
    }),
  ],
  [
    /^Variable "\$(\w+)" is never used/,
    ([, name = ''], { query, nodes, texts }) => {
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
