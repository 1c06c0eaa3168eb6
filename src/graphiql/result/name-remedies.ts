import { type ArgumentNode, type ASTNode, type FieldNode, isEnumType, isInterfaceType, isObjectType } from 'graphql';
import { ANSWER_LABELS } from '../../questions/answer-labels.js';
import { type Explanations, lineOf, replaced, spotOf, suggestedIn } from './explanation.js';
import { folded } from './folded.js';

/** Most values of an enum that get a button each. */
const MAX_BUTTONS = 6;
/** Names that a misspelt one may mean. */
const MAX_SUGGESTIONS = 3;

/** Explains names that the schema does not have: fields, arguments, values of enums. */
export const NAME_REMEDIES: Explanations = [
  [
    /^Cannot query field "(\w+)" on type "(\w+)"/,
    ([, field = '', typeName = ''], { schema, query, nodes, message, texts }) => {
      const node = nodes[0] as FieldNode;
      const type = schema.getType(typeName);
      const fields = isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()) : [];
      const spoken = fields.filter(name => (ANSWER_LABELS[name] ?? []).some(word => folded(word) === folded(field)));
      const suggested = suggestedIn(message).filter(name => fields.includes(name));
      const both = suggested.filter(name => spoken.includes(name));
      const names = [...new Set([...both, ...spoken, ...suggested])].slice(0, MAX_SUGGESTIONS);
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
    ([, argument, field], { query, nodes, message, texts }) => {
      const node = nodes[0] as ArgumentNode;
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
    ([, name, enumName, otherEnum, other], { schema, query, nodes, words, texts }) => {
      const node = nodes[0] as ASTNode;
      const type = schema.getType(enumName ?? otherEnum ?? '');
      if (!isEnumType(type)) return undefined;
      const written = (name ?? other ?? '').replaceAll('"', '');
      const values = type.getValues().map(value => value.name);
      const isMeant = (value: string) =>
        folded(value) === folded(written) || folded(words.enumLabel(type.name, value)) === folded(written);
      const meant = values.filter(isMeant);
      const offered = meant.length > 0 ? meant : values.length <= MAX_BUTTONS ? values : [];
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
];
