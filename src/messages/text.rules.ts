/** Rules of texts. */
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
      en: 'A text must not be empty; leave it out, or clear it with null.',
      nl: 'Een tekst mag niet leeg zijn: laat het veld weg, of maak het leeg met null.',
      zh: '文本不能为空：请省略该字段，或用 null 清除。',
    },
  },
} as const;
