/** Rules of texts, names and lists of texts. */
export const TEXT_RULES = {
  TEXT_TOO_LONG: {
    label: { en: 'Text too long', nl: 'Tekst te lang', zh: '文本过长' },
    text: {
      en: '{field} can have at most {limit} characters; got {length}.',
      nl: '{field} mag hoogstens {limit} tekens hebben; het zijn er {length}.',
      zh: '{field}最多{limit}个字符；实际为{length}个。',
    },
  },
  TEXT_EMPTY: {
    label: { en: 'Text empty', nl: 'Tekst leeg', zh: '文本为空' },
    text: {
      en: '{field} must not be empty; leave it out, or clear it with null.',
      nl: 'Vul een tekst in bij {field}.',
      zh: '请填写{field}。',
    },
  },
  TEXT_WITH_INVALID_CHARACTER: {
    label: { en: 'Text with an invalid character', nl: 'Tekst met een ongeldig teken', zh: '文本含无效字符' },
    text: {
      en: '{field} must not contain NUL, half of a surrogate pair or, in a name or title, a character that nobody sees; got {character}.',
      nl: '{field} bevat een teken dat onzichtbaar is of niet kan worden bewaard: {character}. Haal het weg.',
      zh: '{field}含有不可见或无法保存的字符 {character}，请将其删除。',
    },
  },
  TOO_MANY_VALUES: {
    label: { en: 'Too many values', nl: 'Te veel waarden', zh: '值过多' },
    text: {
      en: '{field} can have at most {limit} values; got {length}.',
      nl: '{field} mag hoogstens {limit} waarden hebben; het zijn er {length}.',
      zh: '{field}最多{limit}个值；实际为{length}个。',
    },
  },
  NAME_MISSING: {
    label: { en: 'Name missing', nl: 'Naam ontbreekt', zh: '缺少名称' },
    text: {
      en: '{field} needs at least one of nl, en, zh and pinyin.',
      nl: 'Vul {field} in ten minste één taal in.',
      zh: '请至少用一种语言填写{field}。',
    },
  },
  NAME_WITHOUT_LETTER: {
    label: { en: 'Name without a letter', nl: 'Naam zonder letter', zh: '名称不含文字' },
    text: {
      en: '{field} needs a letter, a digit or a Chinese character; got {value}.',
      nl: '{field} moet een letter, een cijfer of een Chinees teken bevatten; ingevuld is {value}.',
      zh: '{field}须含有字母、数字或汉字；实际为{value}。',
    },
  },
  ALIASES_NOT_ALLOWED: {
    label: { en: 'Aliases not allowed', nl: 'Andere namen niet mogelijk', zh: '不能有别名' },
    text: {
      en: '{field} must not have aliases.',
      nl: '{field} kan geen andere namen hebben. Laat ze weg.',
      zh: '{field}不能有别名，请将其删除。',
    },
  },
} as const;
