import { describedEnum } from '../graph/enum.js';

export enum Country {
  NL = 'NL',
  CN = 'CN',
  DE = 'DE',
}
describedEnum('Country', Country, 'A country, after ISO 3166.', {
  NL: 'The Netherlands.',
  CN: 'China.',
  DE: 'Germany; of organisations only, no authority of the register lies there.',
});

export enum DutchAuthorityLevel {
  PROVINCE = 'PROVINCE',
  MUNICIPALITY = 'MUNICIPALITY',
  WATER_AUTHORITY = 'WATER_AUTHORITY',
}
describedEnum('DutchAuthorityLevel', DutchAuthorityLevel, 'The kinds of decentral government in the Netherlands.', {
  PROVINCE: 'In Dutch: provincie.',
  MUNICIPALITY: 'In Dutch: gemeente.',
  WATER_AUTHORITY: 'In Dutch: waterschap.',
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
describedEnum('ChineseAuthorityLevel', ChineseAuthorityLevel, 'The kinds of local government in China.', {
  PROVINCE: 'In Chinese: 省.',
  AUTONOMOUS_REGION: 'In Chinese: 自治区; the level of a province.',
  DIRECT_ADMINISTERED_MUNICIPALITY: 'In Chinese: 直辖市; a city of the level of a province.',
  SPECIAL_ADMINISTRATIVE_REGION: 'In Chinese: 特别行政区; the level of a province.',
  SUB_PROVINCIAL_CITY: 'In Chinese: 副省级市; a city between province and prefecture.',
  PREFECTURE_LEVEL_CITY: 'In Chinese: 地级市.',
  AUTONOMOUS_PREFECTURE: 'In Chinese: 自治州; the level of a prefecture.',
  COUNTY_LEVEL_CITY: 'In Chinese: 县级市.',
  COUNTY: 'In Chinese: 县.',
  DISTRICT: 'In Chinese: 区; a part of a city.',
});
