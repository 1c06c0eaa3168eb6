/** Rules of filters. */
export const FILTER_RULES = {
  TOO_MANY_FILTERS: {
    label: { en: 'Too many filters', nl: 'Te veel filters', zh: '筛选条件过多' },
    text: {
      en: '{path} holds at most {limit} filters; got {count}.',
      nl: '{path} bevat hoogstens {limit} filters; het zijn er {count}.',
      zh: '{path} 最多包含 {limit} 个筛选条件；收到 {count} 个。',
    },
  },
  TOO_MANY_CONDITIONS: {
    label: { en: 'Too many conditions', nl: 'Te veel voorwaarden', zh: '条件过多' },
    text: {
      en: 'A filter holds at most {limit} conditions; this one holds more.',
      nl: 'Een filter bevat hoogstens {limit} voorwaarden; dit filter bevat er meer.',
      zh: '一个筛选最多包含 {limit} 个条件；此筛选超出了限制。',
    },
  },
  FILTER_UNKNOWN: {
    label: { en: 'Unknown filter field', nl: 'Onbekend filterveld', zh: '未知的筛选字段' },
    text: {
      en: '{path} has no field {name}.',
      nl: '{path} heeft geen veld {name}.',
      zh: '{path} 没有字段 {name}。',
    },
  },
  FILTER_TOO_DEEP: {
    label: { en: 'Filter too deep', nl: 'Filter te diep', zh: '筛选嵌套过深' },
    text: {
      en: '{path} is {depth} relations deep; a filter follows at most {limit}.',
      nl: '{path} is {depth} relaties diep; een filter volgt er hoogstens {limit}.',
      zh: '{path} 跨越 {depth} 层关联；筛选最多跨越 {limit} 层。',
    },
  },
  LIST_TOO_LONG: {
    label: { en: 'List too long', nl: 'Lijst te lang', zh: '列表过长' },
    text: {
      en: '{path} names at most {limit} values; got {count}.',
      nl: '{path} noemt hoogstens {limit} waarden; het zijn er {count}.',
      zh: '{path} 最多包含 {limit} 个值；收到 {count} 个。',
    },
  },
  SEARCH_TEXT_TOO_LONG: {
    label: { en: 'Search text too long', nl: 'Zoektekst te lang', zh: '搜索文本过长' },
    text: {
      en: '{argument} is at most {limit} characters; got {length}.',
      nl: '{argument} is hoogstens {limit} tekens lang; het zijn er {length}.',
      zh: '{argument} 最多 {limit} 个字符；收到 {length} 个。',
    },
  },
  SEARCH_TEXT_EXPANDS: {
    label: {
      en: 'Search text too long when written out',
      nl: 'Zoektekst uitgeschreven te lang',
      zh: '搜索文本展开后过长',
    },
    text: {
      en: '{argument} is at most {limit} characters, counting a character such as ㌖ as those that it stands for; got {length}.',
      nl: '{argument} is hoogstens {limit} tekens lang, waarbij een teken als ㌖ telt als de tekens waar het voor staat; het zijn er {length}.',
      zh: '{argument} 最多 {limit} 个字符，其中 ㌖ 之类的字符按其代表的字符计数；收到 {length} 个。',
    },
  },
  TOO_MANY_WORDS: {
    label: { en: 'Too many words', nl: 'Te veel woorden', zh: '词语过多' },
    text: {
      en: '{argument} is at most {limit} words; got {count}.',
      nl: '{argument} bevat hoogstens {limit} woorden; het zijn er {count}.',
      zh: '{argument} 最多包含 {limit} 个词；收到 {count} 个。',
    },
  },
  TEXT_NOT_STORABLE: {
    label: { en: 'Text with a forbidden character', nl: 'Tekst met een verboden teken', zh: '文本包含禁用字符' },
    text: {
      en: '{argument} holds a NUL or half a surrogate pair: {value}.',
      nl: '{argument} bevat een NUL of een half surrogaatpaar: {value}.',
      zh: '{argument} 包含 NUL 或不完整的代理对：{value}。',
    },
  },
} as const;
