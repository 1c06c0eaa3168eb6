import { type GraphQLNamedType, isCompositeType } from 'graphql';
import { nodeTypeOf } from '../graph/record/node.js';
import { type Language, MESSAGE_LANGUAGE, nameIn } from '../graph/types/names.js';
import { FIELD_LABELS, fieldLabel } from '../messages/field-labels.js';
import { codeListOf, memberType } from './fact-type.js';

/** The words and signs of a text in each language. */
const WORDS = {
  nl: { true: 'ja', false: 'nee', list: ', ', members: '; ', colon: ': ' },
  en: { true: 'yes', false: 'no', list: ', ', members: '; ', colon: ': ' },
  zh: { true: '是', false: '否', list: '、', members: '；', colon: '：' },
} as const;

/** The database does not keep the order of the members of a value. */
const RANKS = new Map(Object.keys(FIELD_LABELS).map((field, rank) => [field, rank]));
const rankOf = ([member]: [member: string, value: unknown]): number => RANKS.get(member) ?? RANKS.size;
const byRank = (a: [string, unknown], b: [string, unknown]): number => rankOf(a) - rankOf(b);

type Type = GraphQLNamedType | undefined;

/** Returns whether a text is the id of a record: the value of a field that refers to records. */
const isReference = (value: string, type: Type): boolean => isCompositeType(type) && nodeTypeOf(value) !== undefined;

/** Returns the ids of the records that a value refers to. */
export function referencesIn(value: unknown, type: Type): string[] {
  if (typeof value === 'string') return isReference(value, type) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(item => referencesIn(item, type));
  return Object.entries(value).flatMap(([member, item]) => referencesIn(item, memberType(type, member)));
}

/**
 * Formats a value of the log as people read it: labels of codes, of fields and of records; dates and texts as they are. Null
 * for a value that is null or empty.
 *
 *     ["TRADE", "CULTURE"] → Trade, Culture
 *     { "nl": "Rotterdam", "zh": "鹿特丹" } → Dutch: Rotterdam; Chinese: 鹿特丹
 *
 * @param labelOf Returns the label of a record that the value refers to.
 */
export function valueText(
  value: unknown,
  type: Type,
  language: Language,
  labelOf: (id: string) => string,
): string | null {
  const key = MESSAGE_LANGUAGE[language];
  const words = WORDS[key];
  const format = (item: unknown, itemType: Type, member: string): string | null => {
    if (item === null || item === undefined || item === '') return null;
    if (typeof item === 'boolean') return words[`${item}`];
    if (typeof item === 'string') return formatText(item, itemType, member);
    if (typeof item !== 'object') return String(item);
    if (Array.isArray(item)) {
      const texts = item.flatMap(entry => format(entry, itemType, member) ?? []);
      return texts.join(item.some(isObject) ? '\n' : words.list) || null;
    }
    const members = Object.entries(item)
      .toSorted(byRank)
      .flatMap(([name, entry]) => {
        const text = format(entry, memberType(itemType, name), name);
        return text === null ? [] : `${fieldLabel(name, key)}${words.colon}${text}`;
      });
    return members.join(words.members) || null;
  };
  const formatText = (text: string, textType: Type, member: string): string => {
    if (isReference(text, textType)) return labelOf(text);
    // A source names the fields that it supports.
    if (member === 'supports') return fieldLabel(text, key);
    const code = codeListOf(textType)?.codes.find(candidate => candidate.value === text);
    return code ? nameIn(code.labels, language) : text;
  };
  return format(value, type, '');
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
