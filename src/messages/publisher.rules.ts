/** Rules of the files of publishers: Wikidata, IATI, CBS. */
export const PUBLISHER_RULES = {
  STATEMENTS_DIFFER: {
    label: { en: 'Statements differ', nl: 'Verklaringen verschillen', zh: '陈述不一致' },
    text: {
      en: 'Wikidata states several values of {field}: {values}. Correct it there, or propose one of them.',
      nl: 'Wikidata heeft verschillende waarden van {field}: {values}. Verbeter het daar, of stel er één voor.',
      zh: '维基数据中{field}有多个值：{values}。请在那里更正，或提议其中之一。',
    },
  },
  STATEMENTS_DEPRECATED: {
    label: { en: 'Deprecated statement', nl: 'Afgekeurde verklaring', zh: '已弃用的陈述' },
    text: {
      en: 'Wikidata keeps this tie as deprecated only: it is known to be wrong.',
      nl: 'Wikidata heeft deze band alleen als afgekeurd: hij is onjuist gebleken.',
      zh: '维基数据仅以"已弃用"保留此关系：已知其有误。',
    },
  },
  PUBLISHER_VALUE_MISSING: {
    label: { en: 'Value missing in the file', nl: 'Waarde ontbreekt in het bestand', zh: '文件缺少值' },
    text: {
      en: '{element} is missing or is {value}, which names nothing.',
      nl: '{element} ontbreekt of is {value}, en noemt dus niets.',
      zh: '{element} 缺失，或其值 {value} 无所指。',
    },
  },
  PUBLISHER_FILE: {
    label: { en: 'Not a file of this publisher', nl: 'Geen bestand van deze uitgever', zh: '不是该发布者的文件' },
    text: {
      en: 'The file has no {element}, which a file of {publisher} has.',
      nl: 'Het bestand heeft geen {element}; een bestand van {publisher} heeft dat wel.',
      zh: '文件没有 {element}，而 {publisher} 的文件应有。',
    },
  },
} as const;
