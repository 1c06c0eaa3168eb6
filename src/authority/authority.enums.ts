import { codeList } from '../graph/types/code-list.js';

export enum Country {
  NL = 'NL',
  CN = 'CN',
  DE = 'DE',
}
codeList('Country', Country, 'Country, by ISO 3166-1 alpha-2 code.', {
  NL: ['The Netherlands.', 'Nederland', 'The Netherlands', '荷兰'],
  CN: ['China.', 'China', 'China', '中国'],
  DE: ['Germany: the country of some organisations, never of an authority.', 'Duitsland', 'Germany', '德国'],
});

export enum DutchAuthorityLevel {
  PROVINCE = 'PROVINCE',
  MUNICIPALITY = 'MUNICIPALITY',
  WATER_AUTHORITY = 'WATER_AUTHORITY',
}
codeList('DutchAuthorityLevel', DutchAuthorityLevel, 'Level of a Dutch authority.', {
  PROVINCE: [
    'Province: the level between the state and the municipalities. In Dutch: provincie.',
    'Provincie',
    'Province',
    '省',
  ],
  MUNICIPALITY: ['Municipality: local government. In Dutch: gemeente.', 'Gemeente', 'Municipality', '市镇'],
  WATER_AUTHORITY: [
    'Regional authority for water management. In Dutch: waterschap.',
    'Waterschap',
    'Water authority',
    '水务局',
  ],
});

export enum ChineseAuthorityLevel {
  PROVINCE = 'PROVINCE',
  AUTONOMOUS_REGION = 'AUTONOMOUS_REGION',
  DIRECT_ADMINISTERED_MUNICIPALITY = 'DIRECT_ADMINISTERED_MUNICIPALITY',
  SPECIAL_ADMINISTRATIVE_REGION = 'SPECIAL_ADMINISTRATIVE_REGION',
  SUB_PROVINCIAL_CITY = 'SUB_PROVINCIAL_CITY',
  PREFECTURE_LEVEL_CITY = 'PREFECTURE_LEVEL_CITY',
  AUTONOMOUS_PREFECTURE = 'AUTONOMOUS_PREFECTURE',
  COUNTY_LEVEL_CITY = 'COUNTY_LEVEL_CITY',
  COUNTY = 'COUNTY',
  DISTRICT = 'DISTRICT',
}
codeList('ChineseAuthorityLevel', ChineseAuthorityLevel, 'Level of a Chinese authority.', {
  PROVINCE: ['Province: the level directly below the state. In Chinese: 省.', 'Provincie', 'Province', '省'],
  AUTONOMOUS_REGION: [
    'Autonomous region, at the level of a province. In Chinese: 自治区.',
    'Autonome regio',
    'Autonomous region',
    '自治区',
  ],
  DIRECT_ADMINISTERED_MUNICIPALITY: [
    'City at the level of a province, directly under the central government. In Chinese: 直辖市.',
    'Rechtstreeks bestuurde stad',
    'Municipality directly under the central government',
    '直辖市',
  ],
  SPECIAL_ADMINISTRATIVE_REGION: [
    'Special administrative region, at the level of a province. In Chinese: 特别行政区.',
    'Speciale bestuurlijke regio',
    'Special administrative region',
    '特别行政区',
  ],
  SUB_PROVINCIAL_CITY: [
    'City between the levels of a province and a prefecture. In Chinese: 副省级市.',
    'Subprovinciale stad',
    'Sub-provincial city',
    '副省级市',
  ],
  PREFECTURE_LEVEL_CITY: [
    'City one level below a province. In Chinese: 地级市.',
    'Stad op prefectuurniveau',
    'Prefecture-level city',
    '地级市',
  ],
  AUTONOMOUS_PREFECTURE: [
    'Autonomous prefecture, one level below a province. In Chinese: 自治州.',
    'Autonome prefectuur',
    'Autonomous prefecture',
    '自治州',
  ],
  COUNTY_LEVEL_CITY: [
    'City at the level of a county. In Chinese: 县级市.',
    'Stad op arrondissementsniveau',
    'County-level city',
    '县级市',
  ],
  COUNTY: ['County, one level below a prefecture. In Chinese: 县.', 'Arrondissement', 'County', '县'],
  DISTRICT: ['District: a part of a city. In Chinese: 区.', 'District', 'District', '区'],
});

/** Description and labels of grouping by province, the same for partnerships and exchanges; see `codeList`. */
export const PROVINCE_DIMENSION_LABELS = {
  DUTCH_PROVINCE: [
    'By province of the Dutch side, or the Dutch side itself if it is a province.',
    'Nederlandse provincie',
    'Dutch province',
    '荷方省份',
  ],
  CHINESE_PROVINCE: [
    'By province (or equivalent) of the Chinese side, or the Chinese side itself if it is one.',
    'Chinese provincie',
    'Chinese province',
    '中方省份',
  ],
} as const;
