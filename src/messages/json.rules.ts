/** Rules of the JSON in a request. */
export const JSON_RULES = {
  JSON_HALF_CHARACTER: {
    label: { en: 'Half of a character', nl: 'Half teken', zh: '不完整的字符' },
    text: {
      en: '{path} contains half of a surrogate pair; send whole characters.',
      nl: '{path} bevat de helft van een surrogaatpaar; stuur hele tekens.',
      zh: '{path} 包含不完整的代理对；请发送完整的字符。',
    },
  },
  JSON_NUL: {
    label: { en: 'Value with a forbidden character', nl: 'Waarde met een verboden teken', zh: '值包含禁用字符' },
    text: {
      en: '{path} contains the character NUL (U+0000); remove it.',
      nl: '{path} bevat het teken NUL (U+0000); verwijder het.',
      zh: '{path} 包含字符 NUL（U+0000）；请将其删除。',
    },
  },
  JSON_TOO_DEEP: {
    label: { en: 'Variables nested too deeply', nl: 'Variabelen te diep genest', zh: '变量嵌套过深' },
    text: {
      en: '{path} is nested deeper than {limit} levels; flatten it.',
      nl: '{path} is dieper genest dan {limit} niveaus; maak het vlakker.',
      zh: '{path} 的嵌套超过 {limit} 层；请减少嵌套。',
    },
  },
  JSON_TOO_LARGE: {
    label: { en: 'Too many objects and lists', nl: 'Te veel objecten en lijsten', zh: '对象和列表过多' },
    text: {
      en: '{path} is beyond the {limit} objects and lists of a request; send several requests.',
      nl: '{path} valt buiten de {limit} objecten en lijsten van een verzoek; stuur meerdere verzoeken.',
      zh: '{path} 超出了一次请求 {limit} 个对象和列表的限制；请分多次请求发送。',
    },
  },
  JSON_RESERVED_KEY: {
    label: { en: 'Reserved key', nl: 'Gereserveerde sleutel', zh: '保留的键' },
    text: {
      en: '{path} has the reserved key {key}; remove it.',
      nl: '{path} heeft de gereserveerde sleutel {key}; verwijder die.',
      zh: '{path} 含有保留的键 {key}；请将其删除。',
    },
  },
  BODY_NOT_JSON: {
    label: { en: 'Body that is not JSON', nl: 'Body die geen JSON is', zh: '请求正文格式错误' },
    text: {
      en: 'The request body is not JSON: {problem}.',
      nl: 'De body van het verzoek is geen JSON: {problem}.',
      zh: '请求正文不是 JSON：{problem}。',
    },
  },
  PARAMETER_NOT_JSON: {
    label: { en: 'Parameter that is not JSON', nl: 'Parameter die geen JSON is', zh: '参数格式错误' },
    text: {
      en: '{name} is not JSON: {problem}.',
      nl: '{name} is geen JSON: {problem}.',
      zh: '{name} 不是 JSON：{problem}。',
    },
  },
  BODY_TOO_LONG: {
    label: { en: 'Body too long', nl: 'Body te lang', zh: '请求正文过长' },
    text: {
      en: 'A request body is at most {limit} bytes.',
      nl: 'De body van een verzoek is hoogstens {limit} bytes.',
      zh: '请求正文最多 {limit} 字节。',
    },
  },
  BODY_NOT_UTF8: {
    label: { en: 'Body in another encoding', nl: 'Body in een andere codering', zh: '请求正文编码错误' },
    text: {
      en: 'The request body is not UTF-8.',
      nl: 'De body van het verzoek is geen UTF-8.',
      zh: '请求正文不是 UTF-8。',
    },
  },
  BODY_COMPRESSED: {
    label: { en: 'Compressed body', nl: 'Gecomprimeerde body', zh: '请求正文已压缩' },
    text: {
      en: 'A request body may not be compressed; send it as it is.',
      nl: 'De body van een verzoek mag niet gecomprimeerd zijn; stuur hem zoals hij is.',
      zh: '请求正文不得压缩；请原样发送。',
    },
  },
  BODY_CHARSET: {
    label: { en: 'Other charset', nl: 'Andere tekenset', zh: '其他字符集' },
    text: {
      en: 'A request body is UTF-8; its content type names another charset.',
      nl: 'De body van een verzoek is UTF-8; het content-type noemt een andere tekenset.',
      zh: '请求正文须为 UTF-8；其内容类型指定了其他字符集。',
    },
  },
} as const;
