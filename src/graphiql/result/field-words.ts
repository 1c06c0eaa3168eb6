import type { ReaderLanguage } from './format.js';

type Words = Readonly<Record<ReaderLanguage, string>>;

const words = (nl: string, en: string, zh: string): Words => ({ nl, en, zh });

/** Words for fields that are no facts of a record, so that the code list `Field` of the register does not have them. */
export const FIELD_WORDS: Readonly<Record<string, Words>> = {
  __typename: words('Soort', 'Type', '类型'),
  actor: words('Door', 'By', '操作者'),
  afterLabel: words('Daarna', 'After', '变更后'),
  authority: words('Overheid', 'Authority', '政府'),
  authorityCount: words('Aantal overheden', 'Number of authorities', '政府数量'),
  beforeLabel: words('Daarvoor', 'Before', '变更前'),
  changes: words('Wijzigingen', 'Changes', '变更'),
  children: words('Onderdelen', 'Parts', '下级'),
  chineseProvince: words('Chinese provincie', 'Chinese province', '中国省份'),
  codeList: words('Codelijst', 'Code list', '代码表'),
  count: words('Aantal', 'Number', '数量'),
  createdAt: words('Toegevoegd op', 'Added on', '添加时间'),
  cursor: words('Cursor', 'Cursor', '游标'),
  decidedBy: words('Besluit door', 'Decided by', '决定者'),
  dutchProvince: words('Nederlandse provincie', 'Dutch province', '荷兰省份'),
  exchangeCount: words('Aantal uitwisselingen', 'Number of exchanges', '交流数量'),
  exchangeGroups: words('Groepen uitwisselingen', 'Groups of exchanges', '交流分组'),
  exchanges: words('Uitwisselingen', 'Exchanges', '交流'),
  field: words('Veld', 'Field', '字段'),
  fields: words('Velden', 'Fields', '字段'),
  firstStartedOn: words('Eerste begin', 'First start', '最早开始'),
  history: words('Geschiedenis', 'History', '历史'),
  label: words('Naam', 'Name', '名称'),
  labelLanguage: words('Taal van de naam', 'Language of the name', '名称的语言'),
  lastStartedOn: words('Laatste begin', 'Last start', '最近开始'),
  matchedOn: words('Gevonden op', 'Found by', '匹配于'),
  motive: words('Motief', 'Motive', '动机'),
  name: words('Naam', 'Name', '名称'),
  nested: words('Banden daarbinnen', 'Ties within it', '所含友好关系'),
  node: words('Gegeven', 'Record', '记录'),
  nodes: words('Gegevens', 'Records', '记录'),
  organisation: words('Organisatie', 'Organisation', '机构'),
  partnershipGroups: words('Groepen banden', 'Groups of ties', '友好关系分组'),
  partnership: words('Band', 'Tie', '友好关系'),
  partnerships: words('Banden', 'Ties', '友好关系'),
  question: words('Gevraagd', 'Asked', '所问'),
  rank: words('Rang', 'Rank', '排名'),
  recordedAt: words('Vastgelegd op', 'Recorded at', '记录时间'),
  search: words('Zoekresultaten', 'Search results', '搜索结果'),
  source: words('Bron', 'Source', '来源'),
  startedDecade: words('Decennium van begin', 'Decade of the start', '开始年代'),
  subject: words('Gegeven', 'Record', '记录'),
  subjectId: words('Id van het gegeven', 'Id of the record', '记录标识'),
  subjectLabel: words('Gegeven', 'Record', '记录'),
  subjectType: words('Soort gegeven', 'Type of record', '记录类型'),
  theme: words('Thema', 'Theme', '主题'),
  titles: words('Titels', 'Titles', '标题'),
  totalCount: words('Totaal', 'Total', '总数'),
  version: words('Versie', 'Version', '版本'),
};

/** Words for the types of records. */
export const TYPE_WORDS: Readonly<Record<string, Words>> = {
  Authority: words('Overheid', 'Authority', '政府'),
  ChineseAuthority: words('Chinese overheid', 'Chinese authority', '中国政府'),
  DutchAuthority: words('Nederlandse overheid', 'Dutch authority', '荷兰政府'),
  Exchange: words('Uitwisseling', 'Exchange', '交流'),
  Organisation: words('Organisatie', 'Organisation', '机构'),
  Partnership: words('Band', 'Tie', '友好关系'),
  Programme: words('Programma', 'Programme', '项目'),
};

/** Words for the languages of a text. */
export const LANGUAGE_WORDS: Readonly<Record<string, Words>> = {
  nl: words('Nederlands', 'Dutch', '荷兰语'),
  en: words('Engels', 'English', '英语'),
  zh: words('Chinees', 'Chinese', '中文'),
  pinyin: words('pinyin', 'pinyin', '拼音'),
};

export const BOOLEAN_WORDS = { true: words('ja', 'yes', '是'), false: words('nee', 'no', '否') } as const;
