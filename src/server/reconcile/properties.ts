import type { MatchType } from '../../matching/match.js';
import { fieldLabel } from '../../messages/field-labels.js';
import type { MessageLanguage } from '../../messages/message.js';
import type { Labels } from './types.js';

const AUTHORITIES: readonly MatchType[] = ['Authority', 'DutchAuthority', 'ChineseAuthority'];
const NAMED: readonly MatchType[] = [...AUTHORITIES, 'Organisation', 'Programme'];
const DATED: readonly MatchType[] = ['Organisation', 'Programme', 'Partnership'];

/** The part of a query for a record that a property gives. */
export type Condition = 'codes' | 'country' | 'level' | 'within' | 'on' | 'dutch' | 'chinese';

/** A property of entities: a field of their records, a condition of queries, or both. */
export interface Property {
  id: string;
  types: readonly MatchType[];
  /** The condition that its value is in a query. */
  condition?: Condition;
  /** It is no field of a record: it cannot be read. */
  isOnlyCondition?: true;
  /** Its own label, if it is no field of the schema. */
  labels?: Labels;
}

const fields = (types: readonly MatchType[], ...ids: string[]): Property[] => ids.map(id => ({ id, types }));

/** All properties, in the order in which they are proposed. */
const PROPERTIES: readonly Property[] = [
  ...fields(NAMED, 'names.nl', 'names.en', 'names.zh', 'names.pinyin', 'names.aliases'),
  { id: 'dutch', types: ['Partnership'], condition: 'dutch' },
  { id: 'chinese', types: ['Partnership'], condition: 'chinese' },
  { id: 'country', types: [...AUTHORITIES, 'Organisation'], condition: 'country' },
  { id: 'level', types: AUTHORITIES, condition: 'level' },
  { id: 'code', types: AUTHORITIES, condition: 'codes' },
  { id: 'wikidataId', types: AUTHORITIES, condition: 'codes' },
  { id: 'parent', types: [...AUTHORITIES, 'Organisation'], condition: 'within' },
  { id: 'prefecture', types: ['Authority', 'ChineseAuthority'], condition: 'within' },
  ...fields(AUTHORITIES, 'latitude', 'longitude', 'dissolvedOn', 'succeededBy'),
  ...fields(['Organisation', 'Partnership'], 'kind'),
  ...fields(['Partnership'], 'status', 'themes'),
  ...fields(['Organisation'], 'city', 'website'),
  ...fields(DATED, 'startedOn', 'endedOn'),
  { id: 'iatiId', types: ['Programme'], condition: 'codes' },
  { id: 'projectCode', types: ['Programme'], condition: 'codes' },
  ...fields(['Programme'], 'funder', 'implementer', 'budgetEur'),
  {
    id: 'on',
    types: [...NAMED, 'Partnership'],
    condition: 'on',
    isOnlyCondition: true,
    labels: { en: 'on the day', nl: 'op de dag', zh: '在该日期' },
  },
];

/** Returns the properties of a type, or of all types. */
export const propertiesOf = (type?: MatchType): Property[] =>
  PROPERTIES.filter(({ types }) => type === undefined || types.includes(type));

export const propertyById = (id: string): Property | undefined => PROPERTIES.find(property => property.id === id);

/** A property as answers have it. */
export const propertyIn = ({ id, labels }: Property, language: MessageLanguage): { id: string; name: string } => ({
  id,
  name: labels?.[language] ?? fieldLabel(id, language),
});
