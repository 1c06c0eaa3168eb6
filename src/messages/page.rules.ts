/** Rules of pages, cursors and orders of lists. */
export const PAGE_RULES = {
  FIRST_AND_LAST: {
    label: { en: 'Both directions at once', nl: 'Beide richtingen tegelijk', zh: '同时使用两个方向' },
    text: {
      en: 'first and last exclude each other; got first: {first} and last: {last}.',
      nl: 'first en last sluiten elkaar uit; ontvangen: first: {first} en last: {last}.',
      zh: 'first 和 last 不能同时使用；收到 first: {first} 和 last: {last}。',
    },
  },
  PAGE_SIZE_OUT_OF_RANGE: {
    label: { en: 'Page size out of range', nl: 'Paginagrootte buiten bereik', zh: '每页数量超出范围' },
    text: {
      en: '{argument} must be from 1 to {limit}; got {value}.',
      nl: '{argument} moet van 1 tot en met {limit} zijn; ontvangen: {value}.',
      zh: '{argument} 必须在 1 到 {limit} 之间；收到 {value}。',
    },
  },
  CURSOR_UNKNOWN: {
    label: { en: 'Not a cursor', nl: 'Geen cursor', zh: '不是游标' },
    text: {
      en: '{argument} is not a cursor of this server; take it from an edge or pageInfo.',
      nl: '{argument} is geen cursor van deze server; neem er een uit een edge of uit pageInfo.',
      zh: '{argument} 不是本服务器的游标；请使用 edge 或 pageInfo 中的游标。',
    },
  },
  CURSOR_OF_OTHER_LIST: {
    label: { en: 'Cursor of another list', nl: 'Cursor van een andere lijst', zh: '其他列表的游标' },
    text: {
      en: '{argument} was made by a list with another order or filter; a cursor only fits the list it came from.',
      nl: '{argument} komt uit een lijst met een andere volgorde of een ander filter; een cursor past alleen bij de lijst waar hij uit komt.',
      zh: '{argument} 来自排序或筛选条件不同的列表；游标只适用于产生它的列表。',
    },
  },
  CURSOR_DAMAGED: {
    label: { en: 'Damaged cursor', nl: 'Beschadigde cursor', zh: '游标已损坏' },
    text: {
      en: '{argument} is a damaged cursor; start again without it.',
      nl: '{argument} is een beschadigde cursor; begin opnieuw zonder cursor.',
      zh: '{argument} 是已损坏的游标；请不带游标重新开始。',
    },
  },
  TOO_MANY_ORDERS: {
    label: { en: 'Too many order fields', nl: 'Te veel sorteervelden', zh: '排序字段过多' },
    text: {
      en: 'orderBy takes at most {limit} fields; got {count}.',
      nl: 'orderBy neemt hoogstens {limit} velden; het zijn er {count}.',
      zh: 'orderBy 最多包含 {limit} 个字段；收到 {count} 个。',
    },
  },
  ORDER_REPEATED: {
    label: { en: 'Order field repeated', nl: 'Sorteerveld herhaald', zh: '排序字段重复' },
    text: {
      en: 'orderBy names every field at most once; got {name} twice.',
      nl: 'orderBy noemt elk veld hoogstens één keer; {name} staat er twee keer in.',
      zh: 'orderBy 中每个字段最多出现一次；{name} 出现了两次。',
    },
  },
  ORDER_UNKNOWN: {
    label: { en: 'Unknown order field', nl: 'Onbekend sorteerveld', zh: '未知的排序字段' },
    text: {
      en: 'orderBy has no field {name}.',
      nl: 'orderBy heeft geen veld {name}.',
      zh: 'orderBy 没有字段 {name}。',
    },
  },
  GROUP_DIMENSIONS: {
    label: { en: 'Dimensions of groups', nl: 'Dimensies van groepen', zh: '分组维度' },
    text: {
      en: 'by names 1 to {limit} different dimensions; got {value}.',
      nl: 'by noemt 1 tot {limit} verschillende dimensies; ontvangen: {value}.',
      zh: 'by 须指定 1 到 {limit} 个不同的维度；收到 {value}。',
    },
  },
  GROUP_DIMENSIONS_MISSING: {
    label: { en: 'Groups without a dimension', nl: 'Groepen zonder dimensie', zh: '缺少分组维度' },
    text: {
      en: 'by names 1 to {limit} different dimensions; got none.',
      nl: 'by noemt 1 tot {limit} verschillende dimensies; er is geen dimensie genoemd.',
      zh: 'by 须指定 1 到 {limit} 个不同的维度；未收到任何维度。',
    },
  },
  TOO_MANY_GROUPS: {
    label: { en: 'Too many groups', nl: 'Te veel groepen', zh: '分组过多' },
    text: {
      en: 'An answer holds at most {limit} groups; these are more. Filter, or group by less.',
      nl: 'Een antwoord bevat hoogstens {limit} groepen; dit zijn er meer. Filter, of groepeer op minder dimensies.',
      zh: '一次返回最多包含 {limit} 个分组；实际更多。请筛选，或减少分组维度。',
    },
  },
} as const;
