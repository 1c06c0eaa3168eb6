import { LABEL_INDEX, type Labels } from './answer-labels.js';

/** Labels of the aliases of a question, by alias. */
export type AliasLabels = Readonly<Record<string, Labels>>;

const HANZI: AliasLabels = { hanzi: ['In hanzi', 'In hanzi', '汉字'] };

/** Labels of the aliases of questions, by the name of their operation: headings of the parts of an answer. */
export const ALIAS_LABELS: Readonly<Record<string, AliasLabels>> = {
  EndedBetween: {
    municipalities: ['Banden van gemeenten', 'Ties of municipalities', '市的友好关系'],
    provinces: ['Banden van provincies', 'Ties of provinces', '省的友好关系'],
  },
  StatusOnADay: {
    january2021: ['Op 1 januari 2021', 'On 1 January 2021', '2021年1月1日'],
    december2022: ['Op 1 december 2022', 'On 1 December 2022', '2022年12月1日'],
    may2023: ['Op 1 mei 2023', 'On 1 May 2023', '2023年5月1日'],
    today: ['Vandaag', 'Today', '今天'],
  },
  SearchInAnyLanguage: {
    ...HANZI,
    pinyin: ['In pinyin', 'In pinyin', '拼音'],
    dutch: ['In het Nederlands', 'In Dutch', '荷兰语'],
    english: ['In het Engels', 'In English', '英语'],
  },
  SearchByHanzi: {
    ...HANZI,
    changzhou: ['Changzhou (常州)', 'Changzhou (常州)', '常州'],
    shanghai: ['Shanghai (上海)', 'Shanghai (上海)', '上海'],
    reversed: ['Omgekeerd (海上)', 'Reversed (海上)', '颠倒（海上）'],
    oneHanzi: ['Eén hanzi (海)', 'One hanzi (海)', '一个汉字（海）'],
  },
  ProvincesWithAndWithoutATie: {
    with: ['Met een band', 'With a tie', '有友好关系'],
    without: ['Zonder band', 'Without a tie', '没有友好关系'],
  },
  TiesOfOneProvince: {
    province: ['De provincie', 'The province', '该省'],
    all: ['Alle banden samen', 'All ties together', '全部友好关系'],
  },
  ActiveOnADay: {
    may1992: ['Op 18 mei 1992', 'On 18 May 1992', '1992年5月18日'],
    may2022: ['Op 18 mei 2022', 'On 18 May 2022', '2022年5月18日'],
  },
  FiftyYears: {
    municipalities: ['Gemeenten', 'Municipalities', '市'],
    provinces: ['Provincies', 'Provinces', '省'],
    chineseAuthorities: ['Chinese overheden', 'Chinese authorities', '中国政府'],
    several: ['De meeste banden', 'The most ties', '友好关系最多'],
  },
  ApproachedOrAsked: {
    byAChineseAuthority: ['Benaderd door een Chinese overheid', 'Approached by a Chinese authority', '由中国政府联系'],
    byBusiness: ['Op verzoek van bedrijven', 'At the request of business', '应企业请求'],
  },
  MotivesSupportAndDialogue: {
    wantedForBusiness: ['Gewenst voor het bedrijfsleven', 'Wanted for business', '为商业而建立'],
    wantedForAlikeness: ['Gewenst om de gelijkenis', 'Wanted for alikeness', '因相似或互补而建立'],
    withLocalSupport: ['Met draagvlak ter plaatse', 'With local support', '有当地支持'],
    withDifficultSubjects: ['Met moeilijke onderwerpen', 'With difficult subjects', '涉及敏感议题'],
    withoutDifficultSubjects: ['Zonder bekende onderwerpen', 'Without known subjects', '没有已知议题'],
    text: ['Met een opmerking over mensenrechten', 'With a note on human rights', '备注提到人权'],
  },
  MuseumsArtsAndSchools: {
    museums: ['Musea', 'Museums', '博物馆'],
    secondarySchools: ['Middelbare scholen', 'Secondary schools', '中学'],
    primarySchools: ['Basisscholen', 'Primary schools', '小学'],
    amateurArts: ['Amateurkunst', 'Amateur arts', '业余艺术'],
  },
  EndedOrDormantByWhom: {
    ended: ['Beëindigd', 'Ended', '已终止'],
    dormant: ['Slapend', 'Dormant', '休眠'],
  },
  PartnersOfTheHague: HANZI,
  WithinAChineseProvince: HANZI,
  MostTies: {
    byTies: ['Naar aantal banden', 'By number of ties', '按友好关系数量'],
    byExchanges: ['Naar aantal uitwisselingen', 'By number of exchanges', '按交流活动数量'],
  },
  VngAndCpaffc: { ...HANZI, mentions: ['Waar CPAFFC genoemd wordt', 'Mentions of CPAFFC', '提到该协会之处'] },
  RecordsByIdAndCode: {
    byCbsCode: ['Met CBS-code GM0599', 'By CBS code GM0599', '荷兰统计局代码 GM0599'],
    chineseLevel: ['Chinese bestuurslaag', 'Chinese level of government', '中国行政级别'],
    dutchLevel: ['Nederlandse bestuurslaag', 'Dutch level of government', '荷兰行政级别'],
    byGbCode: ['Met GB/T 2260-code 310000', 'By GB/T 2260 code 310000', '国标代码 310000'],
  },
  AsItStood: {
    byStatus: ['Naar status', 'By status', '按状态'],
    byKind: ['Actieve banden naar soort', 'Active ties by kind', '活跃的友好关系（按类别）'],
  },
};

/** Returns the label of an alias of a question in a language; undefined if there is none. */
export const aliasLabel = (
  operationName: string | undefined,
  alias: string,
  language: keyof typeof LABEL_INDEX,
): string | undefined => ALIAS_LABELS[operationName ?? '']?.[alias]?.[LABEL_INDEX[language]];
