/** Rules of ids, codes, dates and addresses. */
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
  AUTHORITY_CODE_MALFORMED: {
    label: { en: 'Malformed code of an authority', nl: 'Ongeldige code van een overheid', zh: '政府代码格式错误' },
    text: {
      en: 'code must be a CBS code (GM0599, PV30) or a GB/T 2260 code of six digits; got {value}.',
      nl: 'code moet een CBS-code zijn (GM0599, PV30) of een GB/T 2260-code van zes cijfers; ontvangen: {value}.',
      zh: 'code 必须是 CBS 代码（GM0599、PV30）或六位的 GB/T 2260 代码；收到 {value}。',
    },
  },
  CODE_LIST_UNKNOWN: {
    label: { en: 'Unknown code list', nl: 'Onbekende codelijst', zh: '未知的代码表' },
    text: {
      en: 'name is one of {names}; got {value}.',
      nl: 'name is een van {names}; ontvangen: {value}.',
      zh: 'name 须为以下之一：{names}；收到 {value}。',
    },
  },
  DATE_FORM: {
    label: { en: 'Form of a date', nl: 'Vorm van een datum', zh: '日期格式' },
    text: {
      en: 'PartialDate cannot represent {value}: a date is YYYY, YYYY-MM or YYYY-MM-DD.',
      nl: 'PartialDate kan {value} niet weergeven: een datum is JJJJ, JJJJ-MM of JJJJ-MM-DD.',
      zh: 'PartialDate 无法表示 {value}：日期格式为 YYYY、YYYY-MM 或 YYYY-MM-DD。',
    },
  },
  DATE_YEAR: {
    label: { en: 'Year out of range', nl: 'Jaar buiten bereik', zh: '年份超出范围' },
    text: {
      en: 'PartialDate cannot represent {value}: years run from 0001 to 9999.',
      nl: 'PartialDate kan {value} niet weergeven: jaren lopen van 0001 tot en met 9999.',
      zh: 'PartialDate 无法表示 {value}：年份范围为 0001 至 9999。',
    },
  },
  DATE_MONTH: {
    label: { en: 'Month out of range', nl: 'Maand buiten bereik', zh: '月份超出范围' },
    text: {
      en: 'PartialDate cannot represent {value}: months run from 01 to 12.',
      nl: 'PartialDate kan {value} niet weergeven: maanden lopen van 01 tot en met 12.',
      zh: 'PartialDate 无法表示 {value}：月份范围为 01 至 12。',
    },
  },
  DATE_DAY: {
    label: { en: 'Day not in the calendar', nl: 'Dag niet in de kalender', zh: '日历中没有这一天' },
    text: {
      en: 'PartialDate cannot represent {value}: that day is not in the calendar.',
      nl: 'PartialDate kan {value} niet weergeven: die dag bestaat niet in de kalender.',
      zh: 'PartialDate 无法表示 {value}：日历中没有这一天。',
    },
  },
  DATE_NOT_TEXT: {
    label: { en: 'Date that is no text', nl: 'Datum die geen tekst is', zh: '日期不是字符串' },
    text: {
      en: 'PartialDate cannot represent {value}: a date is a string.',
      nl: 'PartialDate kan {value} niet weergeven: een datum is een string.',
      zh: 'PartialDate 无法表示 {value}：日期须为字符串。',
    },
  },
  URL_FORM: {
    label: { en: 'Form of a web address', nl: 'Vorm van een webadres', zh: '网址格式' },
    text: {
      en: 'URL cannot represent {value}: an address must start with http:// or https:// and have at most {limit} characters, percent-encoded.',
      nl: 'URL kan {value} niet weergeven: een adres begint met http:// of https:// en heeft hoogstens {limit} tekens, met procentcodering.',
      zh: 'URL 无法表示 {value}：网址须以 http:// 或 https:// 开头，经百分号编码后最多 {limit} 个字符。',
    },
  },
  URL_NOT_TEXT: {
    label: { en: 'Address that is no text', nl: 'Adres dat geen tekst is', zh: '网址不是字符串' },
    text: {
      en: 'URL cannot represent {value}: an address is a string.',
      nl: 'URL kan {value} niet weergeven: een adres is een string.',
      zh: 'URL 无法表示 {value}：网址须为字符串。',
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
