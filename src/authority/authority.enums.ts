import { codeList } from '../graph/types/code-list.js';

export enum Country {
  NL = 'NL',
  CN = 'CN',
  DE = 'DE',
}
codeList('Country', Country, 'A country, after ISO 3166.', {
  NL: ['The Netherlands.', 'Nederland', 'The Netherlands', '荷兰'],
  CN: ['China.', 'China', 'China', '中国'],
  DE: ['Germany; of organisations only, no authority of the register lies there.', 'Duitsland', 'Germany', '德国'],
});

export enum DutchAuthorityLevel {
  PROVINCE = 'PROVINCE',
  MUNICIPALITY = 'MUNICIPALITY',
  WATER_AUTHORITY = 'WATER_AUTHORITY',
}
codeList('DutchAuthorityLevel', DutchAuthorityLevel, 'The kinds of decentral government in the Netherlands.', {
  PROVINCE: ['In Dutch: provincie.', 'Provincie', 'Province', '省'],
  MUNICIPALITY: ['In Dutch: gemeente.', 'Gemeente', 'Municipality', '市镇'],
  WATER_AUTHORITY: ['In Dutch: waterschap.', 'Waterschap', 'Water authority', '水务局'],
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
codeList('ChineseAuthorityLevel', ChineseAuthorityLevel, 'The kinds of local government in China.', {
  PROVINCE: ['In Chinese: 省.', 'Provincie', 'Province', '省'],
  AUTONOMOUS_REGION: ['In Chinese: 自治区; the level of a province.', 'Autonome regio', 'Autonomous region', '自治区'],
  DIRECT_ADMINISTERED_MUNICIPALITY: [
    'In Chinese: 直辖市; a city of the level of a province.',
    'Rechtstreeks bestuurde stad',
    'Municipality directly under the central government',
    '直辖市',
  ],
  SPECIAL_ADMINISTRATIVE_REGION: [
    'In Chinese: 特别行政区; the level of a province.',
    'Speciale bestuurlijke regio',
    'Special administrative region',
    '特别行政区',
  ],
  SUB_PROVINCIAL_CITY: [
    'In Chinese: 副省级市; a city between province and prefecture.',
    'Subprovinciale stad',
    'Sub-provincial city',
    '副省级市',
  ],
  PREFECTURE_LEVEL_CITY: ['In Chinese: 地级市.', 'Stad op prefectuurniveau', 'Prefecture-level city', '地级市'],
  AUTONOMOUS_PREFECTURE: [
    'In Chinese: 自治州; the level of a prefecture.',
    'Autonome prefectuur',
    'Autonomous prefecture',
    '自治州',
  ],
  COUNTY_LEVEL_CITY: ['In Chinese: 县级市.', 'Stad op arrondissementsniveau', 'County-level city', '县级市'],
  COUNTY: ['In Chinese: 县.', 'Arrondissement', 'County', '县'],
  DISTRICT: ['In Chinese: 区; a part of a city.', 'District', 'District', '区'],
});

/** What is told of grouping by the provinces of both sides, the same for ties and exchanges; see `codeList`. */
export const PROVINCES_TOLD = {
  DUTCH_PROVINCE: [
    'The province of the Dutch side, or that side itself when it is one.',
    'Nederlandse provincie',
    'Dutch province',
    '荷方省份',
  ],
  CHINESE_PROVINCE: [
    'The province (or its equal) of the Chinese side, or that side itself when it is one.',
    'Chinese provincie',
    'Chinese province',
    '中方省份',
  ],
} as const;
