/** Rules of ids, codes and literal values. */
export const VALUE_RULES = {
  ID_MALFORMED: {
    label: { en: 'Malformed id', nl: 'Ongeldig id', zh: '标识符格式错误' },
    text: {
      en: '{argument} must be like nl-rotterdam or tie-rotterdam-shanghai: {prefixes}, then words of a–z and 0–9, at most {limit} characters; got {value}.',
      nl: '{argument} moet eruitzien als nl-rotterdam of tie-rotterdam-shanghai: {prefixes}, dan woorden van a–z en 0–9, hoogstens {limit} tekens; ontvangen: {value}.',
      zh: '{argument} 的格式须如 nl-rotterdam 或 tie-rotterdam-shanghai：以 {prefixes} 之一开头，后接由 a–z 和 0–9 组成的词，最多 {limit} 个字符；收到 {value}。',
    },
  },
  TOO_MANY_IDS: {
    label: { en: 'Too many ids', nl: "Te veel id's", zh: '标识符过多' },
    text: {
      en: '{argument} names at most {limit} records; got {count}.',
      nl: '{argument} noemt hoogstens {limit} records; het zijn er {count}.',
      zh: '{argument} 最多指定 {limit} 条记录；收到 {count} 条。',
    },
  },
  ID_OR_CODE_MISSING: {
    label: { en: 'Neither id nor code', nl: 'Geen id en geen code', zh: '缺少标识符或代码' },
    text: {
      en: 'authority takes exactly one of id and code; got neither.',
      nl: 'authority neemt precies één van id en code; geen van beide is gegeven.',
      zh: 'authority 须且只须给出 id 和 code 之一；两者均未给出。',
    },
  },
  ID_AND_CODE: {
    label: { en: 'Both id and code', nl: 'Zowel id als code', zh: '同时给出标识符和代码' },
    text: {
      en: 'authority takes exactly one of id and code; got both.',
      nl: 'authority neemt precies één van id en code; beide zijn gegeven.',
      zh: 'authority 须且只须给出 id 和 code 之一；两者均已给出。',
    },
  },
  STRING_WITH_NUL: {
    label: { en: 'String with a forbidden character', nl: 'String met een verboden teken', zh: '字符串包含禁用字符' },
    text: {
      en: 'A string must not contain the character NUL (U+0000); remove it.',
      nl: 'Een string mag het teken NUL (U+0000) niet bevatten; verwijder het.',
      zh: '字符串不得包含字符 NUL（U+0000）；请将其删除。',
    },
  },
} as const;
