import { fieldHeading } from '../../graph/types/field-list.js';
import { FIELD_LABELS } from '../../messages/field-labels.js';
import type { MessageLanguage } from '../../messages/message.js';
import type { AliasLabels } from '../../questions/alias-labels.js';
import type { FieldShape } from './answer-shape.js';

type Labels = readonly [nl: string, en: string, zh: string];

/** The headings of fields of answers that are no facts, by the name of the field. */
const LABELS: Readonly<Record<string, Labels>> = {
  afterLabel: ['Waarde erna', 'Value after', '变更后的值'],
  authorityCount: ['Aantal overheden', 'Number of authorities', '政府数量'],
  beforeLabel: ['Waarde ervoor', 'Value before', '变更前的值'],
  children: ['Onderdelen', 'Parts', '下级'],
  chineseLevel: ['Chinese bestuurslaag', 'Chinese level of government', '中国行政级别'],
  chineseProvince: ['Chinese provincie', 'Chinese province', '中国省份'],
  codeList: ['Codelijst', 'Code list', '代码表'],
  count: ['Aantal', 'Count', '数量'],
  cursor: ['Plaats in de lijst', 'Position in the list', '列表位置'],
  dutchLevel: ['Nederlandse bestuurslaag', 'Dutch level of government', '荷兰行政级别'],
  dutchProvince: ['Nederlandse provincie', 'Dutch province', '荷兰省份'],
  exchange: ['Uitwisseling', 'Exchange', '交流活动'],
  exchangeCount: ['Aantal uitwisselingen', 'Number of exchanges', '交流活动数量'],
  exchangeGroups: ['Uitwisselingen, geteld', 'Exchanges, counted', '交流活动统计'],
  exchanges: ['Uitwisselingen', 'Exchanges', '交流活动'],
  fields: ['Gegevens', 'Facts', '事实'],
  firstStartedOn: ['Eerste begin', 'First start', '最早开始'],
  hasNextPage: ['Er volgt nog meer', 'More follow', '后面还有'],
  hasPreviousPage: ['Er gaat nog meer vooraf', 'More precede', '前面还有'],
  history: ['Geschiedenis', 'History', '历史'],
  changes: ['Wijzigingen', 'Changes', '变更'],
  label: ['Naam', 'Name', '名称'],
  labelLanguage: ['Taal van de naam', 'Language of the name', '名称的语言'],
  lastStartedOn: ['Laatste begin', 'Last start', '最晚开始'],
  matchedOn: ['Gevonden op', 'Matched on', '匹配于'],
  name: ['Naam', 'Name', '名称'],
  nested: ['Banden daarbinnen', 'Ties within it', '其中的友好关系'],
  node: ['Gegeven', 'Record', '记录'],
  nodes: ['Gegevens', 'Records', '记录'],
  organisation: ['Organisatie', 'Organisation', '机构'],
  pageInfo: ['Meer', 'More', '更多'],
  partnershipGroups: ['Banden, geteld', 'Ties, counted', '友好关系统计'],
  partnerships: ['Banden', 'Ties', '友好关系'],
  rank: ['Rang', 'Rank', '排名'],
  recordedAt: ['Vastgelegd op', 'Recorded at', '登记时间'],
  search: ['Gevonden', 'Found', '搜索结果'],
  startedDecade: ['Decennium van begin', 'Decade of the start', '开始年代'],
  startedYear: ['Jaar van begin', 'Year of the start', '开始年份'],
  subject: ['Gegeven', 'Record', '记录'],
  subjectId: ['Id van het gegeven', 'Id of the record', '记录标识'],
  subjectLabel: ['Gegeven', 'Record', '记录'],
  subjectType: ['Soort gegeven', 'Type of record', '记录类型'],
  theme: ['Thema', 'Theme', '主题'],
  totalCount: ['Aantal', 'Count', '数量'],
  authority: ['Overheid', 'Authority', '政府'],
  __typename: ['Soort', 'Type', '类型'],
};

const INDEX = { nl: 0, en: 1, zh: 2 } as const;

/** Returns the heading of a field of an answer in a language; undefined if there is none. */
export function labelOfField(
  { key, name }: Pick<FieldShape, 'key' | 'name'>,
  language: MessageLanguage,
  aliases: AliasLabels = {},
): string | undefined {
  const own = (key !== name ? aliases[key] : undefined) ?? LABELS[name];
  if (own) return own[INDEX[language]];
  return FIELD_LABELS[name] ? fieldHeading(name)[language] : undefined;
}

/** Returns the heading of a field; its name if it has no label. */
export const headingOf = (
  shape: Pick<FieldShape, 'key' | 'name'>,
  language: MessageLanguage,
  aliases?: AliasLabels,
): string => labelOfField(shape, language, aliases) ?? shape.key;
