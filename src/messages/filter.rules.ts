/** Rules of filters. */
export const FILTER_RULES = {
  FILTER_EMPTY: {
    label: { en: 'Filter empty', nl: 'Filter leeg', zh: '筛选条件为空' },
    text: {
      en: '{path} is empty; give it at least one filter, or leave it out.',
      nl: '{path} is leeg; geef ten minste één filter, of laat het weg.',
      zh: '{path} 为空；请至少给出一个筛选条件，或省略它。',
    },
  },
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
  OPERATOR_NULL: {
    label: { en: 'Operator without a value', nl: 'Operator zonder waarde', zh: '运算符缺少值' },
    text: {
      en: '{path} is null; give a value, or leave it out.',
      nl: '{path} is null; geef een waarde, of laat het weg.',
      zh: '{path} 为 null；请给出一个值，或省略它。',
    },
  },
  OPERATOR_NULL_UNKNOWN: {
    label: {
      en: 'Operator without a value, for a field that may be unknown',
      nl: 'Operator zonder waarde bij een veld dat onbekend kan zijn',
      zh: '可为未知的字段缺少值',
    },
    text: {
      en: '{path} is null; ask for unknown values with isNull: true.',
      nl: '{path} is null; vraag onbekende waarden op met isNull: true.',
      zh: '{path} 为 null；如需查询未知值，请使用 isNull: true。',
    },
  },
  LIST_EMPTY: {
    label: { en: 'List empty', nl: 'Lijst leeg', zh: '列表为空' },
    text: {
      en: '{path} is empty; name at least one value, or leave it out.',
      nl: '{path} is leeg; noem ten minste één waarde, of laat het weg.',
      zh: '{path} 为空；请至少给出一个值，或省略它。',
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
  NAME_FILTER_EMPTY: {
    label: { en: 'Name without letters', nl: 'Naam zonder letters', zh: '名称中没有文字' },
    text: {
      en: '{path} must hold a letter or a digit; got {value}.',
      nl: '{path} moet een letter of een cijfer bevatten; ontvangen: {value}.',
      zh: '{path} 必须包含字母、汉字或数字；收到 {value}。',
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
  SEARCH_TEXT_EMPTY: {
    label: { en: 'Search text without words', nl: 'Zoektekst zonder woorden', zh: '搜索文本中没有词' },
    text: {
      en: '{argument} must hold a letter, a digit or a hanzi; got {value}.',
      nl: '{argument} moet een letter, een cijfer of een Chinees teken bevatten; ontvangen: {value}.',
      zh: '{argument} 必须包含字母、数字或汉字；收到 {value}。',
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
