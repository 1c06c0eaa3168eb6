import type { ReaderLanguage } from '../result/format.js';

type Words = Readonly<Record<ReaderLanguage, Readonly<Record<string, string>>>>;

/** Words of the operators of filters, by their path. */
export const operatorTexts: Words = {
  en: {
    '': 'is',
    eq: 'is',
    in: 'is one of',
    notIn: 'is none of',
    from: 'from',
    until: 'until',
    after: 'after',
    before: 'before',
    contains: 'contains',
    startsWith: 'starts with',
    isNull: 'is unknown',
    'some.eq': 'has',
    'some.in': 'has one of',
    'none.eq': 'does not have',
    'none.in': 'has none of',
  },
  nl: {
    '': 'is',
    eq: 'is',
    in: 'is een van',
    notIn: 'is geen van',
    from: 'vanaf',
    until: 'tot en met',
    after: 'na',
    before: 'vóór',
    contains: 'bevat',
    startsWith: 'begint met',
    isNull: 'is onbekend',
    'some.eq': 'heeft',
    'some.in': 'heeft een van',
    'none.eq': 'heeft niet',
    'none.in': 'heeft geen van',
  },
  zh: {
    '': '为',
    eq: '为',
    in: '为其中之一',
    notIn: '不为其中任何一个',
    from: '自',
    until: '至',
    after: '晚于',
    before: '早于',
    contains: '包含',
    startsWith: '开头为',
    isNull: '未知',
    'some.eq': '有',
    'some.in': '有其中之一',
    'none.eq': '没有',
    'none.in': '没有其中任何一个',
  },
};

/** Words of the codes of orders that are no fields. */
export const orderTexts: Words = {
  en: {
    DUTCH_NAME: 'Name of the Dutch side',
    CHINESE_NAME: 'Name of the Chinese side',
    PARTNERSHIP_COUNT: 'Number of ties',
    KEY: 'What is counted by',
  },
  nl: {
    DUTCH_NAME: 'Naam van de Nederlandse kant',
    CHINESE_NAME: 'Naam van de Chinese kant',
    PARTNERSHIP_COUNT: 'Aantal banden',
    KEY: 'Waarnaar geteld is',
  },
  zh: {
    DUTCH_NAME: '荷兰方名称',
    CHINESE_NAME: '中国方名称',
    PARTNERSHIP_COUNT: '友好关系数',
    KEY: '计数依据',
  },
};
