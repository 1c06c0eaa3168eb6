/** Rules of the representations that a federation router sends. */
export const FEDERATION_RULES = {
  REPRESENTATION_NOT_OBJECT: {
    label: { en: 'Representation that is no object', nl: 'Representatie die geen object is', zh: '表示不是对象' },
    text: {
      en: '{path} must be an object; got {value}.',
      nl: '{path} moet een object zijn; ontvangen: {value}.',
      zh: '{path} 必须是对象；收到 {value}。',
    },
  },
  REPRESENTATION_TYPE: {
    label: { en: 'Unknown type of a representation', nl: 'Onbekend type van een representatie', zh: '未知的表示类型' },
    text: {
      en: '{path}.__typename must be one of {names}; got {value}.',
      nl: '{path}.__typename moet een van {names} zijn; ontvangen: {value}.',
      zh: '{path}.__typename 须为以下之一：{names}；收到 {value}。',
    },
  },
  REPRESENTATION_WITHOUT_KEY: {
    label: { en: 'Representation without a key', nl: 'Representatie zonder sleutel', zh: '表示缺少键' },
    text: {
      en: '{path} needs a key of {type}: {keys}; got {value}.',
      nl: '{path} vereist een sleutel van {type}: {keys}; ontvangen: {value}.',
      zh: '{path} 需要 {type} 的键：{keys}；收到 {value}。',
    },
  },
  REPRESENTATION_NOT_STORABLE: {
    label: { en: 'Key with a forbidden character', nl: 'Sleutel met een verboden teken', zh: '键包含禁用字符' },
    text: {
      en: '{path} must be text without NUL and without half of a surrogate pair; got {value}.',
      nl: '{path} moet tekst zijn zonder NUL en zonder half surrogaatpaar; ontvangen: {value}.',
      zh: '{path} 必须是不含 NUL 且不含不完整代理对的文本；收到 {value}。',
    },
  },
  TOO_MANY_REPRESENTATIONS: {
    label: { en: 'Too many representations', nl: 'Te veel representaties', zh: '表示过多' },
    text: {
      en: 'representations must contain at most {limit} records; got {count}.',
      nl: 'representations mag hoogstens {limit} records bevatten; het zijn er {count}.',
      zh: 'representations 最多包含 {limit} 条记录；收到 {count} 条。',
    },
  },
} as const;
