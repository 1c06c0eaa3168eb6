import { abbreviate, InputError } from '../../graph/errors.js';
import { MATCH_TYPES, type MatchType } from '../../matching/match.js';
import { type MessageLanguage, message } from '../../messages/message.js';

/** A text in each language of our messages. */
export type Labels = Readonly<Record<MessageLanguage, string>>;

/** The types of entities, with their labels. */
const TYPES: Readonly<Record<MatchType, Labels & { broader?: MatchType }>> = {
  Authority: { en: 'Authority', nl: 'Overheid', zh: '政府' },
  DutchAuthority: { en: 'Dutch authority', nl: 'Nederlandse overheid', zh: '荷兰政府', broader: 'Authority' },
  ChineseAuthority: { en: 'Chinese authority', nl: 'Chinese overheid', zh: '中国政府', broader: 'Authority' },
  Organisation: { en: 'Organisation', nl: 'Organisatie', zh: '机构' },
  Programme: { en: 'Programme', nl: 'Programma', zh: '项目' },
  Partnership: { en: 'Partnership', nl: 'Band', zh: '友好关系' },
};

/** A type as answers have it. */
export interface EntityType {
  id: MatchType;
  name: string;
  broader?: { id: MatchType; name: string }[];
}

export function typeIn(id: MatchType, language: MessageLanguage): EntityType {
  const { [language]: name, broader } = TYPES[id];
  return { id, name, ...(broader && { broader: [{ id: broader, name: TYPES[broader][language] }] }) };
}

export const typesIn = (language: MessageLanguage): EntityType[] => MATCH_TYPES.map(id => typeIn(id, language));

/** @throws InputError for an id that is none of a type. */
export function checkType(value: string, path: string): MatchType {
  const type = MATCH_TYPES.find(id => id === value);
  if (type) return type;
  const params = { path, value: abbreviate(value), types: MATCH_TYPES.join(', ') };
  throw new InputError(message('RECONCILE_TYPE_UNKNOWN', params));
}

/** Returns whether a record of a type is one of another. */
export const isOfType = (type: MatchType, wanted: MatchType): boolean =>
  type === wanted || TYPES[type].broader === wanted;
